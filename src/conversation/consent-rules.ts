import type { Keyword } from "../message.ts";
import type { NumberKind } from "./number-kind.ts";

/** A person's text as far as consent goes. */
export interface Said {
  readonly text: string;
  /** What the provider took the text for and has answered itself. */
  readonly handledAs?: Keyword | undefined;
  /** Our number that got it. */
  readonly to: NumberKind;
  /** Whether the person had opted out before this text. */
  readonly isOptedOut?: boolean;
}

/** What a text means for consent, and what follows from it. */
export interface Consent {
  readonly meaning: Keyword | "talk";
  /** `carrier`: Twilio or a network does, and a second answer is refused or confuses; `bot`: it is talk. */
  readonly answeredBy: "carrier" | "us" | "bot" | "nobody";
  readonly records: "opted out" | "opted in" | "nothing";
}

/**
 * Reads a text by the rules of the number that got it. A keyword is the whole text, whatever its case and
 * the space around it: "STOP" is one, "STOP please" is talk.
 * https://help.twilio.com/articles/223134027
 */
export function readKeyword({ text, handledAs, to, isOptedOut = false }: Said): Consent {
  const meaning = handledAs ?? meaningOf(text, { to, isOptedOut });
  if (meaning === "talk") {
    return { meaning, answeredBy: isOptedOut ? "nobody" : "bot", records: "nothing" };
  }
  const consent = { meaning, records: RECORDS[meaning] };
  if (handledAs !== undefined || ANSWERED_BY_CARRIER[to]) {
    return { ...consent, answeredBy: "carrier" };
  }
  // One goodbye is all that somebody who opted out may get.
  if (meaning === "stop" && isOptedOut) return { ...consent, answeredBy: "nobody" };
  return { ...consent, answeredBy: "us" };
}

const KEYWORDS: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ...toEntries("stop", "stop stopall unsubscribe cancel end quit revoke optout"),
  ...toEntries("start", "start unstop"),
  ...toEntries("help", "help info"),
]);

function toEntries(keyword: Keyword, words: string): [string, Keyword][] {
  return words.split(" ").map((word) => [word, keyword]);
}

const RECORDS = { stop: "opted out", start: "opted in", help: "nothing" } as const;

/**
 * Whether Twilio or the networks answer keywords by themselves. Not so on a short code of its own, WhatsApp
 * and Messenger; there they do where Advanced Opt-Out is on, and each text says so. What is not known is taken
 * for theirs: it is recorded all the same, and a text too many cannot be taken back.
 *
 * Since March 2026 Twilio keeps one block list for the RCS, SMS and MMS of a sender, or of a whole Messaging Service.
 * Which senders belong together no webhook tells, so our ledger goes by the number that was texted; where Twilio
 * blocks more than that, it refuses the text (21610), and that is recorded, too.
 */
const ANSWERED_BY_CARRIER: Readonly<Record<NumberKind, boolean>> = {
  "long code": true,
  "toll-free": true,
  "short code": false,
  whatsapp: false,
  rcs: true,
  messenger: false,
  other: true,
};

interface Situation {
  readonly to: NumberKind;
  readonly isOptedOut: boolean;
}

function meaningOf(text: string, { to, isOptedOut }: Situation): Keyword | "talk" {
  const word = text.trim().toLowerCase();
  // YES is an answer to a bot's question, except to who can get none. No toll-free network heeds it.
  if (word === "yes" && isOptedOut && to !== "toll-free") return "start";
  return KEYWORDS.get(word) ?? "talk";
}

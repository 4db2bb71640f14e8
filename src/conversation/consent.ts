import type { Outcome, Turn } from "../message.ts";
import { readKeyword } from "./consent-rules.ts";
import { kindOfNumber } from "./number-kind.ts";

/** Settles a text that is STOP, START, HELP or their kin: the bot never sees it, and where nobody else gives help, we do. */
export function heedKeyword({ message }: Turn): Outcome | undefined {
  const { text, handledAs, to } = message;
  const { meaning, answeredBy, words } = readKeyword({ text, handledAs, to: kindOfNumber(to) });
  if (meaning === "talk") return undefined;
  // Nothing is promised to STOP and START as long as no ledger keeps the promise.
  if (words !== undefined && meaning === "help") {
    return { kind: "reply", texts: [words], raw: words, remember: new Map() };
  }
  const who = answeredBy === "carrier" ? "the carrier" : "nobody";
  return { kind: "silence", reason: `${who} answers ${meaning.toUpperCase()}` };
}

import type { InboundMessage, Outcome } from "../message.ts";
import type { PersonSummary } from "../store/store.ts";
import {
  askWhetherToErase,
  BOTLINE,
  type ErasingParts,
  eraseIfAgreed,
  isAsked,
} from "./erasing.ts";
import { giveMore, type MoreParts } from "./more.ts";
import type { Step } from "./turn.ts";

export interface PersonCommandParts extends ErasingParts, MoreParts {
  readonly store: ErasingParts["store"] & MoreParts["store"];
  /** Whether people may ask what is kept of them, and have it erased. */
  readonly isOn: boolean;
  /** How long texts are kept; 0: until they are erased. */
  readonly retentionDays: number;
}

/** What people can have done by a text, beside what carriers own. */
export interface PersonCommands {
  /** A step of the turn, before the bot: a command is a whole text, talk goes on. */
  readonly heedCommand: Step;
  /** Whether a text answers what a command asked. */
  isAnswer(message: InboundMessage): Promise<boolean>;
  /** Whether a text is a command whatever was said before: it is no part of another text. */
  isAlone(message: InboundMessage): boolean;
}

/** Makes the commands; none of them costs other texts more than a look at a table. */
export function createPersonCommands(parts: PersonCommandParts): PersonCommands {
  const commands = parts.isOn ? new Map([...ALWAYS, ...OF_PRIVACY]) : ALWAYS;
  const find = ({ text }: InboundMessage) => commands.get(toWord(text));
  return {
    heedCommand: ({ message }) => find(message)?.(parts, message),
    isAnswer: async (message) => find(message) === eraseIfAgreed && (await isAsked(parts, message)),
    isAlone(message) {
      const command = find(message);
      return command !== undefined && command !== eraseIfAgreed;
    },
  };
}

type Command = (parts: PersonCommandParts, message: InboundMessage) => Promise<Outcome | undefined>;

const ALWAYS: ReadonlyMap<string, Command> = new Map([["more", giveMore]]);

const OF_PRIVACY: ReadonlyMap<string, Command> = new Map<string, Command>([
  ["my data", tellWhatIsKept],
  ["forget me", askWhetherToErase],
  ["yes", eraseIfAgreed],
]);

/** ` Forget  me.` → `forget me`. */
function toWord(text: string): string {
  const words = text.toLowerCase().trim().replace(/[.!]$/, "");
  return words.trimEnd().replaceAll(/\s+/g, " ");
}

async function tellWhatIsKept(
  { store, retentionDays }: PersonCommandParts,
  { from }: InboundMessage,
): Promise<Outcome | undefined> {
  const summary = await store.summarise(from);
  if (summary === undefined) return undefined;
  const text = toWords(summary, retentionDays);
  return {
    kind: "reply",
    texts: [text],
    isAside: true,
    raw: text,
    by: BOTLINE,
    remember: new Map(),
  };
}

function toWords(
  { firstSeenAt, textsIn, textsOut, memories }: PersonSummary,
  days: number,
): string {
  const since = new Date(firstSeenAt).toISOString().slice(0, 10);
  const counts = `${count(textsIn, "text")} from you, ${textsOut} to you, ${count(memories, "thing")} I remember`;
  const kept = days === 0 ? "until you erase them" : `for ${count(days, "day")}`;
  return `Since ${since}: ${counts}. Texts are kept ${kept}. Text FORGET ME to erase it.`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

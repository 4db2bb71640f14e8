import type { Address, InboundMessage, Outcome } from "../message.ts";
import type { People, Store } from "../store/store.ts";

export interface ErasingParts {
  readonly store: Pick<Store, "recall"> & Pick<People, "summarise">;
  readonly now: () => number;
  /** The provider's copies are to go, too. */
  readonly isElsewhere: boolean;
}

/** Who answers commands, and keeps in mind what was asked: no bot has this name. */
export const BOTLINE = "botline";

/** Asks before anything is erased: it cannot be undone. */
export async function askWhetherToErase(
  { store, now }: ErasingParts,
  { from, to }: InboundMessage,
): Promise<Outcome> {
  const asked: Asked = { at: now(), to, textsIn: (await store.summarise(from))?.textsIn ?? 0 };
  const remember = new Map([[QUESTION, JSON.stringify(asked)]]);
  return { kind: "reply", texts: [ASK], isAside: true, raw: ASK, by: BOTLINE, remember };
}

/** Erases what is kept of somebody who agrees to it; undefined where they were not asked. */
export async function eraseIfAgreed(
  parts: ErasingParts,
  message: InboundMessage,
): Promise<Outcome | undefined> {
  if (!(await isAsked(parts, message))) return undefined;
  const erases = { isElsewhere: parts.isElsewhere };
  return { kind: "reply", texts: [DONE], raw: DONE, by: BOTLINE, remember: new Map(), erases };
}

/** Whether this is the very next text after the question, to the number that asked it, and soon enough. */
export async function isAsked(
  { store }: Pick<ErasingParts, "store">,
  { from, to, receivedAt }: InboundMessage,
): Promise<boolean> {
  const question = (await store.recall(from, BOTLINE)).own.get(QUESTION);
  if (question === undefined) return false;
  const asked = toAsked(question);
  if (to !== asked.to) return false;
  const textsIn = (await store.summarise(from))?.textsIn;
  // Counted rather than crossed out: another text goes on to the bot, and only what that remembers is written then.
  return textsIn === asked.textsIn + 1 && receivedAt - asked.at <= VALID_FOR_MS;
}

const QUESTION = "asked to erase";
const VALID_FOR_MS = 10 * 60_000;

const ASK =
  "This erases all texts and all that I remember of you. Reply YES to erase, anything else to keep.";
const DONE = "Done: your texts and all that I remembered of you are erased.";

interface Asked {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Our number. */
  readonly to: Address;
  /** How many texts the person had sent by then. */
  readonly textsIn: number;
}

/** As `askWhetherToErase` wrote it. */
function toAsked(question: string): Asked {
  return JSON.parse(question) as Asked;
}

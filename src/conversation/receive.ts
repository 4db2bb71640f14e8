import type { Channel } from "../channels/channel.ts";
import { codeOf, explain, StoreError } from "../errors.ts";
import { type Log, maskAddress } from "../log.ts";
import type { Answer, InboundMessage, KeptText, Receive } from "../message.ts";
import type { Claim, Store } from "../store/store.ts";
import type { EndTurn, Entry } from "./end-turn.ts";
import { gatherTexts, joinTexts } from "./gather.ts";
import { createLanes } from "./lanes.ts";
import { runTurn, type Step } from "./turn.ts";
import { createWaiter } from "./waiter.ts";

export interface ReceiveParts {
  readonly store: Pick<Store, "recordInbound" | "openTurns" | "changeText">;
  readonly channel: Pick<Channel, "name">;
  /** Settles a keyword such as STOP at once, whatever waits before it. */
  readonly heedKeyword: Step;
  readonly steps: readonly Step[];
  readonly endTurn: EndTurn;
  readonly log: Log;
  readonly now: () => number;
  /** How long who brings a text can wait for the answer; undefined: as long as it takes. */
  readonly answerWithinMs?: number | undefined;
  /** Texts of one person within this time of each other are one question. */
  readonly gatherMs: number;
  /** How long an answer is given to be heard of; undefined: it never will be. */
  readonly settleAfterMs: number | undefined;
  /** These went back in an answer just now. */
  readonly expect: (texts: readonly KeptText[], message: InboundMessage) => void;
}

/** Where texts come in. */
export interface Turns {
  readonly receive: Receive;
  /** Takes in a text that nobody waits with; resolves, once it is on the disk, with whether it is new. */
  takeIn(message: InboundMessage): Promise<boolean>;
  /** Goes on with every turn that was begun before then and that nobody works on. */
  takeUp(before: number): Promise<void>;
  /** Resolves when no turn is under way. */
  idle(): Promise<void>;
}

/**
 * The path of a text: recorded before anything else, answered once, in its person's order.
 * The same message again joins the turn under way, or gets the answer it got.
 */
export function createReceive(parts: ReceiveParts): Turns {
  const underWay = new Map<string, Entry>();
  const lanes = createLanes<Entry>({
    gather: (entries) =>
      gatherTexts(
        entries.map(({ message }) => message),
        { gatherMs: parts.gatherMs, now: parts.now() },
      ),
    run: (entries) => answerTogether(parts, entries),
  });

  /** Begins with a text, and with it the time its answer may take. */
  function begin(message: InboundMessage): Entry {
    const key = keyOf(message);
    const entry = { message, turn: 0, waiter: createWaiter(), ended: () => underWay.delete(key) };
    underWay.set(key, entry);
    return entry;
  }

  async function claim(entry: Entry): Promise<Claim["kind"]> {
    const claim = await parts.store.recordInbound(entry.message);
    if (claim.kind === "ended") await repeat(parts, entry, claim);
    else await goOn(entry, claim.turn);
    return claim.kind;
  }

  async function goOn(entry: Entry, turn: number): Promise<void> {
    entry.turn = turn;
    entry.waiter.noteKept();
    const outcome = await parts.heedKeyword({ id: turn, message: entry.message });
    if (outcome) await parts.endTurn([entry], outcome, { isKeyword: true });
    else lanes.add(entry.message.from, entry);
  }

  function receive(message: InboundMessage): Promise<Answer> {
    const joined = underWay.get(keyOf(message));
    const entry = joined ?? begin(message);
    entry.waiter.attend(parts.answerWithinMs);
    if (!joined) claim(entry).catch((error) => abandon(entry, error));
    return entry.waiter.answer;
  }

  async function takeIn(message: InboundMessage): Promise<boolean> {
    if (underWay.has(keyOf(message))) return false;
    const entry = begin(message);
    try {
      return (await claim(entry)) === "new";
    } catch (error) {
      abandon(entry, error);
      throw error;
    }
  }

  async function takeUp(before: number): Promise<void> {
    for (const { turn, message } of await parts.store.openTurns()) {
      if (message.channel !== parts.channel.name || message.receivedAt > before) continue;
      if (underWay.has(keyOf(message))) continue;
      const entry = begin(message);
      goOn(entry, turn).catch((error) => abandon(entry, error));
    }
  }

  return { receive, takeIn, takeUp, idle: lanes.idle };
}

function keyOf({ channel, id }: InboundMessage): string {
  return `${channel} ${id}`;
}

function abandon(entry: Entry, error: unknown): void {
  entry.ended();
  entry.waiter.fail(error);
}

async function answerTogether(parts: ReceiveParts, entries: readonly Entry[]): Promise<void> {
  const [first, ...others] = entries;
  if (!first) return;
  const last = others.at(-1) ?? first;
  try {
    const message = joinTexts([first.message, ...others.map((entry) => entry.message)]);
    await parts.endTurn(entries, await runTurn({ id: last.turn, message }, parts.steps));
  } catch (error) {
    parts.log.error("turn.failed", {
      turn: last.turn,
      code: codeOf(error),
      cause: error instanceof StoreError ? explain(error) : undefined,
    });
    for (const entry of entries) abandon(entry, error);
  }
}

type Ended = Extract<Claim, { readonly kind: "ended" }>;

/**
 * The very same answer again, as long as nothing was heard of the first: Twilio that asks again has not taken
 * it. Whatever goes another way, or has arrived, is not given once more.
 */
async function repeat(
  parts: ReceiveParts,
  { message, waiter, ended }: Entry,
  { outcome, texts }: Ended,
): Promise<void> {
  ended();
  const given: KeptText[] = [];
  for (const { id, text, state, isHeardOf } of texts) {
    // An erased text is empty; nobody is to get that.
    if (state !== "answered" || isHeardOf || text === "") continue;
    if (await isStillMissing(parts, id)) given.push({ id, text });
  }
  parts.expect(given, message);
  waiter.give({ outcome, texts: given });
  parts.log.info("text.repeated", {
    channel: message.channel,
    from: maskAddress(message.from),
    id: message.id,
  });
}

async function isStillMissing(
  { store, now, settleAfterMs }: ReceiveParts,
  id: number,
): Promise<boolean> {
  if (settleAfterMs === undefined) return true;
  return store.changeText(id, { dueAt: now() + settleAfterMs }, ["answered"]);
}

import type { Channel } from "../channels/channel.ts";
import { maskAddress } from "../log.ts";
import type { Answer, InboundMessage, KeptText, Receive } from "../message.ts";
import type { Claim, Store } from "../store/store.ts";
import type { Entry } from "./end-turn.ts";
import { abandon, createRunner, type RunnerParts } from "./runner.ts";
import type { Step } from "./turn.ts";
import { createWaiter } from "./waiter.ts";

export interface ReceiveParts extends RunnerParts {
  readonly store: Pick<Store, "recordInbound" | "openTurns" | "changeText">;
  readonly channel: Pick<Channel, "name">;
  /** Tells keywords such as STOP, which are settled at once, whatever waits before them. */
  readonly heedKeyword: Step;
  /** Whether the answer to a text is not to be given once more. */
  readonly isUnwelcome: (message: InboundMessage) => Promise<boolean>;
  /** How long who brings a text can wait for the answer; undefined: as long as it takes. */
  readonly answerWithinMs?: number | undefined;
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
  const runner = createRunner(parts);

  /** Begins with a text, and with it the time its answer may take. */
  function begin(message: InboundMessage): Entry {
    const key = keyOf(message);
    const entry = { message, turn: 0, waiter: createWaiter(), ended: () => underWay.delete(key) };
    underWay.set(key, entry);
    return entry;
  }

  async function claim(entry: Entry, isListed: boolean): Promise<Claim["kind"]> {
    const claim = await parts.store.recordInbound(entry.message, { isListed });
    if (claim.kind !== "ended") await goOn(entry, claim.turn);
    // Nobody is there to be given anything again, unless a repeat came meanwhile.
    else if (isListed && !entry.waiter.isAttended()) entry.ended();
    else await repeat(parts, entry, claim);
    return claim.kind;
  }

  async function goOn(entry: Entry, turn: number): Promise<void> {
    entry.turn = turn;
    entry.waiter.noteKept();
    const { message } = entry;
    const isKeyword = await parts.heedKeyword({ id: turn, message });
    runner.add(entry, { isKeyword: isKeyword !== undefined });
  }

  function receive(message: InboundMessage): Promise<Answer> {
    const joined = underWay.get(keyOf(message));
    const entry = joined ?? begin(message);
    entry.waiter.attend(parts.answerWithinMs);
    if (!joined) claim(entry, false).catch((error) => abandon(entry, error));
    return entry.waiter.answer;
  }

  async function takeIn(message: InboundMessage): Promise<boolean> {
    if (underWay.has(keyOf(message))) return false;
    const entry = begin(message);
    try {
      return (await claim(entry, true)) === "new";
    } catch (error) {
      abandon(entry, error);
      throw error;
    }
  }

  async function takeUp(before: number): Promise<void> {
    for (const { turn, message } of await parts.store.openTurns()) {
      if (message.channel !== parts.channel.name || isYoung(message, before)) continue;
      if (underWay.has(keyOf(message)) || runner.isGivenUp(turn)) continue;
      const entry = begin(message);
      goOn(entry, turn).catch((error) => abandon(entry, error));
    }
  }

  // One of the future is of a clock that was set back since.
  function isYoung({ receivedAt }: InboundMessage, before: number): boolean {
    return receivedAt > before && receivedAt <= parts.now();
  }

  return { receive, takeIn, takeUp, idle: runner.idle };
}

function keyOf({ channel, id }: InboundMessage): string {
  return `${channel} ${id}`;
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
  const isUnwelcome = await parts.isUnwelcome(message);
  for (const { id, text, state, isHeardOf } of isUnwelcome ? [] : texts) {
    // An erased text is empty; nobody is to get that.
    if (state !== "answered" || isHeardOf || text === "") continue;
    // First this, so that who is looking for it at Twilio knows; then whether it was given up already.
    parts.expect([{ id, text }], message);
    if (await isStillMissing(parts, id)) given.push({ id, text });
  }
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

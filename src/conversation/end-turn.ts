import type { Channel } from "../channels/channel.ts";
import type { OutboundText } from "../delivery.ts";
import { codeOf, explain, hintOf, StoreError } from "../errors.ts";
import { type Log, maskAddress } from "../log.ts";
import { type InboundMessage, type Outcome, textsOf } from "../message.ts";
import type { NewText, Store } from "../store/store.ts";
import type { Outbox } from "./outbox.ts";
import { estimateCost } from "./prices.ts";
import { createWaiter, type Waiter } from "./waiter.ts";

/** A text on its way to its answer. */
export interface Entry {
  readonly message: InboundMessage;
  /** 0 until the text is claimed. */
  turn: number;
  waiter: Waiter;
  /** Nobody can join it any more. */
  readonly ended: () => void;
}

/** Ends the turn of these texts of one person, the oldest first; never rejects but for what trying again cannot mend. */
export type EndTurn = (
  entries: readonly Entry[],
  outcome: Outcome,
  options?: { readonly isKeyword: boolean },
) => Promise<void>;

/** Which way answers go. */
type ReplyBy = "auto" | "twiml" | "rest";

export interface EndTurnParts {
  readonly store: Pick<Store, "endTurn" | "waitingFor" | "isOptedOut">;
  readonly channel: Pick<Channel, "name" | "countSegments">;
  /** Whose memory the turns change. */
  readonly botName: string;
  readonly replyBy: ReplyBy;
  readonly outbox: Pick<Outbox, "canSend" | "isAwaiting" | "pausedBecause" | "expect" | "wake">;
  /** How long an answer is given to be heard of; undefined: it never will be. */
  readonly settleAfterMs: number | undefined;
  readonly log: Log;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** Makes what ends turns: outcome, memory and the texts that are owed are on the disk before any of them leaves. */
export function createEndTurn(parts: EndTurnParts): EndTurn {
  return async function endTurn(entries, outcome, { isKeyword } = { isKeyword: false }) {
    for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(delayMs * 2, LAST_DELAY_MS)) {
      try {
        const isMuted = !isKeyword && (await hasOptedOut(parts, entries));
        await keepAndGive(parts, entries, {
          outcome: isMuted ? toSilence(outcome) : outcome,
          mayGiveMore: !isKeyword && !isMuted,
        });
        for (const entry of entries) entry.ended();
        return;
      } catch (error) {
        if (!isPassing(error)) throw error;
        tell(parts, entries, error);
        // The bot was asked, and is not asked twice: its answer waits here for the database.
        await pause(delayMs, parts.signal);
      }
    }
  };
}

const FIRST_DELAY_MS = 250;
const LAST_DELAY_MS = 30_000;

/** A full disk, a lock: what somebody can mend. Anything else would be the same again. */
function isPassing(error: unknown): boolean {
  return error instanceof StoreError && error.code !== StoreError.name;
}

/** Since the bot was asked: who opted out before is told nothing by the bot in the first place. */
async function hasOptedOut({ store }: EndTurnParts, entries: readonly Entry[]): Promise<boolean> {
  const { from, to } = entries.at(-1)?.message ?? { from: "", to: "" };
  return store.isOptedOut(from, to);
}

function toSilence(outcome: Outcome): Outcome {
  const reason = "the person opted out";
  if (outcome.kind === "silence") return outcome;
  if (outcome.kind === "fallback") return { kind: "silence", reason };
  const { texts, raw, later, ...rest } = outcome;
  return { ...rest, kind: "silence", reason };
}

async function keepAndGive(
  parts: EndTurnParts,
  entries: readonly Entry[],
  { outcome, mayGiveMore }: { readonly outcome: Outcome; readonly mayGiveMore: boolean },
): Promise<void> {
  const last = entries.at(-1);
  if (!last) return;
  const { store, now } = parts;
  // Before the store is read: what is awaited no more by then is owed there.
  const isAwaiting = parts.outbox.isAwaiting({ from: last.message.to, to: last.message.from });
  const waiting = await store.waitingFor(last.message.from, last.message.to);
  const state = chooseWay(parts, last, { waiting, isAwaiting });
  const isWithMore = mayGiveMore && state === "answered";
  const given = isWithMore ? waiting.filter(isToBeGiven).slice(0, roomFor(outcome)) : [];
  const ended = await store.endTurn({
    turn: last.turn,
    joined: entries.slice(0, -1).map(({ turn }) => turn),
    bot: by(outcome) ?? parts.botName,
    outcome,
    texts: toNewTexts(parts, { outcome, state, person: last.message.from }),
    given: given.map(({ id }) => id),
    now: now(),
  });
  const kept = ended.filter((text) => text.state !== "held");
  for (const { waiter } of entries.slice(0, -1)) waiter.give({ texts: [] });
  if (state === "answered") {
    parts.outbox.expect(kept, last.message);
    last.waiter.give({ outcome, texts: kept });
  } else {
    last.waiter.give({ outcome, texts: [] });
    parts.outbox.wake();
  }
  noteEnd(parts, last, { outcome, state, count: kept.length });
}

/** Who answered, where it was not the bot. */
function by(outcome: Outcome): string | undefined {
  return outcome.kind === "reply" ? outcome.by : undefined;
}

type Way = "answered" | "owed" | "kept";

/** Decided in one go with closing the other ways: an answer leaves by one of them only. */
function chooseWay(
  { replyBy, outbox }: EndTurnParts,
  { waiter }: Entry,
  { waiting, isAwaiting }: { waiting: readonly OutboundText[]; isAwaiting: boolean },
): Way {
  const canSend = outbox.canSend();
  const isBehind =
    isAwaiting || waiting.some(({ state }) => state === "sending" || state === "uncertain");
  // Behind what cannot be sent for now nobody has to wait.
  const mustSend = replyBy === "rest" || (isBehind && outbox.pausedBecause() === undefined);
  if (!(mustSend && canSend) && waiter.take()) return "answered";
  return canSend ? "owed" : "kept";
}

// Nobody is sending these at this moment, so that they can go along; in front, for they are older.
function isToBeGiven({ state }: OutboundText): boolean {
  return state === "kept" || state === "owed";
}

/** Twilio takes ten messages in one answer. */
const MOST_TEXTS = 10;

function roomFor(outcome: Outcome): number {
  return Math.max(0, MOST_TEXTS - textsOf(outcome).length);
}

interface Ended {
  readonly outcome: Outcome;
  readonly state: Way;
  readonly person: string;
}

function toNewTexts(parts: EndTurnParts, { outcome, state, person }: Ended): readonly NewText[] {
  const rest = outcome.kind === "reply" ? (outcome.later ?? []) : [];
  const toNew = (text: string, state: NewText["state"]): NewText => {
    const segments = parts.channel.countSegments(text);
    const dueAt = dueAtOf(parts, state);
    return { text, state, dueAt, segments, cost: estimateCost(segments, person) };
  };
  return [
    ...textsOf(outcome).map((text) => toNew(text, state)),
    ...rest.map((text) => ({ ...toNew(text, "held"), segments: 0, cost: 0 })),
  ];
}

function dueAtOf({ settleAfterMs, now }: EndTurnParts, state: NewText["state"]) {
  if (state === "owed") return now();
  return state === "answered" && settleAfterMs !== undefined ? now() + settleAfterMs : undefined;
}

function noteEnd(
  { log, channel, now }: EndTurnParts,
  { turn, message }: Entry,
  { outcome, state, count }: { outcome: Outcome; state: Way; count: number },
): void {
  log.info("turn.ended", {
    turn,
    channel: channel.name,
    from: maskAddress(message.from),
    outcome: outcome.kind,
    reason: outcome.kind === "reply" ? undefined : outcome.reason,
    texts: count,
    by: count > 0 ? state : undefined,
    ms: now() - message.receivedAt,
  });
  if (count > 0 && state === "kept") {
    log.warn("reply.kept", {
      turn,
      cause: "the answer came too late for the webhook: it is given with the person's next text",
      hint: "Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN (or an API key): then late replies are sent by themselves",
    });
  }
}

/** Who waits is told at once; whoever asks again waits anew. */
function tell({ log }: EndTurnParts, entries: readonly Entry[], error: unknown): void {
  log.error("turn.not_kept", {
    turn: entries.at(-1)?.turn,
    code: codeOf(error),
    cause: explain(error),
    hint: hintOf(error),
  });
  for (const entry of entries) {
    entry.waiter.fail(error);
    entry.waiter = createWaiter();
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise: aborted, resolve } = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => resolve(), { once: true });
  await Promise.race([Bun.sleep(ms), aborted]);
  signal.throwIfAborted();
}

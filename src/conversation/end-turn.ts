import type { Channel } from "../channels/channel.ts";
import { sleep } from "../clock.ts";
import type { OutboundText } from "../delivery.ts";
import { codeOf, explain, hintOf, StoreError } from "../errors.ts";
import { type Log, maskAddress } from "../log.ts";
import { type InboundMessage, type Outcome, textsOf } from "../message.ts";
import type { EndedText, NewText, Store } from "../store/store.ts";
import { WAIT_BEHIND_MS } from "./awaited.ts";
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
  readonly store: Pick<Store, "endTurn" | "waitingFor">;
  readonly channel: Pick<Channel, "name" | "countSegments">;
  /** Whose memory the turns change. */
  readonly botName: string;
  readonly replyBy: ReplyBy;
  readonly outbox: Pick<
    Outbox,
    "canSend" | "isAwaiting" | "reserve" | "pausedBecause" | "expect" | "wake"
  >;
  /** How long an answer is given to be heard of; undefined: it never will be. */
  readonly settleAfterMs: number | undefined;
  readonly staleAfterMs: number;
  readonly log: Log;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** Makes what ends turns: outcome, memory and the texts that are owed are on the disk before any of them leaves. */
export function createEndTurn(parts: EndTurnParts): EndTurn {
  return async function endTurn(entries, outcome, { isKeyword } = { isKeyword: false }) {
    for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(delayMs * 2, LAST_DELAY_MS)) {
      try {
        const fresh = isStale(parts, entries) ? toSilence(outcome) : outcome;
        await keepAndGive(parts, entries, { outcome: fresh, isKeyword });
        for (const entry of entries) entry.ended();
        return;
      } catch (error) {
        if (!isPassing(error)) throw error;
        tell(parts, entries, error);
        // The bot was asked, and is not asked twice: its answer waits here for the database.
        if (!(await sleep(delayMs, parts.signal))) throw error;
      }
    }
  };
}

const FIRST_DELAY_MS = 250;
const LAST_DELAY_MS = 30_000;

/** A full disk, a lock: what somebody can mend. Anything else would be the same again. */
export function isPassing(error: unknown): boolean {
  return error instanceof StoreError && error.code !== StoreError.name;
}

/** By the time the database could be written, nobody expects the answer any more. */
function isStale({ now, staleAfterMs }: EndTurnParts, entries: readonly Entry[]): boolean {
  return now() - (entries.at(-1)?.message.receivedAt ?? now()) > staleAfterMs;
}

function toSilence(outcome: Outcome): Outcome {
  const reason = "the answer came too late";
  if (outcome.kind === "silence") return outcome;
  if (outcome.kind === "fallback") return { kind: "silence", reason };
  const { texts, raw, later, by, erases, ...rest } = outcome;
  return { ...rest, kind: "silence", reason };
}

interface Ending {
  readonly outcome: Outcome;
  readonly isKeyword: boolean;
}

async function keepAndGive(
  parts: EndTurnParts,
  entries: readonly Entry[],
  ending: Ending,
): Promise<void> {
  const last = entries.at(-1);
  if (!last) return;
  const { outbox } = parts;
  const sides = { from: last.message.to, to: last.message.from };
  // Before the store is read: what is awaited no more by then is owed there.
  const isAwaiting = outbox.isAwaiting(sides);
  const release = outbox.reserve(sides);
  try {
    const waiting = await parts.store.waitingFor(sides.to, sides.from);
    const isBehind = isAwaiting || !release || waiting.some((text) => isInTheDark(parts, text));
    const isAnswered = isToBeAnswered(parts, last, isBehind);
    const ended = await keep(parts, entries, { ...ending, waiting, isAnswered });
    for (const { waiter } of entries.slice(0, -1)) waiter.give({ texts: [] });
    const given = ended.filter(({ state }) => state === "answered");
    outbox.expect(given, last.message);
    last.waiter.give({ outcome: ending.outcome, texts: given });
    noteEnd(parts, last, { outcome: ending.outcome, ended });
    if (ended.some(({ state }) => state === "owed")) outbox.wake();
  } finally {
    release?.();
  }
}

/** Nobody knows where it is, and it may be soon: what follows must not overtake it. */
function isInTheDark({ now }: EndTurnParts, { state, attemptedAt }: OutboundText): boolean {
  const ageMs = now() - attemptedAt;
  const isRecent = ageMs >= 0 && ageMs < WAIT_BEHIND_MS;
  return isRecent && (state === "sending" || state === "uncertain");
}

/** Decided in one go with closing the other ways: an answer leaves by one of them only. */
function isToBeAnswered(
  { replyBy, outbox }: EndTurnParts,
  { waiter }: Entry,
  isBehind: boolean,
): boolean {
  // Behind what cannot be sent for now nobody has to wait.
  const mustSend = replyBy === "rest" || (isBehind && outbox.pausedBecause() === undefined);
  return !(mustSend && outbox.canSend()) && waiter.take();
}

interface Kept extends Ending {
  readonly waiting: readonly OutboundText[];
  readonly isAnswered: boolean;
}

function keep(
  parts: EndTurnParts,
  entries: readonly Entry[],
  { outcome, isKeyword, waiting, isAnswered }: Kept,
): Promise<readonly EndedText[]> {
  const [turn = 0, ...joined] = entries.map((entry) => entry.turn).toReversed();
  // Older texts go first; with a keyword's answer goes nothing else.
  const older = isAnswered && !isKeyword ? waiting.filter(isToBeGiven) : [];
  const room = MOST_TEXTS - textsOf(outcome).length;
  const isTooMuch = older.length > Math.max(0, room);
  const owed = parts.outbox.canSend() ? "owed" : "kept";
  const state = isAnswered && !isTooMuch ? "answered" : owed;
  const { from: person } = entries.at(-1)?.message ?? { from: "" };
  return parts.store.endTurn({
    turn,
    joined: joined.toReversed(),
    bot: byWhom(outcome) ?? parts.botName,
    outcome,
    isKeyword,
    texts: toNewTexts(parts, { outcome, state, person }),
    given: older.slice(0, MOST_TEXTS).map(({ id }) => id),
    givenDueAt: dueAtOf(parts, "answered"),
    now: parts.now(),
  });
}

/** Who answered, where it was not the bot. */
function byWhom(outcome: Outcome): string | undefined {
  return outcome.kind === "reply" ? outcome.by : undefined;
}

// Nobody is sending these at this moment, so that they can go along; in front, for they are older.
function isToBeGiven({ state }: OutboundText): boolean {
  return state === "kept" || state === "owed";
}

/** Twilio takes ten messages in one answer. */
const MOST_TEXTS = 10;

interface Made {
  readonly outcome: Outcome;
  readonly state: "answered" | "owed" | "kept";
  readonly person: string;
}

function toNewTexts(parts: EndTurnParts, { outcome, state, person }: Made): readonly NewText[] {
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
  { outcome, ended }: { readonly outcome: Outcome; readonly ended: readonly EndedText[] },
): void {
  const states = new Set(ended.map(({ state }) => state));
  log.info("turn.ended", {
    turn,
    channel: channel.name,
    from: maskAddress(message.from),
    outcome: outcome.kind,
    reason: outcome.kind === "reply" ? undefined : outcome.reason,
    texts: ended.length,
    by: states.size > 0 ? [...states].join(" ") : undefined,
    ms: now() - message.receivedAt,
  });
  if (states.has("kept")) {
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
    entry.waiter = createWaiter({ isKept: true });
  }
}

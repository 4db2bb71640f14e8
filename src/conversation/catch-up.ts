import type { Sender } from "../channels/channel.ts";
import { codeOf, explain, hintOf } from "../errors.ts";
import type { Log } from "../log.ts";
import type { InboundMessage } from "../message.ts";
import type { Store } from "../store/store.ts";

export interface CatchUpParts {
  readonly store: Pick<Store, "readMark" | "setMark" | "ourNumbers">;
  readonly sender: Pick<Sender, "listReceived">;
  /** Takes in a text that no webhook brought; resolves with whether it is new. */
  readonly takeIn: (message: InboundMessage) => Promise<boolean>;
  /** A text that is younger may still come by its webhook. */
  readonly graceMs: number;
  readonly everyMs: number;
  readonly log: Log;
  readonly now: () => number;
}

/** Texts that the provider has seen and no webhook brought. */
export interface Missed {
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly lastAt: number;
  readonly cause: string;
}

/** Asks the provider for texts that never reached us, and takes them in. */
export interface CatchUp {
  /** Notes where to begin, the first time; the looking comes later. */
  start(): Promise<void>;
  /** What was missed of late; undefined: nothing. */
  missed(): Missed | undefined;
  close(): Promise<void>;
}

/** Up to this time the provider's list is taken in. */
const MARK = "caught up";

/** The first texts after a start are answered before the provider is asked about others. */
const FIRST_AFTER_MS = 1000;

/** How soon a message stands in the provider's list is not established; it is looked at twice. */
const OVERLAP_MS = 120_000;

/** An alarm is over when nothing was missed for so long. */
const ALARM_MS = 60 * 60 * 1000;

/** Makes the watch; its first look follows soon after `start`, and then one every `everyMs`, 0 being never again. */
export function createCatchUp(parts: CatchUpParts): CatchUp {
  const abort = new AbortController();
  const startedAt = parts.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let round: Promise<void> = Promise.resolve();
  let missed: Missed | undefined;
  let hasFailed = false;

  function lookIn(ms: number): void {
    if (abort.signal.aborted) return;
    timer = setTimeout(() => {
      round = look();
    }, ms);
  }

  async function look(): Promise<void> {
    try {
      const texts = await takeInMissed(parts, abort.signal);
      if (texts.length > 0) missed = note(texts);
      hasFailed = false;
    } catch (error) {
      if (!hasFailed && !abort.signal.aborted) complain(parts.log, error);
      hasFailed = true;
    }
    if (parts.everyMs > 0) lookIn(parts.everyMs);
    // What was too young for the look at the start is looked at once it is not.
    else if (parts.now() - startedAt < parts.graceMs) lookIn(parts.graceMs);
  }

  function note(texts: readonly InboundMessage[]): Missed {
    const lastAt = Math.max(...texts.map(({ receivedAt }) => receivedAt));
    const cause = lastAt < startedAt ? WAS_DOWN : IS_CUT_OFF;
    parts.log.warn("texts.missed", { count: texts.length, cause });
    return { count: texts.length, lastAt, cause };
  }

  return {
    async start() {
      // Nothing is asked of the time before the first start: those texts were somebody else's.
      const mark = await parts.store.readMark(MARK);
      if (mark === undefined) await parts.store.setMark(MARK, startedAt + OVERLAP_MS);
      lookIn(parts.everyMs > 0 ? Math.min(parts.everyMs, FIRST_AFTER_MS) : FIRST_AFTER_MS);
    },
    missed: () => (missed && parts.now() - missed.lastAt < ALARM_MS ? missed : undefined),
    async close() {
      abort.abort(new Error("the server stops"));
      clearTimeout(timer);
      await round;
    },
  };
}

const WAS_DOWN = "they came while the server was down";
const IS_CUT_OFF =
  "Twilio could not bring them: compare the webhook's URL at Twilio with PUBLIC_URL, and see Twilio's error log";

async function takeInMissed(
  { store, sender, takeIn, graceMs, now }: CatchUpParts,
  signal: AbortSignal,
): Promise<readonly InboundMessage[]> {
  const until = now() - graceMs;
  const mark = (await store.readMark(MARK)) ?? now();
  // A clock that was set back leaves a mark in the future behind.
  const since = Math.min(mark - OVERLAP_MS, now());
  const found: InboundMessage[] = [];
  const numbers = await store.ourNumbers();
  const isOurs = (number: string) => numbers.has(number);
  for await (const page of sender.listReceived({ since, isOurs }, signal)) found.push(...page);
  const missed: InboundMessage[] = [];
  for (const message of found.reverse()) {
    if (message.receivedAt <= until && (await takeIn(message))) missed.push(message);
  }
  if (until > mark) await store.setMark(MARK, until);
  return missed;
}

function complain(log: Log, error: unknown): void {
  log.warn("catch-up.failed", { code: codeOf(error), cause: explain(error), hint: hintOf(error) });
}

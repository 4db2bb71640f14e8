import type { Sender } from "../channels/channel.ts";
import type { Action } from "../delivery.ts";
import { SendError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { People } from "../store/store.ts";

export interface RetentionParts {
  readonly store: Pick<
    People,
    "emptyTextsBefore" | "forgetErasedBefore" | "dueErasures" | "settleErasure"
  >;
  /** Without one, what is to be erased at the provider waits. */
  readonly sender?: Pick<Sender, "erase"> | undefined;
  readonly log: Log;
  readonly now: () => number;
  /** How long texts are kept; 0: for ever. */
  readonly retentionDays: number;
}

/** Lets go of what is not to be kept any longer. */
export interface Retention {
  /**
   * Empties texts that are too old and erases at the provider what people had erased here, until nothing is due or the
   * signal aborts. Made to be called now and then, one at a time. Throws a StoreError when the database cannot be used.
   */
  sweep(signal: AbortSignal): Promise<void>;
}

/** Makes what lets go; between two sweeps it remembers only how the provider fared. */
export function createRetention(parts: RetentionParts): Retention {
  const backoff = { failures: 0 };
  return {
    async sweep(signal) {
      await emptyOldTexts(parts, signal);
      await forgetErased(parts, signal);
      await eraseElsewhere({ ...parts, backoff }, signal);
    },
  };
}

const DAY_MS = 86_400_000;

// Between two bites of old texts, those that people send now have their turn.
const PAUSE_MS = 20;

async function emptyOldTexts(
  { store, now, retentionDays }: RetentionParts,
  signal: AbortSignal,
): Promise<void> {
  if (retentionDays === 0) return;
  const before = now() - retentionDays * DAY_MS;
  while (!signal.aborted && (await store.emptyTextsBefore(before))) await Bun.sleep(PAUSE_MS);
}

/** A repeat of a webhook that is still on its way is known by its person. */
const FORGET_AFTER_MS = DAY_MS;

async function forgetErased({ store, now }: RetentionParts, signal: AbortSignal): Promise<void> {
  const before = now() - FORGET_AFTER_MS;
  while (!signal.aborted && (await store.forgetErasedBefore(before))) await Bun.sleep(PAUSE_MS);
}

interface Erasing extends RetentionParts {
  /** Failures since the last success. */
  readonly backoff: { failures: number };
}

const AT_ONCE = 20;

async function eraseElsewhere(parts: Erasing, signal: AbortSignal): Promise<void> {
  const { store, sender, now } = parts;
  if (sender === undefined) return;
  for (;;) {
    const due = await store.dueErasures(now(), AT_ONCE);
    for (const sid of due) {
      if (signal.aborted || !(await eraseOne({ ...parts, sender, sid }, signal))) return;
    }
    if (due.length < AT_ONCE) return;
  }
}

interface OneErasing extends Erasing {
  readonly sender: Pick<Sender, "erase">;
  readonly sid: string;
}

/** Whether it is worth going on to the next. */
async function eraseOne(parts: OneErasing, signal: AbortSignal): Promise<boolean> {
  const { store, sender, sid, backoff } = parts;
  try {
    await sender.erase(sid, signal);
  } catch (error) {
    if (signal.aborted) return false;
    if (!(error instanceof SendError)) throw error;
    return await heedFailure(parts, error);
  }
  backoff.failures = 0;
  await store.settleErasure(sid);
  return true;
}

interface Consequence {
  /** Until it is tried again; undefined: never. */
  readonly waitMs: number | undefined;
  /** Whether the next one may fare better. */
  readonly isOfThisOne: boolean;
}

const NEVER: Consequence = { waitMs: undefined, isOfThisOne: true };

/** An erasure that was done already does no harm when it is done again: what is unknown is simply repeated. */
const AFTER: Readonly<Record<Action, Consequence>> = {
  final: NEVER,
  "opt-out": NEVER,
  retry: { waitMs: 60_000, isOfThisOne: false },
  "unknown-outcome": { waitMs: 60_000, isOfThisOne: false },
  "retry-later": { waitMs: 3_600_000, isOfThisOne: true },
  pause: { waitMs: 3_600_000, isOfThisOne: false },
};

const LONGEST_WAIT_MS = 6 * 3_600_000;

async function heedFailure(
  { store, log, now, sid, backoff }: OneErasing,
  { verdict }: SendError,
): Promise<boolean> {
  const { waitMs, isOfThisOne } = AFTER[verdict.action];
  const { code, words: cause, retryAfterMs = 0 } = verdict;
  if (waitMs === undefined) {
    log.warn("erasure.refused", { sid, code, cause });
    await store.settleErasure(sid);
    return isOfThisOne;
  }
  const doubledMs = waitMs * 2 ** backoff.failures;
  const delayMs = Math.max(Math.min(doubledMs, LONGEST_WAIT_MS), retryAfterMs);
  if (!isOfThisOne) backoff.failures += 1;
  log.warn("erasure.put_off", { sid, code, cause, delayMs });
  await store.settleErasure(sid, now() + delayMs);
  return isOfThisOne;
}

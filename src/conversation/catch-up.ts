import type { Sender } from "../channels/channel.ts";
import { codeOf, explain, hintOf } from "../errors.ts";
import type { Log } from "../log.ts";
import type { InboundMessage } from "../message.ts";
import type { Store } from "../store/store.ts";
import { backoffMs } from "./backoff.ts";
import { isPassing } from "./end-turn.ts";

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
  /** Looks no more; a look that is under way ends soon. */
  stop(): void;
  close(): Promise<void>;
}

/** Up to this time the provider's list is taken in. */
const MARK = "caught up";

/** When this database was started with first: earlier texts were somebody else's. */
const FIRST = "started first";

/** The first texts after a start are answered before the provider is asked about others. */
const FIRST_AFTER_MS = 1000;

/** How soon a message stands in the provider's list is not established; it is looked at twice. */
const OVERLAP_MS = 120_000;

/** Where it cannot be asked, it is asked ever less often. */
const LONGEST_WAIT_MS = 10 * 60_000;

/** An alarm is over when nothing was missed for so long. */
const ALARM_MS = 60 * 60 * 1000;

/** Makes the watch; its first look follows soon after `start`, and then one every `everyMs`, 0 being never again. */
export function createCatchUp(parts: CatchUpParts): CatchUp {
  const abort = new AbortController();
  const startedAt = parts.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let round: Promise<void> = Promise.resolve();
  let missed: Missed | undefined;
  let failures = 0;
  const unfit = createUnfit(parts.log);

  function lookIn(ms: number): void {
    if (abort.signal.aborted) return;
    timer = setTimeout(() => {
      round = look();
    }, ms);
  }

  async function look(): Promise<void> {
    try {
      const texts = await takeInMissed(parts, unfit, abort.signal);
      if (texts.length > 0) missed = note(texts);
      failures = 0;
    } catch (error) {
      if (failures === 0 && !abort.signal.aborted) complain(parts.log, error);
      failures += 1;
    }
    lookAgain();
  }

  function lookAgain(): void {
    const { everyMs, graceMs, now } = parts;
    const firstMs = everyMs || LONGEST_WAIT_MS;
    if (failures > 0) {
      lookIn(backoffMs(failures, { firstMs, mostMs: Math.max(firstMs, LONGEST_WAIT_MS) }));
    } else if (everyMs > 0) lookIn(everyMs);
    // What was too young for the look at the start is looked at once it is not.
    else if (now() - startedAt < graceMs) lookIn(graceMs);
  }

  function note(texts: readonly InboundMessage[]): Missed {
    const lastAt = Math.max(...texts.map(({ receivedAt }) => receivedAt));
    const cause = lastAt < startedAt ? WAS_DOWN : IS_CUT_OFF;
    parts.log.warn("texts.missed", { count: texts.length, cause });
    return { count: texts.length, lastAt, cause };
  }

  function stop(): void {
    abort.abort(new Error("the server stops"));
    clearTimeout(timer);
  }

  return {
    async start() {
      const first = await parts.store.readMark(FIRST);
      if (first === undefined) await parts.store.setMark(FIRST, startedAt);
      lookIn(parts.everyMs > 0 ? Math.min(parts.everyMs, FIRST_AFTER_MS) : FIRST_AFTER_MS);
    },
    missed: () => (missed && parts.now() - missed.lastAt < ALARM_MS ? missed : undefined),
    stop,
    async close() {
      stop();
      await round;
    },
  };
}

const WAS_DOWN = "they came while the server was down";
const IS_CUT_OFF =
  "Twilio could not bring them: compare the webhook's URL at Twilio with PUBLIC_URL, and see Twilio's error log";

async function takeInMissed(
  parts: CatchUpParts,
  unfit: Unfit,
  signal: AbortSignal,
): Promise<readonly InboundMessage[]> {
  const { store, takeIn, graceMs, now } = parts;
  const { texts, isAll } = await list(parts, signal);
  const newest = isAll ? Number.POSITIVE_INFINITY : (texts.at(-1)?.receivedAt ?? 0);
  const until = Math.min(now() - graceMs, newest);
  const missed: InboundMessage[] = [];
  for (const message of texts) {
    if (message.receivedAt > until) continue;
    // What is left is taken in at the next start.
    if (signal.aborted) return missed;
    if (await unfit.unless(message, takeIn)) missed.push(message);
  }
  await store.setMark(MARK, Math.min(until, unfit.oldest()));
  return missed;
}

interface Listed {
  /** Oldest first. */
  readonly texts: readonly InboundMessage[];
  /** There are none after them. */
  readonly isAll: boolean;
}

/** As many as are kept in memory at once; the rest is for the next look. */
const MOST_LISTED = 20_000;

async function list({ store, sender, now }: CatchUpParts, signal: AbortSignal): Promise<Listed> {
  const since = await findStart(store, now());
  const numbers = await store.ourNumbers(now() - OURS_FOR_MS);
  const isOurs = (number: string) => numbers.has(number);
  let [found, isAll]: [InboundMessage[], boolean] = [[], true];
  for await (const page of sender.listReceived({ since, isOurs }, signal)) {
    found.push(...page);
    if (found.length <= MOST_LISTED) continue;
    isAll = false;
    found = found.slice(-MOST_LISTED);
  }
  const texts = found.reverse().toSorted((one, other) => one.receivedAt - other.receivedAt);
  return { texts, isAll };
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** A number that no webhook spoke of for so long is somebody else's by now. */
const OURS_FOR_MS = 30 * DAY_MS;

async function findStart(store: CatchUpParts["store"], now: number): Promise<number> {
  const first = (await store.readMark(FIRST)) ?? now;
  const mark = await store.readMark(MARK);
  // A clock that was ahead left these in the future: nobody knows since when.
  if (first > now) await store.setMark(FIRST, now);
  const since = mark !== undefined && mark > now ? now - DAY_MS : (mark ?? first) - OVERLAP_MS;
  return Math.max(since, Math.min(first, now));
}

/** Keeps texts that cannot be taken in from holding up everybody else's. */
interface Unfit {
  /** Takes in a text that may yet be fit; resolves with whether it is new. Rejects with what would keep any text out. */
  unless(message: InboundMessage, takeIn: CatchUpParts["takeIn"]): Promise<boolean>;
  /** When the first of those came that are to be tried again. */
  oldest(): number;
}

const MOST_TRIES = 3;

function createUnfit(log: Log): Unfit {
  const failed = new Map<string, { readonly at: number; readonly tries: number }>();

  function note({ id, receivedAt: at }: InboundMessage, error: unknown): void {
    const tries = (failed.get(id)?.tries ?? 0) + 1;
    failed.set(id, { at, tries });
    if (tries > 1) return;
    log.error("text.not_taken_in", { id, code: codeOf(error), cause: explain(error) });
  }

  return {
    async unless(message, takeIn) {
      if ((failed.get(message.id)?.tries ?? 0) >= MOST_TRIES) return false;
      try {
        const isNew = await takeIn(message);
        failed.delete(message.id);
        return isNew;
      } catch (error) {
        if (isPassing(error)) throw error;
        note(message, error);
        return false;
      }
    },
    oldest() {
      const again = [...failed.values()].filter(({ tries }) => tries < MOST_TRIES);
      return Math.min(...again.map(({ at }) => at));
    },
  };
}

function complain(log: Log, error: unknown): void {
  log.warn("catch-up.failed", { code: codeOf(error), cause: explain(error), hint: hintOf(error) });
}

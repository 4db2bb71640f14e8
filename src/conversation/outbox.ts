import type { HearOf } from "../channels/channel.ts";
import type { OutboundText, Verdict } from "../delivery.ts";
import { codeOf, explain, hintOf } from "../errors.ts";
import type { InboundMessage, KeptText } from "../message.ts";
import { createAwaited } from "./awaited.ts";
import { backoffMs } from "./backoff.ts";
import { createHearOf, createLearn, HEARD_MARK } from "./hear-of.ts";
import type { OutboxParts, OutboxRun } from "./outbox-run.ts";
import { sendOwed } from "./send-owed.ts";
import { settle } from "./settle.ts";

/** Person and number of ours. */
type Sides = Pick<OutboundText, "from" | "to">;

/** Twilio publishes no limit on calls at once; a hundred are said to be too many. */
const MOST_AT_ONCE = 10;

/** Questions about texts that Twilio has can wait; these many are asked beside. */
const MOST_QUESTIONS = 2;

/** So many are looked through for some of different people, and more where these all wait. */
const FEW = 200;
const MANY = 10_000;

/** Of the answers that left right before the program stopped; more than these, and some may come in another order. */
const MOST_AWAITED = 1000;

/** How long after a refusal for everybody the next attempt is made, with one text. */
const PAUSE_MS = 30_000;

/** Nothing is put off for longer by what failed before: what is due later was written by a clock that was wrong. */
const LONGEST_WAIT_MS = 15 * 60_000;

/** After a failure of our own, such as a database that cannot be written. */
const REST = { firstMs: 1000, mostMs: 30_000 };

/** Sends a few people's texts side by side, each one's in order; it sleeps until `start` or the first `wake`. */
export class Outbox {
  readonly #run: OutboxRun;
  readonly #hear: HearOf;
  readonly #abort = new AbortController();
  /** What is being done, by whom it is for. */
  readonly #busy = new Map<string, Promise<void>>();
  /** Whose turns are ending at the moment, and how many of them. */
  readonly #reserved = new Map<string, number>();
  #questions = 0;
  #round: Promise<void> | undefined;
  #isAskedAgain = false;
  #isClosing = false;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wakesAt = Number.POSITIVE_INFINITY;
  #paused: { readonly until: number; readonly because: string } | undefined;
  #failures = 0;
  #restsUntil = Number.NEGATIVE_INFINITY;

  constructor(parts: OutboxParts) {
    const shared = {
      ...parts,
      awaited: createAwaited(parts),
      startedAt: parts.now(),
      signal: this.#abort.signal,
      pause: (verdict: Verdict) => this.#pause(verdict),
      wake: () => this.wake(),
    };
    this.#run = { ...shared, learn: createLearn(shared) };
    this.#hear = createHearOf(this.#run);
  }

  /** Takes a callback of the provider's. */
  hearOf(...told: Parameters<HearOf>): Promise<void> {
    return this.#hear(...told);
  }

  /** Goes on where the program stopped. */
  async start(): Promise<void> {
    const { store, awaited, now, settleAfterMs } = this.#run;
    const heardAt = await store.readMark(HEARD_MARK);
    if (heardAt !== undefined) awaited.noteHeard(heardAt);
    const left = await store.dueTexts(now() + settleAfterMs, MOST_AWAITED);
    for (const text of left.filter(({ state }) => state === "answered")) {
      awaited.expect([text], { from: text.to, to: text.from });
    }
    await store.makeDue({ now: now(), after: now() + LONGEST_WAIT_MS });
    this.wake();
  }

  /** Whether a text can be sent by itself. */
  canSend(): boolean {
    return this.#run.sender !== undefined && this.#run.maySend;
  }

  /** Whether an answer of which nothing was heard yet is on its way to the person, and will be heard of. */
  isAwaiting(sides: Sides): boolean {
    return this.#run.awaited.has(sides);
  }

  /** These went back in an answer just now. */
  expect(texts: readonly KeptText[], message: InboundMessage): void {
    const { awaited, now, settleAfterMs } = this.#run;
    awaited.expect(texts, message);
    if (texts.length > 0) this.#sleepUntil(now() + settleAfterMs);
  }

  /**
   * Keeps the outbox from this person's texts until `release` is called, so that what waits for them stays as it is;
   * undefined where it is at work on one.
   */
  reserve(sides: Sides): (() => void) | undefined {
    const lane = laneOf(sides);
    if (this.#busy.has(lane)) return undefined;
    this.#reserved.set(lane, (this.#reserved.get(lane) ?? 0) + 1);
    return () => this.#release(lane);
  }

  #release(lane: string): void {
    const left = (this.#reserved.get(lane) ?? 1) - 1;
    if (left > 0) this.#reserved.set(lane, left);
    else this.#reserved.delete(lane);
  }

  /** Why nothing is sent at the moment; undefined: all is well. */
  pausedBecause(): string | undefined {
    return this.#paused?.because;
  }

  /** Looks at once what is due. */
  wake(): void {
    if (this.#isClosing) return;
    this.#isAskedAgain = true;
    this.#round ??= this.#look().finally(() => {
      this.#round = undefined;
      if (this.#isAskedAgain) this.wake();
    });
  }

  /** Starts no more; resolves when what is under way has ended or was cut off. */
  async close(): Promise<void> {
    this.#isClosing = true;
    clearTimeout(this.#timer);
    await this.#round;
    await Promise.race([Promise.all(this.#busy.values()), Bun.sleep(LAST_SENDS_MS)]);
    this.#abort.abort(new Error("the server stops"));
    await Promise.all(this.#busy.values());
  }

  async #look(): Promise<void> {
    // Texts that come in go first, however much there is to send.
    await Bun.sleep(0);
    this.#isAskedAgain = false;
    this.#wakesAt = Number.POSITIVE_INFINITY;
    const restMs = this.#failures > 0 ? this.#restsUntil - performance.now() : 0;
    if (restMs > 0) {
      this.#sleepUntil(this.#run.now() + restMs);
      return;
    }
    try {
      await this.#heedClock();
      if (!this.#isPaused()) await this.#startDue();
      this.#sleepUntil(this.#isPaused() ? this.#paused?.until : await this.#run.store.nextDueAt());
    } catch (error) {
      this.#rest(error);
    }
  }

  /** Where the clock was set back, what is due would wait that much longer. */
  async #heedClock(): Promise<void> {
    const { store, log, now } = this.#run;
    const behindMs = this.#lookedAt - now();
    if (behindMs >= CLOCK_JITTER_MS) {
      log.warn("clock.set_back", { ms: behindMs });
      if (this.#paused) this.#paused = { ...this.#paused, until: now() };
      await store.makeDue({ now: now(), after: now() });
    }
    this.#lookedAt = now();
  }

  async #startDue(): Promise<void> {
    const { store, now } = this.#run;
    const room = (this.#paused ? 1 : MOST_AT_ONCE) - (this.#busy.size - this.#questions);
    if (room > 0) this.#startSome(await this.#findReady(room), room);
    if (this.#questions < MOST_QUESTIONS && !this.#paused) {
      this.#startSome(await store.dueQuestions(now(), MOST_QUESTIONS), MOST_QUESTIONS);
    }
  }

  /** Of texts that are due, some that can be started; many others may wait for what is on its way. */
  async #findReady(room: number): Promise<readonly OutboundText[]> {
    const { store, now } = this.#run;
    for (let count = FEW; ; count *= 8) {
      const due = await store.dueTexts(now(), count);
      if (due.length === 0) this.#paused = undefined;
      const ready = due.filter((text) => this.#isReady(text));
      if (ready.length >= room || due.length < count || count > MANY) return ready;
    }
  }

  #startSome(texts: readonly OutboundText[], most: number): void {
    let count = 0;
    for (const text of texts) {
      // One of each person at a time, also of those that are due together.
      const lane = laneOf(text);
      if (count === most || this.#busy.has(lane) || this.#reserved.has(lane)) continue;
      count += 1;
      this.#start(text);
    }
  }

  /** An answer that is on its way is waited for: what follows it may not come before it. */
  #isReady(text: OutboundText): boolean {
    return text.state !== "owed" || !this.#run.awaited.has(text);
  }

  #start(text: OutboundText): void {
    const lane = laneOf(text);
    if (text.state === "sent") this.#questions += 1;
    const work = handle(this.#run, text)
      .then((isAnswered) => {
        if (isAnswered) this.#paused = undefined;
        this.#failures = 0;
      })
      .catch((error) => this.#rest(error))
      .finally(() => {
        this.#busy.delete(lane);
        if (text.state === "sent") this.#questions -= 1;
        if (this.#failures === 0) this.wake();
      });
    this.#busy.set(lane, work);
  }

  /** What fails on our side fails for the next text as well: nothing is tried for a while. */
  #rest(error: unknown): void {
    const { log, now } = this.#run;
    log.error("outbox.failed", { code: codeOf(error), cause: explain(error), hint: hintOf(error) });
    this.#failures += 1;
    const restMs = backoffMs(this.#failures, REST);
    // By a clock that nobody sets.
    this.#restsUntil = performance.now() + restMs;
    this.#sleepUntil(now() + restMs);
  }

  #pause({ words }: Verdict): void {
    const { log, now } = this.#run;
    if (!this.#paused) log.error("outbox.paused", { cause: words, hint: PAUSE_HINT });
    this.#paused = { until: now() + PAUSE_MS, because: words };
  }

  #isPaused(): boolean {
    return this.#paused !== undefined && this.#run.now() < this.#paused.until;
  }

  #sleepUntil(time: number | undefined): void {
    if (time === undefined || this.#isClosing || time >= this.#wakesAt) return;
    this.#wakesAt = time;
    clearTimeout(this.#timer);
    // What is due and could not be started is looked at again before long.
    const ms = Math.max(time - this.#run.now(), LEAST_SLEEP_MS);
    this.#timer = setTimeout(() => this.wake(), Math.min(ms, MOST_SLEEP_MS));
  }
}

/** No timer is longer; whoever wakes early sleeps again. */
const MOST_SLEEP_MS = 2 ** 31 - 1;

const LEAST_SLEEP_MS = 50;

/** A clock that is kept right goes back by no more at a time. */
const CLOCK_JITTER_MS = 1000;

/** What is under way at the end may take so long; where it was cut off is looked into at the next start. */
const LAST_SENDS_MS = 2000;

const PAUSE_HINT = "Nothing is lost: sending goes on by itself once this is set right";

function laneOf(text: Sides & Partial<Pick<OutboundText, "id" | "state">>): string {
  // A question keeps nobody's texts waiting.
  return text.state === "sent" ? `question ${text.id}` : `${text.from} ${text.to}`;
}

/** Resolves with whether the provider answered just now. */
function handle(run: OutboxRun, text: OutboundText): Promise<boolean> {
  return text.state === "owed" ? sendOwed(run, text) : settle(run, text);
}

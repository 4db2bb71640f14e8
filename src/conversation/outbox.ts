import type { HearOf, Sender } from "../channels/channel.ts";
import type { OutboundText, Verdict } from "../delivery.ts";
import { codeOf, explain, hintOf } from "../errors.ts";
import type { Log } from "../log.ts";
import type { InboundMessage, KeptText } from "../message.ts";
import type { Store } from "../store/store.ts";
import { createAwaited } from "./awaited.ts";
import { createHearOf, HEARD_MARK } from "./hear-of.ts";
import { sendOwed } from "./send-owed.ts";
import { settle } from "./settle.ts";

export interface OutboxParts {
  readonly store: OutboxStore;
  /** Undefined: nothing can be sent by itself. */
  readonly sender?: Sender | undefined;
  readonly recordOptOut: (person: string, number: string, source: string) => Promise<void>;
  readonly staleAfterMs: number;
  readonly settleAfterMs: number;
  readonly log: Log;
  readonly now: () => number;
  readonly random?: (() => number) | undefined;
}

type OutboxStore = Pick<
  Store,
  | "bringForward"
  | "dueTexts"
  | "nextDueAt"
  | "findText"
  | "changeText"
  | "oweAgain"
  | "knownSids"
  | "latestConsent"
  | "readMark"
  | "setMark"
>;

/** What the parts of the outbox share while it runs. */
export interface OutboxRun extends OutboxParts {
  readonly hearOf: HearOf;
  readonly awaited: ReturnType<typeof createAwaited>;
  readonly signal: AbortSignal;
  /** Stops all sending until somebody may have set things right. */
  readonly pause: (verdict: Verdict) => void;
  readonly wake: () => void;
}

/** Twilio publishes no limit on calls at once; a hundred are said to be too many. */
const MOST_AT_ONCE = 10;

/** Of the answers that left right before the program stopped; more than these, and some may come in another order. */
const MOST_AWAITED = 1000;

/** How long after a refusal for everybody the next attempt is made, with one text. */
const PAUSE_MS = 30_000;

/** Sends a few people's texts side by side, each one's in order; it sleeps until `start` or the first `wake`. */
export class Outbox {
  readonly hearOf: HearOf;
  readonly #run: OutboxRun;
  readonly #abort = new AbortController();
  /** What is being done, by person and number. */
  readonly #busy = new Map<string, Promise<void>>();
  #round: Promise<void> | undefined;
  #isAskedAgain = false;
  #isClosing = false;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wakesAt = Number.POSITIVE_INFINITY;
  #paused: { readonly until: number; readonly because: string } | undefined;

  constructor(parts: OutboxParts) {
    const shared = {
      ...parts,
      awaited: createAwaited(parts),
      signal: this.#abort.signal,
      pause: (verdict: Verdict) => this.#pause(verdict),
      wake: () => this.wake(),
    };
    this.hearOf = createHearOf(shared);
    this.#run = { ...shared, hearOf: this.hearOf };
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
    this.wake();
  }

  /** Whether a text can be sent by itself. */
  canSend(): boolean {
    return this.#run.sender !== undefined;
  }

  /** Whether an answer of which nothing was heard yet is on its way to the person, and will be heard of. */
  isAwaiting(text: Pick<OutboundText, "from" | "to">): boolean {
    return this.#run.awaited.has(text);
  }

  /** These went back in an answer just now. */
  expect(texts: readonly KeptText[], message: InboundMessage): void {
    const { awaited, now, settleAfterMs } = this.#run;
    awaited.expect(texts, message);
    if (texts.length > 0) this.#sleepUntil(now() + settleAfterMs);
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
    const { store, now, log } = this.#run;
    try {
      await this.#heedClock();
      if (!this.#isPaused()) await this.#startDue();
      this.#sleepUntil(this.#isPaused() ? this.#paused?.until : await store.nextDueAt());
    } catch (error) {
      complain(log, error);
      this.#sleepUntil(now() + PAUSE_MS);
    }
  }

  /** Where the clock was set back, what is due would wait that much longer. */
  async #heedClock(): Promise<void> {
    const { store, log, now } = this.#run;
    const behindMs = this.#lookedAt - now();
    this.#lookedAt = now();
    if (behindMs < CLOCK_JITTER_MS) return;
    log.warn("clock.set_back", { ms: behindMs });
    if (this.#paused) this.#paused = { ...this.#paused, until: now() };
    await store.bringForward(behindMs);
  }

  async #startDue(): Promise<void> {
    const { store, awaited, now } = this.#run;
    const room = (this.#paused ? 1 : MOST_AT_ONCE) - this.#busy.size;
    if (room <= 0) return;
    const due = await store.dueTexts(now(), room + this.#busy.size + awaited.size());
    const ready = due.filter((text) => this.#isReady(text));
    for (const text of ready.slice(0, room)) this.#start(text);
  }

  /** An answer that is on its way is waited for: what follows it may not come before it. */
  #isReady(text: OutboundText): boolean {
    if (this.#busy.has(laneOf(text))) return false;
    return text.state !== "owed" || !this.#run.awaited.has(text);
  }

  #start(text: OutboundText): void {
    const lane = laneOf(text);
    const work = handle(this.#run, text)
      .then((isSent) => {
        if (isSent) this.#paused = undefined;
      })
      .catch((error) => complain(this.#run.log, error))
      .finally(() => {
        this.#busy.delete(lane);
        this.wake();
      });
    this.#busy.set(lane, work);
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

function laneOf({ from, to }: OutboundText): string {
  return `${from} ${to}`;
}

/** Resolves with whether the provider took a text just now. */
function handle(run: OutboxRun, text: OutboundText): Promise<boolean> {
  return text.state === "owed" ? sendOwed(run, text) : settle(run, text);
}

function complain(log: Log, error: unknown): void {
  log.error("outbox.failed", { code: codeOf(error), cause: explain(error), hint: hintOf(error) });
}

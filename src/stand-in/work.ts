/** What goes on behind a call's back: it is counted, paced, and ends when the stand-in is closed. */
export class Work {
  readonly #running = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  readonly #failures: unknown[] = [];
  readonly #pace: number;

  /** `pace`: what real waits are multiplied by. */
  constructor(pace: number) {
    this.#pace = pace;
  }

  /** Aborted when the stand-in is closed. */
  get signal(): AbortSignal {
    return this.#closing.signal;
  }

  /** Starts a task that nobody waits for; what it throws, `idle` throws. */
  run(task: () => Promise<unknown>): Promise<void> {
    const running = this.#guard(task).finally(() => this.#running.delete(running));
    this.#running.add(running);
    return running;
  }

  /** So many milliseconds of Twilio's. */
  scaled(ms: number): number {
    return ms * this.#pace;
  }

  /** Waits so many milliseconds of Twilio's; rejects when the stand-in is closed first. */
  pause(ms: number): Promise<void> {
    return this.sleep(this.scaled(ms));
  }

  /** Waits so many of our own milliseconds; rejects when the stand-in is closed first. */
  sleep(ms: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const stop = () => reject(this.signal.reason);
    if (this.signal.aborted) stop();
    const timer = setTimeout(resolve, ms);
    this.signal.addEventListener("abort", stop, { once: true });
    return promise.finally(() => {
      clearTimeout(timer);
      this.signal.removeEventListener("abort", stop);
    });
  }

  /** Resolves when nothing is under way any more. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
    const [failure] = this.#failures.splice(0);
    if (failure !== undefined) throw failure;
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error("The stand-in was closed"));
    await Promise.all(this.#running);
  }

  async #guard(task: () => Promise<unknown>): Promise<void> {
    try {
      await task();
    } catch (error) {
      if (!this.signal.aborted) this.#failures.push(error);
    }
  }
}

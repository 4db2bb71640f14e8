import { codeOf, explain, hintOf } from "../errors.ts";
import type { Log } from "../log.ts";

/** Something to be done now and then. */
export interface Chore {
  readonly name: string;
  readonly everyMs: number;
  readonly work: (signal: AbortSignal) => Promise<void>;
}

/** Does chores, each at its time; one that fails is told and done again at its next time. */
export class Housekeeping {
  readonly #chores: readonly Chore[];
  readonly #log: Log;
  readonly #abort = new AbortController();
  readonly #timers = new Map<Chore, ReturnType<typeof setTimeout>>();
  readonly #underWay = new Set<Promise<void>>();

  constructor(chores: readonly Chore[], log: Log) {
    this.#chores = chores;
    this.#log = log;
  }

  /** Begins to wait for the first time of each. */
  start(): void {
    for (const chore of this.#chores) this.#wait(chore);
  }

  /** Does no more, and tells what is under way to end. */
  stop(): void {
    this.#abort.abort(new Error("the server stops"));
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  /** Resolves when all that was under way has ended. */
  async close(): Promise<void> {
    this.stop();
    await Promise.all(this.#underWay);
  }

  #wait(chore: Chore): void {
    if (this.#abort.signal.aborted) return;
    const timer = setTimeout(() => {
      const work = this.#do(chore).finally(() => this.#underWay.delete(work));
      this.#underWay.add(work);
    }, chore.everyMs);
    this.#timers.set(chore, timer);
  }

  async #do(chore: Chore): Promise<void> {
    try {
      await chore.work(this.#abort.signal);
    } catch (error) {
      this.#log.error("chore.failed", {
        chore: chore.name,
        code: codeOf(error),
        cause: explain(error),
        hint: hintOf(error),
      });
    }
    this.#wait(chore);
  }
}

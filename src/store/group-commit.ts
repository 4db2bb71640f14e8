import type { Database } from "bun:sqlite";
import { toStoreError } from "./failures.ts";

interface Job {
  readonly write: () => unknown;
  readonly keep: (result: unknown) => void;
  readonly lose: (error: unknown) => void;
}

/**
 * Runs writes in one transaction per turn of the event loop: a promise is resolved after the commit,
 * so many texts share one flush to the disk and none is told done before it is. Each write has its
 * own savepoint, so that one that fails does not take its neighbours along.
 */
export class GroupCommit {
  readonly #database: Database;
  readonly #afterCommit: () => void;
  #jobs: Job[] = [];

  constructor(database: Database, afterCommit = () => {}) {
    this.#database = database;
    this.#afterCommit = afterCommit;
  }

  write<T>(write: () => T): Promise<T> {
    if (this.#jobs.length === 0) setImmediate(() => this.flush());
    return new Promise<T>((resolve, reject) => {
      this.#jobs.push({ write, keep: (result) => resolve(result as T), lose: reject });
    });
  }

  /** Commits what is waiting, now. */
  flush(): void {
    const jobs = this.#jobs;
    this.#jobs = [];
    if (jobs.length === 0) return;
    try {
      for (const settle of this.#commit(jobs)) settle();
      this.#afterCommit();
    } catch (error) {
      this.#abandon();
      const failure = toStoreError(error, "write to");
      for (const { lose } of jobs) lose(failure);
    }
  }

  #commit(jobs: readonly Job[]): (() => void)[] {
    this.#database.run("BEGIN IMMEDIATE");
    const settled = jobs.map((job) => this.#attempt(job));
    this.#database.run("COMMIT");
    return settled;
  }

  #attempt({ write, keep, lose }: Job): () => void {
    this.#database.run("SAVEPOINT one");
    try {
      const result = write();
      this.#database.run("RELEASE one");
      return () => keep(result);
    } catch (error) {
      // A full disk ends the whole transaction, and with it every neighbour.
      if (!this.#database.inTransaction) throw error;
      this.#database.run("ROLLBACK TO one");
      this.#database.run("RELEASE one");
      return () => lose(toStoreError(error, "write to"));
    }
  }

  #abandon(): void {
    if (this.#database.inTransaction) this.#database.run("ROLLBACK");
  }
}

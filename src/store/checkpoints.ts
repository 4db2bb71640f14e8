import type { Database } from "bun:sqlite";
import type { CheckpointReport, CheckpointRequest } from "./checkpoint-thread.ts";

/** What a thread is to us. */
export type Thread = Pick<Worker, "postMessage" | "terminate" | "addEventListener">;

interface Options {
  /** So many commits within WINDOW_MS make the thread worth its 10 MB. */
  readonly busyCommits: number;
  /** A longer log is begun anew. */
  readonly maxLogBytes: number;
  readonly createThread: () => Thread;
}

/**
 * Moves what is written from the log into the database's own file. SQLite does that by itself within a commit,
 * which then takes tens of milliseconds on a large database; once there is much to write, a thread does it instead.
 * When the thread fails, SQLite does it again.
 */
export class Checkpoints {
  readonly #database: Database;
  readonly #options: Options;
  #commits = 0;
  #windowBegan = 0;
  #thread: Thread | undefined;
  #hasFailed = false;
  #askedAt = -Infinity;
  #isAsked = false;
  #closed = () => {};

  constructor(database: Database, options: Partial<Options> = {}) {
    this.#database = database;
    this.#options = { busyCommits: 500, maxLogBytes: 256 * 1024 * 1024, createThread, ...options };
  }

  /** To be called after each commit. */
  heedCommit(): void {
    const now = performance.now();
    if (this.#thread) this.#ask(this.#thread, now);
    else if (!this.#hasFailed && this.#isBusy(now)) this.#start();
  }

  /** Resolves when the thread is gone. */
  async close(): Promise<void> {
    const thread = this.#thread;
    if (!thread) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#closed = resolve;
    const patience = setTimeout(resolve, CLOSING_MS);
    thread.postMessage({ kind: "close" } satisfies CheckpointRequest);
    await promise;
    clearTimeout(patience);
    this.#thread = undefined;
    thread.terminate();
  }

  #isBusy(now: number): boolean {
    if (now - this.#windowBegan > WINDOW_MS) {
      this.#windowBegan = now;
      this.#commits = 0;
    }
    this.#commits += 1;
    return this.#commits >= this.#options.busyCommits;
  }

  #start(): void {
    const thread = this.#options.createThread();
    thread.addEventListener("message", ({ data }: MessageEvent<CheckpointReport>) =>
      this.#hear(data),
    );
    thread.addEventListener("error", () => this.#fail());
    thread.addEventListener("close", () => this.#fail());
    this.#thread = thread;
    this.#database.run(`PRAGMA journal_size_limit = ${2 * this.#options.maxLogBytes}`);
    this.#ask(thread, performance.now());
  }

  #ask(thread: Thread, now: number): void {
    if (this.#isAsked && now - this.#askedAt > PATIENCE_MS) this.#fail();
    if (this.#isAsked || now - this.#askedAt < EVERY_MS) return;
    this.#isAsked = true;
    this.#askedAt = now;
    const path = this.#database.filename;
    thread.postMessage({ kind: "checkpoint", path } satisfies CheckpointRequest);
  }

  #hear(report: CheckpointReport): void {
    if (report.kind === "closed") this.#closed();
    else if (this.#thread) this.#relyOn(report.pages);
  }

  /** The thread works: no commit of ours has to do it any more. */
  #relyOn(logPages: number): void {
    this.#isAsked = false;
    this.#database.run("PRAGMA wal_autocheckpoint = 0");
    if (logPages * PAGE_BYTES > this.#options.maxLogBytes) this.#beginLogAnew();
  }

  /** While texts keep coming the thread never finds the log's end, where SQLite would begin it anew: then we do. */
  #beginLogAnew(): void {
    const usual = this.#database.query<{ timeout: number }, []>("PRAGMA busy_timeout").get();
    // Whoever still reads the log is not waited for: the next report is soon enough.
    this.#database.run("PRAGMA busy_timeout = 0");
    try {
      this.#database.run("PRAGMA wal_checkpoint(RESTART)");
    } catch {
      // On a full or failing disk: what is written stays in the log, and the next text is told.
      this.#fail();
    } finally {
      this.#database.run(`PRAGMA busy_timeout = ${usual?.timeout ?? 0}`);
    }
  }

  #fail(): void {
    const thread = this.#thread;
    if (!thread) return;
    this.#thread = undefined;
    this.#hasFailed = true;
    this.#database.run(`PRAGMA wal_autocheckpoint = ${USUAL_PAGES}`);
    thread.terminate();
    this.#closed();
  }
}

const EVERY_MS = 1000;
const WINDOW_MS = 10_000;

/** A disk that takes longer than this for one second's pages is no faster beside the main thread. */
const PATIENCE_MS = 30_000;
const CLOSING_MS = 2000;

const PAGE_BYTES = 4096;

/** As SQLite has it when it is not told otherwise. */
const USUAL_PAGES = 1000;

/** A program that has nothing else to do may end, whatever the thread does. */
function createThread(): Thread {
  return new Worker(threadUrl(), { ref: false });
}

/** In the executable all code lies at the root, the thread's own under the name it had below src. */
function threadUrl(): URL {
  const isSource = import.meta.path.endsWith(".ts");
  return new URL(
    isSource ? "./checkpoint-thread.ts" : "./store/checkpoint-thread.js",
    import.meta.url,
  );
}

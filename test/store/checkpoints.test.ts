import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { Checkpoints } from "../../src/store/checkpoints.ts";
import { emptyDirectory } from "../fakes/directory.ts";
import { createFakeThread } from "../fakes/thread.ts";

const directory = emptyDirectory();
const USUAL = 1000;

describe("Checkpoints", () => {
  test("starts no thread for a few commits", async () => {
    using database = open();
    const thread = createFakeThread();
    const checkpoints = new Checkpoints(database, { busyCommits: 100, createThread: () => thread });

    commit(database, checkpoints, 99);

    expect(thread.asked).toEqual([]);
  });

  test("leaves checkpoints to the thread once it has made one", async () => {
    using database = open();
    const thread = createFakeThread();
    const checkpoints = new Checkpoints(database, { busyCommits: 3, createThread: () => thread });
    commit(database, checkpoints, 3);
    const before = autocheckpoint(database);

    thread.say({ kind: "checkpointed", pages: 3 });

    expect(thread.asked).toEqual([{ kind: "checkpoint", path: database.filename }]);
    expect([before, autocheckpoint(database)]).toEqual([USUAL, 0]);
  });

  test("leaves them to SQLite again when the thread dies, and starts no other", async () => {
    using database = open();
    const thread = createFakeThread();
    const checkpoints = new Checkpoints(database, { busyCommits: 3, createThread: () => thread });
    commit(database, checkpoints, 3);
    thread.say({ kind: "checkpointed", pages: 3 });

    thread.die();
    commit(database, checkpoints, 9);

    expect([autocheckpoint(database), thread.isTerminated()]).toEqual([USUAL, true]);
    expect(thread.asked).toHaveLength(1);
    await expect(checkpoints.close()).resolves.toBeUndefined();
  });

  test("close() waits for a thread that is gone no longer than for its death", async () => {
    using database = open();
    const thread = createFakeThread();
    const checkpoints = new Checkpoints(database, { busyCommits: 1, createThread: () => thread });
    commit(database, checkpoints, 1);

    const closed = checkpoints.close();
    thread.die();

    await expect(closed).resolves.toBeUndefined();
    expect(thread.asked.at(-1)).toEqual({ kind: "close" });
  });

  test("moves what is written into the database's file beside us", async () => {
    using database = open();
    const checkpoints = new Checkpoints(database, { busyCommits: 50 });

    commit(database, checkpoints, 50);

    await until(() => statSync(database.filename).size > 100_000);
    await checkpoints.close();
  });

  test("begins a log anew that has grown too long, and loses nothing of it", async () => {
    using database = open();
    const maxLogBytes = 200_000;
    const checkpoints = new Checkpoints(database, { busyCommits: 100, maxLogBytes });
    commit(database, checkpoints, 100);
    await until(() => autocheckpoint(database) === 0);
    const before = statSync(`${database.filename}-wal`).size;

    commit(database, checkpoints, 20);

    const after = statSync(`${database.filename}-wal`).size;
    await checkpoints.close();
    expect(before).toBeGreaterThan(maxLogBytes);
    expect(after).toBeLessThanOrEqual(2 * maxLogBytes);
    expect(database.query("SELECT count(*) AS count FROM names").get()).toEqual({ count: 120 });
    expect(database.query("PRAGMA busy_timeout").get()).toEqual({ timeout: 1234 });
  });

  test("goes on without a thread whose file is not there", async () => {
    using database = open();
    rmSync(database.filename);
    const checkpoints = new Checkpoints(database, { busyCommits: 1 });
    commit(database, checkpoints, 2);

    await checkpoints.close();

    expect(autocheckpoint(database)).toBe(USUAL);
  });
});

let files = 0;

function open(): Database {
  files += 1;
  const database = new Database(join(directory, `${files}.db`), { create: true });
  database.run("PRAGMA busy_timeout = 1234");
  database.run("PRAGMA journal_mode = WAL");
  database.run("CREATE TABLE names (name TEXT)");
  return database;
}

/** Each of them some pages. */
function commit(database: Database, checkpoints: Checkpoints, times: number): void {
  for (let time = 0; time < times; time += 1) {
    database.run("INSERT INTO names VALUES (?)", ["x".repeat(5000)]);
    checkpoints.heedCommit();
  }
}

function autocheckpoint(database: Database): number | undefined {
  const sql = "PRAGMA wal_autocheckpoint";
  return database.query<{ wal_autocheckpoint: number }, []>(sql).get()?.wal_autocheckpoint;
}

async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await Bun.sleep(5);
}

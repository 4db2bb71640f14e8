import { Database } from "bun:sqlite";
import { closeSync, existsSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { checkPages } from "./check-pages.ts";
import { Checkpoints } from "./checkpoints.ts";
import { createClaims } from "./claims.ts";
import { Connection } from "./connection.ts";
import { createConsent } from "./consent.ts";
import { createEndings } from "./endings.ts";
import { createErase } from "./erasing.ts";
import { toStoreError } from "./failures.ts";
import { createMarks } from "./marks.ts";
import { createMemoryKeeper } from "./memory-keeper.ts";
import { migrate } from "./migrations.ts";
import { createOutbox } from "./outbox.ts";
import { createPeople } from "./people.ts";
import type { Store } from "./store.ts";
import { createUsage } from "./usage.ts";

/** Opens, makes or migrates the SQLite database in this file, or a new one in memory for ":memory:". */
export function openSqlite(path: string, { busyTimeoutMs = BUSY_TIMEOUT_MS } = {}): Store {
  let database: Database | undefined;
  try {
    if (path !== ":memory:") makePrivate(path);
    database = new Database(path, { create: true, readwrite: true, strict: true });
    setUp(database, busyTimeoutMs);
    // What is only in memory has no log.
    const checkpoints = path === ":memory:" ? undefined : new Checkpoints(database);
    return createStore(new Connection(database, checkpoints));
  } catch (error) {
    database?.close();
    throw toStoreError(error, "open");
  }
}

// How long a write waits for another process's; Twilio gives us 15 s in all.
const BUSY_TIMEOUT_MS = 4000;

/** Texts and numbers are nobody else's business: only our user may read a file that we make. */
function makePrivate(path: string): void {
  if (existsSync(path) || !existsSync(dirname(path))) return;
  closeSync(openSync(path, "a", 0o600));
}

function setUp(database: Database, busyTimeoutMs: number): void {
  database.run(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
  migrate(database);
  checkPages(database);
  database.run("PRAGMA journal_mode = WAL");
  database.run("PRAGMA foreign_keys = ON");
  // In KiB: the inner pages of the indexes of a million people, and filled only by who has them.
  database.run("PRAGMA cache_size = -16000");
  // Told at start, not at the first text, when the disk is full or read-only; that needs no flush.
  database.run("PRAGMA synchronous = OFF");
  database.run(BEAT, [Date.now()]);
  database.run("PRAGMA synchronous = FULL");
}

/** Puts the store together, each facet on the one connection. */
export function createStore(db: Connection): Store {
  const memories = createMemoryKeeper(db);
  const usage = createUsage(db);
  const erase = createErase(db, { memories });
  const { ledger, recordOf: recordConsent, hasOptedOut } = createConsent(db);
  const beat = db.prepare<unknown, [number]>(BEAT);

  return {
    ...createClaims(db),
    ...createEndings(db, { memories, usage, erase, recordConsent, hasOptedOut }),
    ...createOutbox(db),
    ...ledger,
    usageOn: usage.usageOn,
    ...createPeople(db, erase),
    ...createMarks(db),
    recall: (person, bot) => db.read(() => memories.recall(person, bot)),
    checkWritable: () => db.write(() => void beat().run(Date.now())),
    close: () => db.close(),
  };
}

/** Writes the one row that says writing works; takes milliseconds since 1970. */
const BEAT =
  "INSERT INTO pulse (id, beat_at) VALUES (1, ?) ON CONFLICT DO UPDATE SET beat_at = excluded.beat_at";

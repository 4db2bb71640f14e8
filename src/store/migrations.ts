import type { Database } from "bun:sqlite";
import { StoreError } from "../errors.ts";
import { first } from "./migrations/0001-first.ts";
import { sharedMemories } from "./migrations/0002-shared-memories.ts";
import { delivery } from "./migrations/0003-delivery.ts";

/** Every schema change, oldest first. One that has been released is never edited: add another. */
export const migrations: readonly string[] = [first, sharedMemories, delivery];

// "botl": tells our files from other programs' SQLite files.
const APPLICATION_ID = 0x626f746c;

/** Brings the database up to the newest schema, forward only; throws a StoreError when it is not ours. */
export function migrate(database: Database, steps: readonly string[] = migrations): void {
  const version = readVersion(database);
  if (version > steps.length) throw tooNew(version, steps.length);
  if (version === 0 && hasForeignTables(database)) throw notOurs();
  if (version === steps.length) return;
  database.transaction(() => apply(database, steps)).immediate();
}

/** Throws a StoreError unless the database has the newest schema; changes nothing. */
export function checkNewest(database: Database): void {
  const version = readVersion(database);
  if (hasForeignTables(database)) throw notOurs();
  if (version > migrations.length) throw tooNew(version, migrations.length);
  if (version < migrations.length) throw tooOld(version, migrations.length);
}

function apply(database: Database, steps: readonly string[]): void {
  // Read again inside the transaction: another process may have migrated meanwhile.
  for (const step of steps.slice(readVersion(database))) database.run(step);
  database.run(`PRAGMA application_id = ${APPLICATION_ID}`);
  database.run(`PRAGMA user_version = ${steps.length}`);
}

function readVersion(database: Database): number {
  return readNumber(database, "PRAGMA user_version", "user_version");
}

function hasForeignTables(database: Database): boolean {
  const tables = readNumber(database, "SELECT count(*) AS count FROM sqlite_schema", "count");
  const owner = readNumber(database, "PRAGMA application_id", "application_id");
  return owner !== APPLICATION_ID && tables > 0;
}

function readNumber(database: Database, sql: string, column: string): number {
  const row = database.prepare<Record<string, number>, []>(sql).get();
  return row?.[column] ?? 0;
}

function tooNew(found: number, known: number): StoreError {
  return new StoreError(
    `Cannot open the database: expected schema ${known} or older, found ${found}`,
    {
      code: "newer",
      hint: "It was written by a newer botline: run that version, or choose another DATABASE_URL",
    },
  );
}

function tooOld(found: number, wanted: number): StoreError {
  return new StoreError(`Cannot open the database: expected schema ${wanted}, found ${found}`, {
    code: "older",
    hint: "It was written by an older botline: start this version's server once, which brings it up to date",
  });
}

function notOurs(): StoreError {
  return new StoreError(
    "Cannot open the database: expected a botline database, found another program's tables",
    {
      code: "foreign",
      hint: "Choose another file with DATABASE_URL",
    },
  );
}

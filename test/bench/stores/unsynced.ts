import { Database } from "bun:sqlite";
import { Checkpoints } from "../../../src/store/checkpoints.ts";
import { Connection } from "../../../src/store/connection.ts";
import { migrate } from "../../../src/store/migrations.ts";
import { createStore } from "../../../src/store/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";

/** The product's store, which leaves it to the system when what it wrote reaches the disk. */
export function openSqlite(path: string): Store {
  const database = new Database(path, { create: true, readwrite: true, strict: true });
  migrate(database);
  database.run("PRAGMA journal_mode = WAL");
  database.run("PRAGMA foreign_keys = ON");
  database.run("PRAGMA synchronous = OFF");
  return createStore(new Connection(database, new Checkpoints(database)));
}

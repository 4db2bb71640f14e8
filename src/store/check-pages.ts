import type { Database } from "bun:sqlite";
import { StoreError } from "../errors.ts";

// Up to this size every page is looked at within a few milliseconds.
const CHECKED_BYTES = 8 * 1024 * 1024;

/** Throws a StoreError when the file is damaged: better told at start than at each text. */
export function checkPages(database: Database): void {
  const size = "SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size";
  const { bytes = 0 } = database.prepare<{ bytes: number }, []>(size).get() ?? {};
  if (bytes > CHECKED_BYTES) return;
  const check = database.prepare<{ quick_check: string }, []>("PRAGMA quick_check(1)").get();
  if (check?.quick_check !== "ok") throw damaged();
}

function damaged(): StoreError {
  return new StoreError("Cannot open the database: the file is damaged", {
    code: "corrupt",
    hint: "Put a backup in its place, or move it away to begin anew",
  });
}

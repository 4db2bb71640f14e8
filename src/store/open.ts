import { dirname } from "node:path";
import { StoreError } from "../errors.ts";
import { openSqlite } from "./sqlite.ts";
import type { Store } from "./store.ts";

/** Opens the store that an address names: a file's path, `file:…`, `sqlite:…` or `:memory:`. */
export function openStore(address: string): Store {
  return openSqlite(toPath(address));
}

/** The folder in which the address has its file; undefined for a store without one. */
export function folderOf(address: string): string | undefined {
  const path = toPath(address);
  return path === ":memory:" ? undefined : dirname(path);
}

/** The path that an address names, or ":memory:". */
export function toPath(address: string): string {
  const scheme = /^([a-z][a-z0-9+]+):/i.exec(address)?.[1]?.toLowerCase();
  if (!scheme) return address;
  if (scheme === "sqlite" || scheme === "file") return withoutScheme(address);
  throw unsupported(`${scheme}:…`);
}

// sqlite:a.db, sqlite://a.db and file:///srv/a.db all mean what they look like.
function withoutScheme(address: string): string {
  const path = decodeURIComponent(address.replace(/^[a-z]+:(\/\/)?/i, ""));
  // SQLite would take an empty name for a database that forgets everybody.
  if (path === "") throw unsupported("no path");
  return path;
}

function unsupported(found: string): StoreError {
  return new StoreError(
    `Cannot read DATABASE_URL: expected a file's path or sqlite:…, found ${found}`,
    {
      code: "unsupported",
      hint: "botline keeps its people in a SQLite file: DATABASE_URL=/data/botline.db",
    },
  );
}

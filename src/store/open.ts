import { StoreError } from "../errors.ts";
import { openSqlite } from "./sqlite.ts";
import type { Store } from "./store.ts";

/** Opens the store that an address names: a file's path, `file:…`, `sqlite:…` or `:memory:`. */
export function openStore(address: string): Store {
  const scheme = /^([a-z][a-z0-9+]+):/i.exec(address)?.[1]?.toLowerCase();
  if (!scheme) return openSqlite(address);
  if (scheme === "sqlite" || scheme === "file") return openSqlite(toPath(address));
  throw unsupported(`${scheme}:…`);
}

// sqlite:a.db, sqlite://a.db and file:///srv/a.db all mean what they look like.
function toPath(address: string): string {
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

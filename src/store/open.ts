import { StoreError } from "../errors.ts";
import { openSqlite } from "./sqlite.ts";
import type { Store } from "./store.ts";

/** Opens the store that an address names: a file's path, `file:…`, `sqlite:…` or `:memory:`. */
export function openStore(address: string): Store {
  const scheme = /^([a-z][a-z0-9+]+):/i.exec(address)?.[1]?.toLowerCase();
  if (!scheme) return openSqlite(address);
  if (scheme === "sqlite" || scheme === "file") return openSqlite(toPath(address));
  throw new StoreError(
    `Cannot read DATABASE_URL: expected a file's path or sqlite:…, found ${scheme}:…`,
    {
      code: "unsupported",
      hint: "botline keeps its people in a SQLite file: DATABASE_URL=/data/botline.db",
    },
  );
}

// sqlite:a.db, sqlite://a.db and file:///srv/a.db all mean what they look like.
function toPath(address: string): string {
  return address.replace(/^[a-z]+:(\/\/(?=.))?/i, "");
}

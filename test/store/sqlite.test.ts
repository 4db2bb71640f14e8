import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { copyFileSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openStore } from "../../src/store/open.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { storeContract } from "../contracts/store.ts";
import { emptyDirectory } from "../fakes/directory.ts";
import { endingOf } from "../fakes/ending.ts";
import { textFrom } from "../fakes/message.ts";

const directory = emptyDirectory();

storeContract("sqlite in memory", () => openSqlite(":memory:"));
storeContract("sqlite file", () => openSqlite(freshPath()));

describe("openSqlite()", () => {
  test("makes a database that flushes each commit to the disk", async () => {
    const path = freshPath();
    await openSqlite(path).close();

    const journal = new Database(path).query("PRAGMA journal_mode").get();

    expect(journal).toEqual({ journal_mode: "wal" });
  });

  test("finds people again after closing", async () => {
    const path = freshPath();
    const before = openSqlite(path);
    const { turn } = await before.recordInbound(textFrom());
    const remember = new Map([["name", "Ada"]]);
    await before.endTurn(endingOf(turn, { outcome: { kind: "silence", reason: "", remember } }));
    await before.close();

    const after = openSqlite(path);
    const { own } = await after.recall("+15550001111", "aiml");
    await after.close();

    expect(own.get("name")).toBe("Ada");
  });

  test("tells what another process has remembered since, though it was read before", async () => {
    const path = freshPath();
    const [store, other] = [openSqlite(path), openSqlite(path)];
    await endTurn(store, ["name", "Ada"]);
    await store.recall("+15550001111", "aiml");
    await endTurn(other, ["name", "Ada Lovelace"]);

    const { own, shared } = await store.recall("+15550001111", "aiml");
    await Promise.all([store.close(), other.close()]);

    expect([own.get("name"), shared.get("name")]).toEqual(["Ada Lovelace", "Ada Lovelace"]);
  });

  test("tells what the disk has, cached or not: lone surrogates are no text", async () => {
    const path = freshPath();
    const store = openSqlite(path);
    await endTurn(store, ["a", "1"]);
    await store.recall("+15550001111", "aiml");
    await endTurn(store, ["\ud800", "\udfff!"]);

    const cached = await store.recall("+15550001111", "aiml");
    await store.close();
    const after = openSqlite(path);
    const read = await after.recall("+15550001111", "aiml");
    await after.close();

    expect(cached).toEqual(read);
  });

  test("finds people again in a copy of the files taken while open, as after a power cut", async () => {
    const [path, copy] = [freshPath(), freshPath()];
    const store = openSqlite(path);
    const message = textFrom();
    await store.recordInbound(message);
    copyFileSync(path, copy);
    copyFileSync(`${path}-wal`, `${copy}-wal`);

    const found = openSqlite(copy);
    const claim = await found.recordInbound(message);
    await Promise.all([store.close(), found.close()]);

    expect(claim.kind).toBe("open");
  });

  test("says that a file is no database, and leaves it alone", () => {
    const path = freshPath();
    writeFileSync(path, "this is a letter to my aunt, not a database. ".repeat(100));

    expect(() => openSqlite(path)).toThrow("the file is no SQLite database");
    expect(readFileSync(path, "utf8")).toStartWith("this is a letter");
  });

  test("says that a file is damaged", async () => {
    const path = freshPath();
    await openSqlite(path).close();
    const bytes = readFileSync(path);
    bytes.fill(0xff, 100, 4096);
    writeFileSync(path, bytes);

    expect(() => openSqlite(path)).toThrow("the file is damaged");
  });

  test("says at start that pages further in are damaged", async () => {
    const path = freshPath();
    const store = openSqlite(path);
    await Promise.all(Array.from({ length: 500 }, () => store.recordInbound(textFrom())));
    await store.close();
    const bytes = readFileSync(path);
    bytes.fill(0xff, 8192, 28_000);
    writeFileSync(path, bytes);

    expect(() => openSqlite(path)).toThrow("the file is damaged");
  });

  test("makes a file that nobody else may read", async () => {
    const path = freshPath();

    await openSqlite(path).close();

    expect(statSync(path).mode & 0o077).toBe(0);
  });

  test("refuses a database of a newer version, and leaves it alone", async () => {
    const path = freshPath();
    await openSqlite(path).close();
    using newer = new Database(path);
    newer.run("PRAGMA user_version = 999");

    expect(() => openSqlite(path)).toThrow(/expected schema \d+ or older, found 999/);
    expect(newer.query("PRAGMA user_version").get()).toEqual({ user_version: 999 });
  });

  test("refuses another program's database", () => {
    const path = freshPath();
    using other = new Database(path);
    other.run("CREATE TABLE invoices (id INTEGER)");

    expect(() => openSqlite(path)).toThrow("found another program's tables");
  });

  test("says that another program holds the file locked", async () => {
    const path = freshPath();
    await openSqlite(path).close();
    using other = new Database(path);
    other.run("PRAGMA locking_mode = EXCLUSIVE");
    other.run("BEGIN EXCLUSIVE");
    other.run("PRAGMA user_version = 1");

    expect(() => openSqlite(path, { busyTimeoutMs: 10 })).toThrow(
      "another program holds it locked",
    );
  });

  test("says that the directory does not exist", () => {
    expect(() => openSqlite(join(directory, "nowhere", "botline.db"))).toThrow(
      "the file cannot be opened or made",
    );
  });

  test.each([
    "postgres://db.example/x",
    "redis://127.0.0.1",
    "https://example.com/x.db",
    "sqlite:",
  ])("openStore() names what it wants instead of %s", (address) => {
    expect(() => openStore(address)).toThrow("Cannot read DATABASE_URL: expected a file's path");
  });

  test.each(["", "file:", "file://", "sqlite:", "sqlite://"])(
    "openStore() takes a path behind %p",
    async (scheme) => {
      const store = openStore(scheme + freshPath());

      await expect(store.checkWritable()).resolves.toBeUndefined();

      await store.close();
    },
  );
});

let files = 0;

/** Remembers one thing, of Ada and for everybody. */
async function endTurn(store: Store, entry: readonly [string, string]): Promise<void> {
  const changes = { remember: new Map([entry]), rememberForAll: new Map([entry]) };
  const { turn } = await store.recordInbound(textFrom());
  await store.endTurn(endingOf(turn, { outcome: { kind: "silence", reason: "", ...changes } }));
}

function freshPath(): string {
  files += 1;
  return join(directory, `${files}.db`);
}

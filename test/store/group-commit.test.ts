import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { GroupCommit } from "../../src/store/group-commit.ts";
import { emptyDirectory } from "../fakes/directory.ts";

const directory = emptyDirectory();

describe("GroupCommit", () => {
  test("write() resolves only after the commit", async () => {
    const { database, commits } = open();
    const other = new Database(database.filename, { readonly: true });

    const written = commits.write(() => add(database, "a"));
    const before = count(other);
    await written;

    expect([before, count(other)]).toEqual([0, 1]);
  });

  test("write() shares one transaction with all of its turn of the event loop", async () => {
    const { database, commits } = open();
    const transactions: boolean[] = [];

    await Promise.all(
      ["a", "b", "c"].map((name) =>
        commits.write(() => {
          transactions.push(database.inTransaction);
          add(database, name);
        }),
      ),
    );

    expect(transactions).toEqual([true, true, true]);
    expect(count(database)).toBe(3);
  });

  test("write() takes back the one that failed and keeps its neighbours", async () => {
    const { database, commits } = open();

    const results = await Promise.allSettled([
      commits.write(() => add(database, "a")),
      commits.write(() => {
        add(database, "b");
        throw new Error("no");
      }),
      commits.write(() => add(database, "c")),
    ]);

    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(names(database)).toEqual(["a", "c"]);
  });

  test("write() on a full disk says so, tells no neighbour done that is not, and recovers", async () => {
    const { database, commits } = open();
    const pages = database.query<{ page_count: number }, []>("PRAGMA page_count").get();
    database.run(`PRAGMA max_page_count = ${(pages?.page_count ?? 0) + 8}`);

    const results = await Promise.allSettled([
      commits.write(() => add(database, "small")),
      commits.write(() => add(database, "x".repeat(1_000_000))),
    ]);
    const kept = results.filter(({ status }) => status === "fulfilled").length;
    await commits.write(() => add(database, "later"));

    expect(String(Object(results[1]).reason)).toContain("the disk is full");
    expect(count(database)).toBe(kept + 1);
    expect(database.query("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
  });

  test("write() on a database that can only be read says so to all", async () => {
    const { database } = open();
    const readonly = new Database(database.filename, { readonly: true });
    const commits = new GroupCommit(readonly);

    const write = commits.write(() => add(readonly, "a"));

    await expect(write).rejects.toThrow("Cannot write to the database: it can only be read");
  });

  test("flush() commits what waits, at once", () => {
    const { database, commits } = open();
    const written = commits.write(() => add(database, "a"));

    commits.flush();

    expect(database.inTransaction).toBe(false);
    expect(count(database)).toBe(1);
    return written;
  });
});

let files = 0;

function open() {
  files += 1;
  const database = new Database(join(directory, `${files}.db`), { create: true });
  database.run("PRAGMA journal_mode = WAL");
  database.run("CREATE TABLE names (name TEXT)");
  return { database, commits: new GroupCommit(database) };
}

function add(database: Database, name: string): void {
  database.run("INSERT INTO names VALUES (?)", [name]);
}

function names(database: Database): string[] {
  return database
    .query<{ name: string }, []>("SELECT name FROM names")
    .all()
    .map((row) => row.name);
}

function count(database: Database): number {
  return names(database).length;
}

import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { migrations } from "../../src/store/migrations.ts";
import { openReader } from "../../src/store/reader.ts";
import { createDatabase, NOON } from "../fakes/database.ts";
import { emptyDirectory } from "../fakes/directory.ts";

const BEN = "+15550002222";

describe("openReader()", () => {
  test("reads what a server writes meanwhile", () => {
    const { path, addReceived } = createDatabase();
    using reader = openReader(path);

    addReceived({ text: "while it is open" });

    expect(reader.messages({ limit: 1 })).toMatchObject([{ text: "while it is open" }]);
  });

  test("does not see what is not committed, nor wait for it", () => {
    const { path, database, addReceived } = createDatabase();
    using reader = openReader(`sqlite:${path}`);
    database.run("BEGIN IMMEDIATE");
    addReceived();

    const messages = reader.messages({ limit: 1 });

    expect(messages).toEqual([]);
  });

  test("reads what a server that was killed had committed", () => {
    const killed = createDatabase();
    killed.addReceived();
    const path = join(emptyDirectory(), "botline.db");
    for (const end of ["", "-wal"]) copyFileSync(`${killed.path}${end}`, `${path}${end}`);

    using reader = openReader(path);

    expect(reader.messages({ limit: 1 })).toHaveLength(1);
  });

  test("leaves the file as it was, with nobody beside it", () => {
    const stopped = createDatabase();
    stopped.addReceived();
    stopped.database.run("PRAGMA wal_checkpoint(TRUNCATE)");
    const path = join(emptyDirectory(), "botline.db");
    copyFileSync(stopped.path, path);
    const before = readFileSync(path);

    const messages = readOnce(path);

    expect(messages).toHaveLength(1);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test("refuses a database that does not exist, and makes none", () => {
    const path = join(emptyDirectory(), "nowhere.db");

    expect(() => openReader(path)).toThrow(
      `Cannot open the database ${path}: expected a file, found no such file`,
    );

    expect(() => readFileSync(path)).toThrow("ENOENT");
  });

  test("refuses a database in memory", () => {
    expect(() => openReader(":memory:")).toThrow("found one in another program's memory");
  });

  test.each(migrations.slice(1).map((_, index) => index + 1))(
    "refuses an older schema, %d, and leaves it so",
    (version) => {
      const { path, database } = createDatabase(migrations.slice(0, version));

      expect(() => openReader(path)).toThrow(
        `Cannot open the database: expected schema ${migrations.length}, found ${version}`,
      );

      expect(database.query("PRAGMA user_version").get()).toEqual({ user_version: version });
    },
  );

  test("refuses a newer schema", () => {
    const { path } = createDatabase([...migrations, "CREATE TABLE later (id INTEGER)"]);

    expect(() => openReader(path)).toThrow(
      `expected schema ${migrations.length} or older, found ${migrations.length + 1}`,
    );
  });

  test("refuses another program's database and what is none", () => {
    const folder = emptyDirectory();
    const foreign = new Database(join(folder, "foreign.db"), { create: true });
    foreign.run("CREATE TABLE birds (name TEXT)");
    foreign.run(`PRAGMA user_version = ${migrations.length}`);
    writeFileSync(join(folder, "text.db"), "no database at all, but long enough to be one");

    expect(() => openReader(join(folder, "foreign.db"))).toThrow("found another program's tables");
    expect(() => openReader(join(folder, "text.db"))).toThrow("the file is no SQLite database");
  });
});

describe("messages()", () => {
  test("gives the latest, in and out by their time, newest last", () => {
    const { path, addReceived, addSent } = createDatabase();
    addReceived({ text: "one", at: NOON });
    addSent({ text: "two", at: NOON + 1 });
    addReceived({ text: "three", at: NOON + 2 });
    addSent({ text: "four", at: NOON + 3 });
    using reader = openReader(path);

    const messages = reader.messages({ limit: 3 });

    expect(messages.map(({ text }) => text)).toEqual(["two", "three", "four"]);
  });

  test("gives a person's by number, with WhatsApp and RCS, and nobody else's", () => {
    const { path, addReceived, addSent } = createDatabase();
    addReceived({ text: "Ada's" });
    for (const person of [BEN, `whatsapp:${BEN}`, `rcs:${BEN}`]) addReceived({ person });
    addSent({ person: BEN });
    using reader = openReader(path);

    const messages = reader.messages({ limit: 9, person: BEN });

    expect(messages.map(({ person }) => person)).toEqual([
      BEN,
      `whatsapp:${BEN}`,
      `rcs:${BEN}`,
      BEN,
    ]);
  });

  test("gives an address other than a number by itself alone", () => {
    const { path, addReceived } = createDatabase();
    for (const person of [BEN, `whatsapp:${BEN}`]) addReceived({ person });
    using reader = openReader(path);

    const messages = reader.messages({ limit: 9, person: `whatsapp:${BEN}` });

    expect(messages.map(({ person }) => person)).toEqual([`whatsapp:${BEN}`]);
  });

  test.each([undefined, BEN])("gives only what is in trouble, of %p", (person) => {
    const { path, addReceived, addSent } = createDatabase();
    const soon = NOON + 60_000;
    for (const outcome of ["reply", "silence", "fallback", "open"])
      addReceived({ person: BEN, text: outcome, outcome, reason: "none" });
    addReceived({ person: BEN, text: "just begun", outcome: "open", at: soon });
    for (const status of ["queued", "delivered", "canceled", "failed", "undelivered"])
      addSent({ person: BEN, text: status, status });
    for (const state of ["answered", "owed", "sending", "uncertain", "kept", "held", "dropped"])
      addSent({ person: BEN, text: state, state, status: "unknown" });
    addSent({ person: BEN, text: "just owed", state: "owed", status: "unknown", at: soon });
    using reader = openReader(path);

    const messages = reader.messages({ limit: 20, person, troubledBefore: soon });

    expect(messages.map(({ text }) => text)).toEqual([
      ...["fallback", "open", "canceled", "failed", "undelivered"],
      ...["owed", "sending", "uncertain", "kept", "dropped"],
    ]);
  });

  test("gives the latest of what is in trouble", () => {
    const { path, addReceived, addSent } = createDatabase();
    for (let at = NOON; at < NOON + 5; at += 1) {
      addReceived({ at, outcome: "fallback", reason: "slow" });
      addSent({ at, state: "failed", text: `failed at ${at - NOON}` });
      addSent({ at, state: "owed", text: `owed at ${at - NOON}` });
    }
    using reader = openReader(path);

    const messages = reader.messages({ limit: 2, troubledBefore: NOON + 60_000 });

    expect(messages.map(({ text }) => text)).toEqual(["failed at 4", "owed at 4"]);
  });

  test("tells all that is known of each", () => {
    const { path, addReceived, addSent } = createDatabase();
    const media = [{ url: "https://example.com/a.png", contentType: "image/png" }];
    const turn = addReceived({ media: JSON.stringify(media), outcome: "silence", reason: "muted" });
    addSent({ turn, state: "failed", status: "undelivered", errorCode: 30034, reason: "blocked" });
    using reader = openReader(path);

    const [received, sent] = reader.messages({ limit: 2 });

    expect(received).toEqual({
      ...{ direction: "in", id: 1, at: NOON, channel: "sms" },
      ...{ person: "+15550001111", number: "+15550009999", text: "hello", media },
      ...{ sid: expect.stringMatching(/^SM/), turn, outcome: "silence", reason: "muted" },
      ...{ bot: "echo", endedAt: NOON + 1 },
    });
    expect(sent).toEqual({
      ...{ direction: "out", id: 1, at: NOON + 1, channel: "sms" },
      ...{ person: "+15550001111", number: "+15550009999", text: "Hi there!", sid: null, turn },
      ...{ state: "failed", status: "undelivered", errorCode: 30034, reason: "blocked" },
      ...{ attempts: 0, attemptedAt: null, dueAt: null, segments: 1, cost: 0.015 },
    });
  });
});

describe("consent()", () => {
  test("gives the whole ledger, oldest first, page by page", () => {
    const { path, addConsent } = createDatabase();
    for (let at = 0; at < 2_500; at += 1) addConsent({ at });
    using reader = openReader(path);

    const pages = [...reader.consent()];

    expect(pages.map(({ length }) => length)).toEqual([1000, 1000, 500]);
    expect(pages.flat().map(({ at }) => at)).toEqual(Array.from({ length: 2_500 }, (_, at) => at));
  });

  test("gives a person's part by number, with WhatsApp and RCS", () => {
    const { path, addConsent } = createDatabase();
    addConsent();
    for (const person of [BEN, `whatsapp:${BEN}`, `rcs:${BEN}`]) addConsent({ person });
    addConsent({ person: BEN, records: "opted in", source: "text START", at: NOON + 1 });
    using reader = openReader(path);

    const entries = [...reader.consent(BEN)].flat();

    expect(entries).toHaveLength(4);
    expect(entries.at(-1)).toEqual({
      person: BEN,
      number: "+15550009999",
      records: "opted in",
      source: "text START",
      at: NOON + 1,
    });
  });

  test("holds no writer up while somebody looks at a page", () => {
    const { path, database, addConsent } = createDatabase();
    for (let at = 0; at < 1_500; at += 1) addConsent({ at });
    using reader = openReader(path);
    const pages = reader.consent()[Symbol.iterator]();
    pages.next();

    addConsent();
    const checkpoint = database.query("PRAGMA wal_checkpoint(TRUNCATE)").get();

    expect(checkpoint).toMatchObject({ busy: 0 });
  });
});

function readOnce(path: string) {
  using reader = openReader(path);
  return reader.messages({ limit: 9 });
}

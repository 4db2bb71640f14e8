import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { Connection } from "../../src/store/connection.ts";
import { migrate, migrations } from "../../src/store/migrations.ts";
import { createStore } from "../../src/store/sqlite.ts";
import { textFrom } from "../fakes/message.ts";

describe("migrate()", () => {
  test.each(migrations.map((_, version) => version))(
    "brings a database of version %d to the schema of a new one",
    (version) => {
      const old = new Database(":memory:");
      migrate(old, migrations.slice(0, version));
      const fresh = new Database(":memory:");

      migrate(old);
      migrate(fresh);

      expect(schemaOf(old)).toEqual(schemaOf(fresh));
      expect(old.query("PRAGMA user_version").get()).toEqual({ user_version: migrations.length });
    },
  );

  test("keeps what was written by the version before", () => {
    const database = new Database(":memory:");
    migrate(database);
    database.run("INSERT INTO people (address, first_seen_at) VALUES ('+15550001111', 1)");

    migrate(database, [...migrations, "ALTER TABLE people ADD COLUMN note TEXT"]);

    expect(database.query("SELECT address, note FROM people").all()).toEqual([
      { address: "+15550001111", note: null },
    ]);
  });

  test("keeps the texts of a database of version 2, and knows their repeats", async () => {
    const database = new Database(":memory:", { strict: true });
    migrate(database, migrations.slice(0, 2));
    database.run(TEXTS_OF_VERSION_2);

    migrate(database);

    const store = createStore(new Connection(database));
    const [answered, open] = [textFrom({ id: "SM1" }), textFrom({ id: "SM2" })];
    const claims = [await store.recordInbound(answered), await store.recordInbound(open)];
    expect(claims).toMatchObject([
      {
        kind: "ended",
        turn: 1,
        outcome: { kind: "reply", texts: ["one", "two"] },
        texts: [
          { text: "one", state: "answered", isHeardOf: false },
          { text: "two", state: "answered", isHeardOf: false },
        ],
      },
      { kind: "open", turn: 2 },
    ]);
    expect(await store.openTurns()).toMatchObject([
      { turn: 2, message: { text: "cats?", media: [MEDIUM] } },
    ]);
    expect(await store.nextDueAt()).toBeUndefined();
    await store.close();
  });

  test("takes a step that fails back as a whole", () => {
    const database = new Database(":memory:");
    migrate(database);
    const steps = [...migrations, "CREATE TABLE extra (id INTEGER)", "THIS IS NOT SQL"];

    expect(() => migrate(database, steps)).toThrow("syntax error");

    expect(database.query("PRAGMA user_version").get()).toEqual({
      user_version: migrations.length,
    });
    expect(schemaOf(database)).not.toContain("extra");
  });
});

const MEDIUM = { url: "https://example.com/cat.jpg", contentType: "image/jpeg" };

const TEXTS_OF_VERSION_2 = `
  INSERT INTO people VALUES (1, '+15550001111', 1);
  INSERT INTO turns VALUES (1, 1, 'reply', 'aiml', NULL, 1, 2), (2, 1, 'open', NULL, NULL, 3, NULL);
  INSERT INTO inbound VALUES
    (1, 1, 'sms', 'SM1', '+15550009999', 'hello', NULL, 1),
    (2, 2, 'sms', 'SM2', '+15550009999', 'cats?', '${JSON.stringify([MEDIUM])}', 3);
  INSERT INTO outbound VALUES (1, 1, 'two'), (1, 0, 'one');
`;

function schemaOf(database: Database): string[] {
  return database
    .query<{ name: string }, []>(
      "SELECT name || coalesce(sql, '') AS name FROM sqlite_schema ORDER BY 1",
    )
    .all()
    .map(({ name }) => name);
}

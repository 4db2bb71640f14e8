import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { migrate, migrations } from "../../src/store/migrations.ts";

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

function schemaOf(database: Database): string[] {
  return database
    .query<{ name: string }, []>(
      "SELECT name || coalesce(sql, '') AS name FROM sqlite_schema ORDER BY 1",
    )
    .all()
    .map(({ name }) => name);
}

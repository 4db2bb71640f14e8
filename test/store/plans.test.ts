import { Database, type SQLQueryBindings } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { Connection } from "../../src/store/connection.ts";
import { migrate } from "../../src/store/migrations.ts";
import { createStore } from "../../src/store/sqlite.ts";

/** Keeps what was asked to be prepared. */
class Recording extends Connection {
  readonly asked: string[] = [];

  override prepare<Row, Params extends SQLQueryBindings[] = []>(sql: string) {
    this.asked.push(sql);
    return super.prepare<Row, Params>(sql);
  }
}

const database = new Database(":memory:");
migrate(database);
const recording = new Recording(database);
createStore(recording);

describe("a statement goes through no whole table, however large it is", () => {
  test.each([...new Set(recording.asked)].map(named))("%s", (_, sql) => {
    const plan = planOf(sql);

    expect(plan.filter((step) => step.startsWith("SCAN") && !SMALL.has(step))).toEqual([]);
  });
});

/** What holds no more than is said, is under way or waits. */
const SMALL: ReadonlySet<string> = new Set([
  "SCAN 2-ROW VALUES CLAUSE",
  "SCAN numbers",
  "SCAN turns USING INDEX turns_open",
  "SCAN outbound USING INDEX outbound_waiting",
]);

function named(sql: string): [string, string] {
  return [sql.replaceAll(/\s+/g, " ").slice(0, 80), sql];
}

function planOf(sql: string): readonly string[] {
  const rows = database.query<{ detail: string }, []>(`EXPLAIN QUERY PLAN ${sql}`).all();
  return rows.map(({ detail }) => detail);
}

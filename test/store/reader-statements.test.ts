import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { migrate } from "../../src/store/migrations.ts";
import { prepareReading } from "../../src/store/reader-statements.ts";

// Four million messages are read as fast as four: nothing goes through a table from end to end.

describe("prepareReading()", () => {
  const database = new Database(":memory:");
  migrate(database);
  const { latest, troubled, consent } = prepareReading(database);

  test.each([
    ["the latest messages in", latest.everybody.received],
    ["the latest messages out", latest.everybody.sent],
    ["the whole ledger", consent.everybody],
  ])("reads %s in the order of their ids, without sorting", (_, statement) => {
    const plan = planOf(statement.toString());

    expect(plan.filter((step) => step.includes("TEMP B-TREE"))).toEqual([]);
  });

  test.each([
    ["a person's messages in", latest.person.received],
    ["a person's messages out", latest.person.sent],
    ["the failed messages in", troubled.everybody.received],
    ["the failed messages out", troubled.everybody.sent],
    ["a person's failed messages in", troubled.person.received],
    ["a person's failed messages out", troubled.person.sent],
    ["a person's part of the ledger", consent.person],
  ])("finds %s by an index", (_, statement) => {
    const plan = planOf(statement.toString());

    expect(plan.filter((step) => /^SCAN \w+$/.test(step))).toEqual([]);
  });

  function planOf(sql: string): readonly string[] {
    const plan = database.query<{ detail: string }, []>(`EXPLAIN QUERY PLAN ${sql}`).all();
    return plan.map(({ detail }) => detail);
  }
});

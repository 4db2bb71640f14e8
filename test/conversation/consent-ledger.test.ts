import { describe, expect, test } from "bun:test";
import { textsOf } from "../../src/message.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { consent, HOUR, LONG_ANSWER, MINUTE } from "../fakes/consent.ts";
import { textFrom } from "../fakes/message.ts";
import { createTalk } from "../fakes/talk.ts";

const ADA = "+15550001111";
const LONG_CODE = "+15550009999";
const ADVANCED = { handledAs: "start" } as const;

describe("the ledger", () => {
  test("says who wanted what, at which number, when, and how we know", async () => {
    const { heed, lines } = consent();

    await heed({ text: "STOP" });
    await heed({ text: "ALTA", ...ADVANCED });

    const ada = { person: ADA, number: LONG_CODE };
    expect(lines()).toEqual([
      { ...ada, records: "opted out", source: "text", at: HOUR + 1 },
      { ...ada, records: "opted in", source: "provider", at: HOUR + 4 },
    ]);
  });

  test.each([
    [
      ["STOP", "STOP", "quit"],
      ["opted out", "opted out", "opted out"],
    ],
    [
      ["START", "HELP", "YES", "START"],
      ["opted in", "opted in"],
    ],
    [
      ["STOP", "START", "STOP"],
      ["opted out", "opted in", "opted out"],
    ],
  ])("of %p has %p", async (texts, expected) => {
    const { heed, lines } = consent();

    for (const text of texts) await heed({ text });

    expect(lines().map(({ records }): string => records)).toEqual(expected);
  });

  test.each([
    ["START 2, STOP 1", "opted in"],
    ["STOP 2, START 1", "opted out"],
    ["START 1, START 3, STOP 2", "opted in"],
    ["START 1, STOP 1", "opted out"],
    // By a clock that was ahead for a while.
    ["START 9000000, STOP 3", "opted out"],
  ])("goes by what was said last, not by what was brought last: %s", async (said, expected) => {
    const { heed, lines, store } = consent();
    const texts = said.split(", ").map((words) => words.split(" "));

    for (const [text, at] of texts)
      await heed({ text: text ?? "", receivedAt: Number(at) * MINUTE });

    const latest = await store.latestConsent(ADA, LONG_CODE);
    expect(String(latest?.records)).toBe(expected);
    expect(lines()).toHaveLength(texts.length);
  });

  test.each([
    ["START", "STOP"],
    ["STOP", "START"],
  ])("says nothing to %s that is brought after the %s behind it", async (late, soon) => {
    const { heed } = consent();
    await heed({ text: soon, to: "88811", receivedAt: 2 * MINUTE });

    const outcome = await heed({ text: late, to: "88811", receivedAt: MINUTE });

    expect(outcome).toMatchObject({ kind: "silence", reason: "a later text was heeded before" });
  });

  test("goes by what came last where both were said at about one time", async () => {
    const { heed, store } = consent();
    await heed({ text: "STOP", receivedAt: MINUTE + 300 });

    await heed({ text: "START", receivedAt: MINUTE });

    expect((await store.latestConsent(ADA, LONG_CODE))?.records).toBe("opted in");
  });

  test("drops nothing for a STOP that was taken back before it was brought", async () => {
    const store = openSqlite(":memory:");
    const { heed } = consent({ store });
    await heed({ text: "START", receivedAt: 2 * MINUTE });
    await createTalk(store, () => LONG_ANSWER).say("Tell me a story");

    await heed({ text: "STOP", receivedAt: MINUTE });

    expect(await store.waitingFor(ADA, LONG_CODE)).toHaveLength(1);
  });

  test("has nothing of a text whose turn did not end, and says goodbye when it is taken up", async () => {
    const { heed, heedKeyword, lines } = consent();
    const message = textFrom({ text: "STOP", to: "88811" });
    await heedKeyword({ id: 1, message });

    const before = lines();
    const outcome = await heed(message);

    expect(before).toEqual([]);
    expect(textsOf(outcome)).toEqual([expect.stringContaining("no more messages")]);
    expect(lines()).toHaveLength(1);
  });
});

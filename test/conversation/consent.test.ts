import { describe, expect, test } from "bun:test";
import { segment } from "../../src/channels/twilio/segments.ts";
import { peopleSettings } from "../../src/conversation/people-settings.ts";
import { textsOf } from "../../src/message.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { consent, LONG_ANSWER } from "../fakes/consent.ts";
import { createTalk, PASSED_ON } from "../fakes/talk.ts";

const ADA = "+15550001111";
const LONG_CODE = "+15550009999";
const ADVANCED = { handledAs: "start" } as const;

describe("heedKeyword()", () => {
  test.each([
    ["88811", "STOP", "You will get no more messages"],
    ["messenger:1234567890", "unsubscribe", "You will get no more messages"],
    ["whatsapp:+15550009999", "start", "You will get our messages"],
    ["88811", " info ", "Ada's Books, ada@example.com"],
    ["whatsapp:+15550009999", "Help", "Ada's Books, ada@example.com"],
  ])("answers at %p to %p, as nobody else does", async (to, text, words) => {
    const { heed } = consent();

    const outcome = await heed({ to, text });

    expect(outcome).toMatchObject({ kind: "reply", texts: [expect.stringContaining(words)] });
  });

  test.each(["STOP", "START", "HELP"])("answers %s in one segment", async (text) => {
    const { heed } = consent({ helpReply: peopleSettings.HELP_REPLY.default });

    const outcome = await heed({ to: "88811", text });

    expect(textsOf(outcome).map(segment)).toEqual([{ encoding: "GSM-7", segments: 1 }]);
  });

  test.each([
    ["+15550009999", "STOP"],
    ["+18005550199", "start"],
    ["rcs:books_agent", "HELP"],
  ])("leaves the answer at %p to %p to the carrier", async (to, text) => {
    const { heed } = consent();

    const outcome = await heed({ to, text });

    expect(outcome).toMatchObject({
      kind: "silence",
      reason: `the carrier answers ${text.toUpperCase()}`,
    });
  });

  test("leaves talk to the bot", async () => {
    const { heed, lines } = consent();

    const outcome = await heed({ text: "stop please" });

    expect(outcome).toBe(PASSED_ON);
    expect(lines()).toEqual([]);
  });

  test("says nothing to the talk of somebody who opted out, at that number alone", async () => {
    const { heed } = consent();
    await heed({ text: "STOP" });

    const outcomes = [await heed({ text: "hello" }), await heed({ to: "88811", text: "hello" })];

    expect(outcomes).toEqual([{ kind: "silence", reason: "the person opted out" }, PASSED_ON]);
  });

  test.each([
    ["START", LONG_CODE],
    ["YES", LONG_CODE],
    ["unstop", "+18005550199"],
  ])("lets the bot talk again after %s at %p", async (text, to) => {
    const { heed } = consent();
    await heed({ text: "STOP", to });
    await heed({ text, to });

    const outcome = await heed({ text: "hello", to });

    expect(outcome).toBe(PASSED_ON);
  });

  test("takes YES for talk where nobody opted out", async () => {
    const { heed } = consent();

    expect(await heed({ text: "YES", to: "88811" })).toBe(PASSED_ON);
  });
});

describe("STOP", () => {
  test("drops what waits for the person at the number", async () => {
    const store = openSqlite(":memory:");
    await createTalk(store, () => LONG_ANSWER).say("Tell me a story");
    const { heed } = consent({ store });

    await heed({ text: "STOP" });

    expect(await store.waitingFor(ADA, LONG_CODE)).toEqual([]);
  });

  test("keeps what waits for the person at another number", async () => {
    const store = openSqlite(":memory:");
    await createTalk(store, () => LONG_ANSWER).say("Tell me a story");
    const { heed } = consent({ store });

    await heed({ text: "STOP", to: "88811" });

    expect(await store.waitingFor(ADA, LONG_CODE)).toHaveLength(1);
  });
});

describe("a YES that Advanced Opt-Out took for START", () => {
  test("goes on where it answers a question of ours", async () => {
    const { heed, lines } = consent({ isAnswer: async () => true });

    const outcome = await heed({ text: "YES", ...ADVANCED });

    expect(outcome).toBe(PASSED_ON);
    expect(lines()).toEqual([]);
  });

  test("is START of somebody who opted out", async () => {
    const { heed, lines } = consent({ isAnswer: async () => true });
    await heed({ text: "STOP" });

    const outcome = await heed({ text: "YES", ...ADVANCED });

    expect(outcome).toMatchObject({ kind: "silence", reason: "the carrier answers START" });
    expect(lines()).toHaveLength(2);
  });
});

describe("recordOptOut()", () => {
  test("tells the log, without the whole number", async () => {
    const { recordOptOut, logged } = consent();

    await recordOptOut(ADA, LONG_CODE, "error 21610");

    expect(logged).toEqual([expect.objectContaining({ event: "consent.opted_out" })]);
    expect(JSON.stringify(logged)).not.toContain("5550001");
  });

  test("writes down once that the provider lets nothing through", async () => {
    const { recordOptOut, heed, lines } = consent();

    await recordOptOut(ADA, LONG_CODE, "error 21610");
    await recordOptOut(ADA, LONG_CODE, "error 21610");

    expect(lines()).toEqual([
      expect.objectContaining({ records: "opted out", source: "error 21610" }),
    ]);
    expect(await heed({ text: "hello" })).toMatchObject({ kind: "silence" });
  });

  test("writes nothing down of somebody who texted STOP", async () => {
    const { recordOptOut, heed, lines } = consent();
    await heed({ text: "STOP" });

    await recordOptOut(ADA, LONG_CODE, "error 21610");

    expect(lines()).toHaveLength(1);
  });
});

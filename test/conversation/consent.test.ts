import { describe, expect, test } from "bun:test";
import { segment } from "../../src/channels/twilio/segments.ts";
import { createConsent } from "../../src/conversation/consent.ts";
import { peopleSettings } from "../../src/conversation/people-settings.ts";
import { type InboundMessage, textsOf } from "../../src/message.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { recordLog } from "../fakes/log.ts";
import { textFrom } from "../fakes/message.ts";
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

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

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

const LONG_ANSWER = {
  kind: "reply",
  texts: ["Once upon a time"],
  later: ["they lived happily"],
  raw: "",
  remember: new Map(),
} as const;

interface Options {
  readonly store?: Store;
  readonly helpReply?: string;
  readonly isAnswer?: () => Promise<boolean>;
}

function consent(options: Options = {}) {
  const { store = openSqlite(":memory:"), helpReply = "Ada's Books, ada@example.com" } = options;
  const { isAnswer = async () => false } = options;
  const { log, lines: logged } = recordLog();
  let time = HOUR;
  const now = () => ++time;
  const keeper = createConsent({ store, now, helpReply, log, isAnswer });
  const talk = createTalk(store, keeper.heedKeyword, now);
  return {
    heed: ({ text = "", ...changes }: Partial<InboundMessage>) => talk.say(text, changes),
    heedKeyword: keeper.heedKeyword,
    recordOptOut: keeper.recordOptOut,
    lines: () => [...store.consentEntries()],
    store,
    logged,
  };
}

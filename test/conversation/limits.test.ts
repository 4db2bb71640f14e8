import { describe, expect, test } from "bun:test";
import type { LimitSettings } from "../../src/conversation/limits-settings.ts";
import { type Outcome, textsOf } from "../../src/message.ts";
import { createRoad, type Road, replyWith } from "../fakes/brakes.ts";
import { fakeUsageBook } from "../fakes/usage-book.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const TO_MIDNIGHT_MS = 12 * HOUR_MS;
const BEN = "+15550002222";

const LONG = "a".repeat(320);

/** Every limit, set so that it is reached after three answers of 320 characters to a number in the US. */
const LIMITS: readonly (readonly [Partial<LimitSettings>, number, RegExp])[] = [
  [{ PERSON_TEXTS_PER_MINUTE: 3 }, MINUTE_MS, /in a minute/],
  [{ PERSON_TEXTS_PER_DAY: 3 }, TO_MIDNIGHT_MS, /tomorrow/],
  [{ PERSON_SEGMENTS_PER_DAY: 6 }, TO_MIDNIGHT_MS, /tomorrow/],
  [{ TEXTS_PER_MINUTE: 3 }, MINUTE_MS, /in a minute/],
  [{ TEXTS_PER_DAY: 3 }, TO_MIDNIGHT_MS, /tomorrow/],
  [{ SEGMENTS_PER_DAY: 6 }, TO_MIDNIGHT_MS, /tomorrow/],
  [{ COST_PER_DAY_USD: 0.09 }, TO_MIDNIGHT_MS, /tomorrow/],
];

// So small a cap leaves nothing for last words.
const TOLD = LIMITS.filter(([settings]) => !("COST_PER_DAY_USD" in settings));

describe("checkLimits()", () => {
  test.each(TOLD)(
    "tells a person who is over %o once when it goes on",
    async (settings, _, when) => {
      const road = createRoad({ settings, bot: () => LONG });

      const lastWords = await overLimit(road);
      const kinds = await sayAll(road, 3);

      expect(kinds).toEqual(["silence", "silence", "silence"]);
      expect(lastWords).toMatchObject({
        reason: `limit: ${Object.keys(settings).join()}`,
        texts: [expect.stringMatching(when)],
      });
    },
  );

  test.each(LIMITS)("goes on when the time of %o is over, and no sooner", async (settings, ms) => {
    const road = createRoad({ settings, bot: () => LONG });
    await overLimit(road);

    road.clock.now += ms - 1000;
    const before = await road.say();
    road.clock.now += 1000;
    const after = await road.say();

    expect([before.kind, after.kind]).toEqual(["silence", "reply"]);
  });

  test.each(LIMITS)("has no such limit where %o is 0", async (settings) => {
    const off = Object.fromEntries(Object.keys(settings).map((name) => [name, 0]));
    const road = createRoad({ settings: off, bot: () => LONG });

    const kinds = await sayAll(road, 100);

    expect(new Set(kinds)).toEqual(new Set(["reply"]));
  });

  test("lets a person go on as the texts of the last minute grow old", async () => {
    const road = createRoad({ settings: { PERSON_TEXTS_PER_MINUTE: 3 } });
    const kinds: string[] = [];
    for (let count = 0; count < 20; count += 1) {
      road.clock.now += 20_001;
      kinds.push((await road.say()).kind);
    }

    expect(new Set(kinds)).toEqual(new Set(["reply"]));
  });

  test("does not count what the bot leaves unanswered", async () => {
    const settings = { PERSON_TEXTS_PER_MINUTE: 3, TEXTS_PER_MINUTE: 3 };
    const road = createRoad({ settings });
    for (let count = 0; count < 10; count += 1) {
      const { turn } = await road.begin();
      road.end(turn, { kind: "silence", reason: "the bot said nothing" });
    }

    const outcome = await road.say();

    expect(outcome.kind).toBe("reply");
  });

  test("lets nobody else feel one person's limit", async () => {
    const road = createRoad({ settings: { PERSON_TEXTS_PER_MINUTE: 3, PERSON_TEXTS_PER_DAY: 3 } });
    await sayAll(road, 10);

    const other = await road.say({ from: BEN });

    expect(other.kind).toBe("reply");
  });

  test("speaks of tomorrow where the day's limit is reached along with the minute's", async () => {
    const road = createRoad({ settings: { PERSON_TEXTS_PER_MINUTE: 3, TEXTS_PER_DAY: 3 } });

    const lastWords = await overLimit(road);

    expect(textsOf(lastWords).join()).toContain("tomorrow");
  });

  test("remembers a day's use over a restart", async () => {
    const book = fakeUsageBook();
    await sayAll(createRoad({ settings: { TEXTS_PER_DAY: 3 }, book }), 3);

    const outcome = await createRoad({ settings: { TEXTS_PER_DAY: 3 }, book }).say();

    expect(outcome).toMatchObject({ kind: "fallback", reason: "limit: TEXTS_PER_DAY" });
  });
});

describe("checkLimits() for everybody", () => {
  test.each<Partial<LimitSettings>>([
    { TEXTS_PER_MINUTE: 100 },
    { TEXTS_PER_DAY: 100 },
    { SEGMENTS_PER_DAY: 100 },
    { COST_PER_DAY_USD: 1.5 },
  ])("never spends more than a twentieth on last words: %o", async (settings) => {
    const road = createRoad({ settings });

    const sent = (await sayFromEach(road, 1000)).filter((kind) => kind !== "silence");

    expect(sent.filter((kind) => kind === "reply")).toHaveLength(100);
    expect(sent).toHaveLength(105);
  });

  test("says nothing more where the next country's last words are too dear", async () => {
    const road = createRoad({ settings: { COST_PER_DAY_USD: 1.5 } });
    await sayFromEach(road, 100);

    const outcome = await road.say({ from: "+79161234567" });

    expect(outcome).toEqual({ kind: "silence", reason: "limit: COST_PER_DAY_USD" });
  });

  test.each<Partial<LimitSettings>>([
    { TEXTS_PER_MINUTE: 10 },
    { TEXTS_PER_DAY: 10 },
    { SEGMENTS_PER_DAY: 20 },
    { COST_PER_DAY_USD: 0.3 },
  ])("counts the answers that are under way: %o", async (settings) => {
    const road = createRoad({ settings });

    const begun = await Promise.all(people(200).map((from) => road.begin({ from })));

    expect(begun.filter(({ outcome }) => outcome === undefined)).toHaveLength(10);
  });

  test("counts an answer that is on its way to the store", async () => {
    const road = createRoad({ settings: { TEXTS_PER_DAY: 3 } });
    const turns = await Promise.all(people(3).map((from) => road.begin({ from })));
    for (const { turn } of turns) road.brakes.noteAnswer(turn, replyWith("well"));

    const next = await road.begin();

    expect(next.outcome).toMatchObject({ reason: "limit: TEXTS_PER_DAY" });
  });

  test("gives back what an answer that failed would have used, after a minute", async () => {
    const road = createRoad({ settings: { TEXTS_PER_DAY: 3 } });
    await Promise.all(people(3).map((from) => road.begin({ from })));
    road.clock.now += MINUTE_MS;

    const outcome = await road.say({ from: BEN });

    expect(outcome.kind).toBe("reply");
  });

  test("tells the operator once what to set, until it goes on", async () => {
    const road = createRoad({ settings: { TEXTS_PER_MINUTE: 3 } });
    await sayFromEach(road, 20);
    const inTheFirst = road.lines.length;
    road.clock.now += MINUTE_MS;
    await sayFromEach(road, 20);

    expect(inTheFirst).toBe(1);
    expect(road.lines).toHaveLength(2);
    expect(road.lines[0]).toMatchObject({
      level: "warn",
      event: "limit.reached",
      limit: "TEXTS_PER_MINUTE",
      hint: expect.stringContaining("raise TEXTS_PER_MINUTE"),
    });
  });

  test("does not ask the store where no limit is by the day", async () => {
    const road = createRoad({
      settings: { PERSON_TEXTS_PER_MINUTE: 3 },
      book: { ...fakeUsageBook(), usageOn: () => Promise.reject(new Error("asked")) },
    });

    const outcome = await road.say();

    expect(outcome.kind).toBe("reply");
  });
});

describe("checkLimits() when the clock jumps back", () => {
  test.each(TOLD)("locks nobody out for longer than %o says", async (settings, ms) => {
    const road = createRoad({ settings, bot: () => LONG });
    await overLimit(road);
    road.clock.now -= 400 * 24 * HOUR_MS;
    const { kind: rightAfter } = await road.say();
    road.clock.now += ms;

    const later = await road.say();

    expect([rightAfter, later.kind]).toEqual(["silence", "reply"]);
  });

  test.each(LIMITS)("still holds to %o", async (settings) => {
    const road = createRoad({ settings, bot: () => LONG });
    await road.say();
    road.clock.now -= HOUR_MS;

    const kinds = await sayAll(road, 20);

    expect(kinds.filter((kind) => kind === "reply")).toHaveLength(2);
  });

  test("still holds to a day's limit when it is yesterday again", async () => {
    const road = createRoad({ settings: { TEXTS_PER_DAY: 3 } });
    await sayAll(road, 3);
    road.clock.now += 24 * HOUR_MS;
    await sayAll(road, 3);
    road.clock.now -= 24 * HOUR_MS;

    const outcome = await road.say({ from: BEN });

    expect(outcome.kind).not.toBe("reply");
  });
});

describe("allowed and denied numbers", () => {
  test.each([
    ["anybody, at first", {}, "+15550001111", true],
    ["a number that is allowed", { ALLOW_PREFIXES: ["+1", "+44"] }, "+447700900123", true],
    ["another", { ALLOW_PREFIXES: ["+1", "+44"] }, "+4915112345678", false],
    ["a denied number", { DENY_PREFIXES: ["+1900"] }, "+19005550123", false],
    ["one beside it", { DENY_PREFIXES: ["+1900"] }, "+19015550123", true],
    ["what is both", { ALLOW_PREFIXES: ["+1"], DENY_PREFIXES: ["+1900"] }, "+19005550123", false],
    ["one on WhatsApp by its number", { DENY_PREFIXES: ["+44"] }, "whatsapp:+447700900123", false],
    ["one allowed on RCS", { ALLOW_PREFIXES: ["+44"] }, "rcs:+447700900123", true],
    ["somebody without a number", { ALLOW_PREFIXES: ["+44"] }, "messenger:1234567890", false],
    ["a short code", { DENY_PREFIXES: ["888"] }, "88811", false],
  ] satisfies [string, Partial<LimitSettings>, string, boolean][])(
    "%s: %o",
    async (...[, settings, from, isAnswered]) => {
      const road = createRoad({ settings });

      const kinds = [await road.say({ from }), await road.say({ from })].map(({ kind }) => kind);

      expect(kinds).toEqual(isAnswered ? ["reply", "reply"] : ["silence", "silence"]);
    },
  );
});

async function sayAll(road: Road, count: number): Promise<readonly string[]> {
  const kinds: string[] = [];
  for (let said = 0; said < count; said += 1) kinds.push((await road.say()).kind);
  return kinds;
}

async function sayFromEach(road: Road, count: number): Promise<readonly string[]> {
  const kinds: string[] = [];
  for (const from of people(count)) kinds.push((await road.say({ from })).kind);
  return kinds;
}

function people(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `+1555${String(index).padStart(7, "0")}`);
}

/** Says four things, of which three are answered; how the fourth ends. */
async function overLimit(road: Road): Promise<Outcome> {
  expect(await sayAll(road, 3)).toEqual(["reply", "reply", "reply"]);
  return road.say();
}

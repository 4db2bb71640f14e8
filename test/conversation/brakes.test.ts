import { describe, expect, test } from "bun:test";
import { createBrakes } from "../../src/conversation/brakes.ts";
import { type LimitSettings, limitSettings } from "../../src/conversation/limits-settings.ts";
import { LAST_WORDS } from "../../src/conversation/limits-table.ts";
import { silentLog } from "../../src/log.ts";
import { readSettings } from "../../src/settings.ts";
import { createRoad, NO_LIMITS } from "../fakes/brakes.ts";
import { textFrom } from "../fakes/message.ts";
import { fakeUsageBook } from "../fakes/usage-book.ts";

const DEFAULTS = readSettings(limitSettings, []).values;

describe("createBrakes()", () => {
  test.each<[Partial<LimitSettings>, string]>([
    [
      DEFAULTS,
      "Limits: 30 texts a minute, 300 texts and 1,000 segments a day per person; 2,000 texts a minute, 10,000 texts, 20,000 segments and 25 USD a day in all",
    ],
    [{ COST_PER_DAY_USD: 7.5 }, "Limits: 7.5 USD a day in all"],
    [
      { TEXTS_PER_DAY: 20, ALLOW_PREFIXES: ["+1", "+44"], DENY_PREFIXES: ["+1900"] },
      "Limits: 20 texts a day in all; only +1, +44; never +1900",
    ],
    [{}, "Limits: none"],
  ])("summary() tells of %o", (settings, line) => {
    const { brakes } = createRoad({ settings });

    const summary = brakes.summary();

    expect(summary).toBe(line);
  });

  test("lets everything pass while it is tried out", async () => {
    const brakes = createBrakes({
      store: fakeUsageBook(),
      settings: { ...NO_LIMITS, TEXTS_PER_DAY: 1, DENY_PREFIXES: ["+1"] },
      log: silentLog,
      now: () => 0,
      measure: () => 1,
      isTrial: true,
    });

    const outcome = await brakes.checkLimits({ id: 1, message: textFrom() });

    expect(outcome).toBeUndefined();
    expect(brakes.summary()).toBe("Limits: none while it is tried out");
  });

  test("troubles nobody who texts quickly, by its defaults", async () => {
    const road = createRoad({ settings: DEFAULTS, bot: (text) => `You said ${text}` });
    const kinds = new Set<string>();
    for (let count = 0; count < 200; count += 1) {
      road.clock.now += 3500;
      kinds.add((await road.say({ text: `ok ${count}` })).kind);
    }

    expect([...kinds]).toEqual(["reply"]);
  });
});

test.each(Object.values(LAST_WORDS).flatMap((words) => Object.values(words)))(
  "the last words %p are one segment, in characters that need no other alphabet",
  (words) => {
    expect(words).toMatch(/^[A-Za-z0-9 ,.:']{1,160}$/);
  },
);

describe("the settings of limits", () => {
  test.each([
    ["PERSON_TEXTS_PER_MINUTE", "0", 0],
    ["COST_PER_DAY_USD", "7.50", 7.5],
    ["ALLOW_PREFIXES", "+1, +44", ["+1", "+44"]],
    ["DENY_PREFIXES", "", []],
    ["LOOP_BREAKER", "off", false],
  ] satisfies [keyof LimitSettings, string, unknown][])("reads %s=%s", (name, text, value) => {
    const { values } = readSettings(limitSettings, [
      { origin: "a test", values: { [name]: text } },
    ]);

    expect<unknown>(values[name]).toEqual(value);
  });

  test.each([
    ["TEXTS_PER_DAY", "-1"],
    ["TEXTS_PER_DAY", "many"],
    ["COST_PER_DAY_USD", "25 USD"],
    ["ALLOW_PREFIXES", "+1;+44"],
    ["DENY_PREFIXES", "whatsapp:+44"],
  ])("refuses %s=%s", (name, text) => {
    const read = () =>
      readSettings(limitSettings, [{ origin: "a test", values: { [name]: text } }]);

    expect(read).toThrow(`Cannot read ${name}`);
  });
});

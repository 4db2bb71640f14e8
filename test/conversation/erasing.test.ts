import { describe, expect, test } from "bun:test";
import { aiml } from "../../src/bots/aiml.ts";
import type { Bot } from "../../src/bots/bot.ts";
import { segment } from "../../src/channels/twilio/segments.ts";
import { silentLog } from "../../src/log.ts";
import { textsOf } from "../../src/message.ts";
import { readSettings } from "../../src/settings.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { BEN, commands } from "../fakes/commands.ts";
import { textFrom } from "../fakes/message.ts";
import { byBotkey, createHostedBot, startPandorabots } from "../fakes/pandorabots.ts";
import { PASSED_ON } from "../fakes/talk.ts";

const MINUTE = 60_000;
const SPELLINGS = ["YES", "yes", "YES!", " Yes. "];

describe("FORGET ME", () => {
  test.each(["FORGET ME", "forget me", " Forget  me.\n", "forget me!"])(
    "%p asks first, in one segment, and erases nothing",
    async (text) => {
      const { say, summary } = commands();
      await say("hello");

      const outcome = await say(text);

      const [question = "", ...others] = textsOf(outcome);
      expect(others).toEqual([]);
      expect(question).toContain("Reply YES to erase");
      expect(segment(question)).toEqual({ encoding: "GSM-7", segments: 1 });
      expect(await summary()).toMatchObject({ textsIn: 2 });
    },
  );

  test.each(SPELLINGS)("erases at %p", async (yes) => {
    const { say, summary, memory } = commands();
    await say("hello");
    await say("FORGET ME");

    const outcome = await say(yes);

    expect(textsOf(outcome)).toEqual([expect.stringMatching(/^Done: .* erased\.$/)]);
    expect(await memory()).toEqual(new Map());
    expect(await summary()).toMatchObject({ textsIn: 0, textsOut: 1, memories: 0 });
  });

  test("erases nobody else", async () => {
    const { say, summary } = commands();
    await say("hello", { from: BEN });
    await say("FORGET ME");

    await say("YES");

    expect(await summary(BEN)).toMatchObject({ textsIn: 1, textsOut: 1, memories: 1 });
  });

  test("leaves what was texted meanwhile to be answered", async () => {
    const { say, store } = commands();
    await say("FORGET ME");
    const message = textFrom({ text: "YES" });
    const { turn } = await store.recordInbound(message);
    await say("FORGET ME");
    await say("YES");

    expect(await store.openTurns()).toEqual([
      { turn, message: expect.objectContaining({ id: message.id, text: "YES" }) },
    ]);
  });

  test("makes the bot inside take the person for a stranger", async () => {
    const bot = await createStarter();
    const { say } = commands({ bot });
    await say("My name is Ada");
    await say("FORGET ME");
    await say("YES");

    const outcome = await say("Who am I?");

    expect(textsOf(outcome).join()).toMatch(/not told me/);
  });

  test("makes the hosted bot take the person for a stranger", async () => {
    const host = startPandorabots();
    const bot = createHostedBot({ ...byBotkey, PANDORABOTS_URL: host.url });
    const { say } = commands({ bot });
    await say("My name is Ada");
    await say("FORGET ME");
    await say("YES");

    const outcome = await say("What is my name?");

    await host.stop();
    expect(textsOf(outcome)).toEqual(["You are unknown."]);
    expect(host.calls.map(({ verb }) => verb)).toEqual(["atalk", "atalk"]);
  });

  test("keeps everything where anything else is said, which is talk", async () => {
    const { say, summary } = commands();
    await say("FORGET ME");

    const outcome = await say("no");

    expect(outcome).toBe(PASSED_ON);
    expect(await summary()).toMatchObject({ textsIn: 2 });
  });

  test("takes only the very next text for an answer", async () => {
    const { say } = commands();
    await say("FORGET ME");
    await say("wait");

    const outcome = await say("YES");

    expect(outcome).toBe(PASSED_ON);
  });

  test("takes no YES for an answer that goes to another number", async () => {
    const { say } = commands();
    await say("FORGET ME");

    const outcome = await say("YES", { to: "88811" });

    expect(outcome).toBe(PASSED_ON);
  });

  test("takes no YES for an answer that came before the question left", async () => {
    const { say, store, heedCommand } = commands();
    const message = textFrom({ text: "YES" });
    const { turn } = await store.recordInbound(message);
    await say("FORGET ME");

    const outcome = await heedCommand({ id: turn, message });

    expect(outcome).toBeUndefined();
  });

  test.each([
    [9 * MINUTE, "Done"],
    [11 * MINUTE, "I see"],
  ])("waits ten minutes: after %d ms YES gets %p", async (afterMs, words) => {
    const { say, pass } = commands();
    await say("FORGET ME");
    pass(afterMs);

    const outcome = await say("YES");

    expect(textsOf(outcome)).toEqual([expect.stringContaining(words)]);
  });

  test("asks anew after it was done", async () => {
    const { say } = commands();
    await say("FORGET ME");
    await say("YES");

    const outcome = await say("YES");

    expect(outcome).toBe(PASSED_ON);
  });

  test("still knows after a restart what it asked", async () => {
    const store = openSqlite(":memory:");
    await commands({ store }).say("FORGET ME");

    const outcome = await commands({ store }).say("YES");

    expect(textsOf(outcome)).toEqual([expect.stringContaining("Done")]);
  });

  test.each([true, false])("erases Twilio's copies, too, when told to: %p", async (isElsewhere) => {
    const { say, store } = commands({ isElsewhere });
    await say("hello", { id: `SM${"e".repeat(32)}` });
    await say("FORGET ME");

    await say("YES");

    const due = await store.dueErasures(Number.MAX_SAFE_INTEGER, 10);
    expect(due.includes(`SM${"e".repeat(32)}`)).toBe(isElsewhere);
  });

  test.each(["forget me please", "don't forget me", "forgetme", "FORGET ME?"])(
    "is talk as %p",
    async (text) => {
      const { say } = commands();

      expect(await say(text)).toBe(PASSED_ON);
    },
  );
});

function createStarter(): Promise<Bot> {
  const settings = readSettings(aiml.settings, []).values;
  return aiml.create({ argument: "", settings, log: silentLog });
}

describe("isAnswer()", () => {
  test.each(SPELLINGS)("knows %p for the answer to a question", async (text) => {
    const { say, isAnswer } = commands();
    await say("FORGET ME");

    expect(await isAnswer(text)).toBe(true);
  });

  test("knows no other text for one", async () => {
    const { say, isAnswer } = commands();
    await say("FORGET ME");

    expect(await isAnswer("no")).toBe(false);
  });

  test("knows no YES for one that nobody asked for", async () => {
    const { isAnswer } = commands();

    expect(await isAnswer("YES")).toBe(false);
  });
});

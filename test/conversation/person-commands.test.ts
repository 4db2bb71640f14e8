import { describe, expect, test } from "bun:test";
import { isGsm } from "../../src/channels/twilio/gsm.ts";
import { segment } from "../../src/channels/twilio/segments.ts";
import { textsOf } from "../../src/message.ts";
import { BEN, commands } from "../fakes/commands.ts";
import { PASSED_ON } from "../fakes/talk.ts";

describe("MY DATA", () => {
  test("tells in one segment what is kept", async () => {
    const { say } = commands();
    await say("hello");

    const outcome = await say("My data.");

    const [text = ""] = textsOf(outcome);
    expect(text).toBe(
      "Since 2026-03-02: 2 texts from you, 1 to you, 1 thing I remember. Texts are kept for 90 days. Text FORGET ME to erase it.",
    );
    expect(segment(text)).toEqual({ encoding: "GSM-7", segments: 1 });
  });

  test.each([
    [0, "Texts are kept until you erase them."],
    [1, "Texts are kept for 1 day."],
  ])("says of %d days: %p", async (retentionDays, words) => {
    const { say } = commands({ retentionDays });

    const outcome = await say("MY DATA");

    expect(textsOf(outcome)).toEqual([expect.stringContaining(words)]);
  });
});

describe("MORE", () => {
  test("gives portion after portion of what is held, and then is talk", async () => {
    const { say } = commands();
    await say("Tell me a story");

    const outcomes = [await say("MORE"), await say("more!"), await say("More")];

    expect(outcomes.map(textsOf)).toEqual([["two", "three"], ["four"], ["I see."]]);
  });

  test("remembers nothing, and leaves the bot out", async () => {
    const { say, memory } = commands();
    await say("Tell me a story");

    const outcome = await say("MORE");

    expect(outcome).toMatchObject({ by: "botline" });
    expect(await memory()).toEqual(new Map());
  });

  test.each(["MY DATA", "FORGET ME"])("gives what is held after %s as well", async (command) => {
    const { say } = commands();
    await say("Tell me a story");
    await say(command);

    expect(textsOf(await say("MORE"))).toEqual(["two", "three"]);
  });

  test("gives nothing of what is held for somebody else, or at another number", async () => {
    const { say } = commands();
    await say("Tell me a story");

    const outcomes = [await say("MORE", { from: BEN }), await say("MORE", { to: "88811" })];

    expect(outcomes).toEqual([PASSED_ON, PASSED_ON]);
  });
});

describe("PERSON_COMMANDS=false", () => {
  test.each(["FORGET ME", "MY DATA", "YES"])("makes %p talk", async (text) => {
    const { say } = commands({ isOn: false });

    expect(await say(text)).toBe(PASSED_ON);
  });

  test("leaves MORE as it is", async () => {
    const { say } = commands({ isOn: false });
    await say("Tell me a story");

    expect(textsOf(await say("MORE"))).toEqual(["two", "three"]);
  });
});

test.each(["HELP", "STOP", "INFO", "START", "hello", "", "constructor"])(
  "%p is no command of ours",
  async (text) => {
    const { say } = commands();

    expect(await say(text)).toBe(PASSED_ON);
  },
);

test("every word of ours is of the plain alphabet", async () => {
  const { say } = commands();

  const texts = [await say("MY DATA"), await say("FORGET ME"), await say("YES")].flatMap(textsOf);

  expect(texts.filter((text) => !isGsm(text))).toEqual([]);
});

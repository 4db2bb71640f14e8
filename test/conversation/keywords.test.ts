import { describe, expect, test } from "bun:test";
import { openSqlite } from "../../src/store/sqlite.ts";
import { fakeBot } from "../fakes/bot.ts";
import { fakeClock } from "../fakes/clock.ts";
import { talkWith, textsIn } from "../fakes/conversation.ts";
import { eventually } from "../fakes/eventually.ts";
import { fakeSender } from "../fakes/memory-sender.ts";
import { textFrom } from "../fakes/message.ts";

const [ADA, SHORT_CODE] = ["+15550001111", "88811"];
const LIMITS = { PERSON_TEXTS_PER_MINUTE: 5 } as const;
const DAY = 24 * 60 * 60_000;

/** Somebody at a short code, where nobody but us answers keywords. */
function atShortCode(settings: NonNullable<Parameters<typeof talkWith>[1]>["settings"] = LIMITS) {
  const store = openSqlite(":memory:");
  const talk = talkWith(fakeBot(), { store, isFree: false, settings });
  const say = (text: string) => talk.receive(textFrom({ text, to: SHORT_CODE }));
  return { ...talk, say };
}

describe("a keyword's answer", () => {
  test.each(["HELP", "START", "INFO"])(
    "to %s is held to the limits, without a word",
    async (text) => {
      const { say } = atShortCode();

      const answers = [];
      for (let count = 0; count < 20; count += 1) answers.push(...textsIn(await say(text)));

      expect(answers).toHaveLength(5);
      expect(new Set(answers).size).toBe(1);
    },
  );

  test("is held to the limits where they come at once", async () => {
    const { say } = atShortCode();

    const answers = await Promise.all(Array.from({ length: 20 }, () => say("HELP")));

    expect(answers.flatMap(textsIn)).toHaveLength(5);
  });

  test("counts for what the bot may still say", async () => {
    const { say } = atShortCode();
    for (let count = 0; count < 5; count += 1) await say("HELP");

    const answer = await say("hello");

    expect(answer.outcome).toMatchObject({ reason: "limit: PERSON_TEXTS_PER_MINUTE" });
  });

  test("is not for a number that is not served", async () => {
    const { say } = atShortCode({ DENY_PREFIXES: ["+1555"] });

    expect(textsIn(await say("HELP"))).toEqual([]);
  });

  test("does not come days later out of the blue", async () => {
    const now = fakeClock();
    const store = openSqlite(":memory:");
    for (const text of ["START", "HELP"])
      await store.recordInbound(textFrom({ text, to: SHORT_CODE, receivedAt: now() }));
    now.pass(3 * DAY);
    const sender = fakeSender(now);
    const talk = talkWith(fakeBot(), { store, sender, now });

    await talk.start();
    await eventually(async () => expect(await store.openTurns()).toEqual([]));
    await talk.close();

    expect(sender.asked).toEqual([]);
    expect((await store.latestConsent(ADA, SHORT_CODE))?.records).toBe("opted in");
  });
});

test("what a keyword says of consent is recorded where it gets no answer any more", async () => {
  const { say, store } = atShortCode();
  for (let count = 0; count < 5; count += 1) await say("HELP");

  const answer = await say("STOP");

  expect(textsIn(answer)).toEqual([]);
  expect(await store.isOptedOut(ADA, SHORT_CODE)).toBe(true);
});

test("one goodbye is given to who says STOP twenty times at once", async () => {
  const { say } = atShortCode({});

  const answers = await Promise.all(Array.from({ length: 20 }, () => say("STOP")));

  expect(answers.flatMap(textsIn)).toHaveLength(1);
});

describe("a repeat after STOP", () => {
  test("does not get the bot's answer again", async () => {
    const { receive, say } = atShortCode();
    const message = textFrom({ to: SHORT_CODE });
    await receive(message);
    await say("STOP");

    const again = await receive(message);

    expect(textsIn(again)).toEqual([]);
  });

  test("gets the goodbye again", async () => {
    const { receive } = atShortCode();
    const message = textFrom({ text: "STOP", to: SHORT_CODE });
    const first = await receive(message);

    const again = await receive(message);

    expect(textsIn(again)).toEqual(textsIn(first));
    expect(textsIn(again)).toHaveLength(1);
  });
});

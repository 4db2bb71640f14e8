import { describe, expect, test } from "bun:test";
import type { Bot } from "../../src/bots/bot.ts";
import { gatherTexts, joinTexts } from "../../src/conversation/gather.ts";
import type { InboundMessage } from "../../src/message.ts";
import { fakeBot } from "../fakes/bot.ts";
import { talkWith, textsIn } from "../fakes/conversation.ts";
import { textFrom } from "../fakes/message.ts";

/** Texts at these times, in milliseconds. */
function textsAt(...times: readonly number[]): InboundMessage[] {
  return times.map((receivedAt) => textFrom({ receivedAt, text: String(receivedAt) }));
}

const PART = "x".repeat(153);

function cutText(): InboundMessage {
  return textFrom({ text: PART, receivedAt: 0 });
}

function isAlone({ text }: InboundMessage): boolean {
  return text === "MORE";
}

describe("gatherTexts()", () => {
  test.each<[string, InboundMessage[], { now: number; count: number; waitMs: number }]>([
    ["waits for another text", textsAt(0), { now: 10, count: 1, waitMs: 90 }],
    ["has waited long enough", textsAt(0), { now: 100, count: 1, waitMs: 0 }],
    ["waits on after each one", textsAt(0, 80), { now: 100, count: 2, waitMs: 80 }],
    ["leaves a later one", textsAt(0, 80, 400), { now: 450, count: 2, waitMs: 0 }],
    ["does not wait for a clock set back", textsAt(5000), { now: 100, count: 1, waitMs: 0 }],
    ["waits for the rest of a cut text", [cutText()], { now: 10, count: 1, waitMs: 990 }],
  ])("%s", (_, messages, { now, ...expected }) => {
    const gathered = gatherTexts(messages, { gatherMs: 100, isAlone, now });

    expect(gathered).toEqual(expected);
  });

  test("gathers nothing where it is switched off", () => {
    const gathered = gatherTexts(textsAt(0, 0, 0), { gatherMs: 0, isAlone, now: 0 });

    expect(gathered).toEqual({ count: 1, waitMs: 0 });
  });

  test("keeps texts to two numbers of ours apart", () => {
    const [first, second] = [
      textFrom({ receivedAt: 0 }),
      textFrom({ receivedAt: 1, to: "+15550008888" }),
    ];

    const gathered = gatherTexts([first, second], { gatherMs: 100, isAlone, now: 2 });

    expect(gathered).toEqual({ count: 1, waitMs: 0 });
  });

  test.each([
    [["MORE"], 1],
    [["MORE", "MORE"], 1],
    [["hello", "MORE"], 1],
    [["hello", "you", "MORE"], 2],
  ])("keeps a command apart: %p", (texts, count) => {
    const messages = texts.map((text) => textFrom({ text, receivedAt: 0 }));

    const gathered = gatherTexts(messages, { gatherMs: 100, isAlone, now: 0 });

    expect(gathered).toEqual({ count, waitMs: 0 });
  });

  test("ends a burst that does not end by itself", () => {
    const gathered = gatherTexts(textsAt(...Array(50).fill(0)), { gatherMs: 100, isAlone, now: 0 });

    expect(gathered).toEqual({ count: 20, waitMs: 0 });
  });
});

describe("joinTexts()", () => {
  test.each([
    [["hello", "how are you?"], "hello\nhow are you?"],
    [[PART, "the rest"], `${PART}the rest`],
    [["é".repeat(67), "suite"], `${"é".repeat(67)}suite`],
    [["a".repeat(67), "next"], `${"a".repeat(67)}\nnext`],
    [["", "look at this"], "look at this"],
  ])("joins %p", ([first = "", second = ""], expected) => {
    const joined = joinTexts([textFrom({ text: first }), textFrom({ text: second })]);

    expect(joined.text).toBe(expected);
  });

  test("keeps the pictures of all", () => {
    const media = [{ url: "https://api.twilio.com/1", contentType: "image/png" }];

    const joined = joinTexts([textFrom({ media }), textFrom({ text: "look" })]);

    expect(joined.media).toEqual(media);
  });
});

describe("receive()", () => {
  test("makes one turn of texts that come together, and gives its one reply to the last", async () => {
    const bot = fakeBot(({ message }) => `re: ${message.text}`);
    const { receive, close } = talkWith(bot, { settings: { GATHER_MS: 50 }, now: Date.now });
    const burst = ["my name", "is Ada", "who am I?"].map((text) =>
      textFrom({ text, receivedAt: Date.now() }),
    );

    const answers = await Promise.all(burst.map(receive));
    const again = await Promise.all(burst.map(receive));

    expect(answers.map(textsIn)).toEqual([[], [], ["re: my name\nis Ada\nwho am I?"]]);
    expect(again.map(textsIn)).toEqual(answers.map(textsIn));
    expect(bot.asked).toHaveLength(1);
    await close();
  });

  test("gives portion after portion to who asks twice for MORE at once", async () => {
    const texts = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
    const bot: Bot = {
      ...fakeBot(),
      reply: async () => ({ text: texts.join(" "), texts, remember: new Map() }),
    };
    const { receive, close } = talkWith(bot, { settings: { GATHER_MS: 50 }, now: Date.now });
    await receive(textFrom({ text: "Count", receivedAt: Date.now() }));
    const twice = ["MORE", "MORE"].map((text) => textFrom({ text, receivedAt: Date.now() }));

    const answers = await Promise.all(twice.map(receive));

    expect(answers.map((answer) => textsIn(answer)[0])).toEqual(["4", "7"]);
    await close();
  });
});

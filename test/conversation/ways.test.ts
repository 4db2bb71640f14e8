import { afterEach, describe, expect, test } from "bun:test";
import { openSqlite } from "../../src/store/sqlite.ts";
import { fakeBot } from "../fakes/bot.ts";
import { fakeClock } from "../fakes/clock.ts";
import { type TalkOptions, talkWith, textsIn } from "../fakes/conversation.ts";
import { eventually } from "../fakes/eventually.ts";
import { fakeSender } from "../fakes/memory-sender.ts";
import { textFrom } from "../fakes/message.ts";

const ADA = "+15550001111";

describe("a reply", () => {
  const open: (() => Promise<void>)[] = [];

  afterEach(async () => {
    for (const close of open.splice(0)) await close();
  });

  function talk(bot: ReturnType<typeof fakeBot>, options: TalkOptions = {}) {
    const talking = talkWith(bot, options);
    open.push(talking.close);
    return talking;
  }

  test("goes back to the webhook when the bot is in time", async () => {
    const sender = fakeSender();
    const { receive } = talk(fakeBot(), { sender });

    const answer = await receive(textFrom());

    expect(textsIn(answer)).toEqual(["text 1"]);
    expect(sender.asked).toEqual([]);
  });

  test("goes by the API when the bot is late, and the webhook gets nothing", async () => {
    const sender = fakeSender();
    const { receive } = talk(slowBot(30), { sender, settings: { ANSWER_WITHIN_MS: 10 } });

    const answer = await receive(textFrom());

    expect(textsIn(answer)).toEqual([]);
    await eventually(() => expect(bodies(sender)).toEqual(["re: hello"]));
  });

  test("goes exactly one way when the bot answers at the moment of the deadline", async () => {
    const sender = fakeSender();
    const { receive, idle } = talk(slowBot(10), { sender, settings: { ANSWER_WITHIN_MS: 10 } });
    const texts = Array.from({ length: 200 }, (_, index) =>
      textFrom({ from: `+1555000${1000 + index}`, text: `text ${index}` }),
    );

    const answers = await Promise.all(texts.map(receive));
    await idle();

    const inline = answers.flatMap(textsIn);
    await eventually(() => expect(inline.length + sender.asked.length).toBe(200));
    expect(new Set([...inline, ...bodies(sender)]).size).toBe(200);
  });

  test("is kept for the person's next text when it is late and nothing can be sent", async () => {
    const { receive, idle, lines, health } = talk(slowBot(30), {
      settings: { ANSWER_WITHIN_MS: 10 },
    });

    const answer = await receive(textFrom());
    await idle();

    expect(textsIn(answer)).toEqual([]);
    expect((await health()).outbox).toEqual({ kept: 1 });
    expect(JSON.stringify(lines)).toContain("Set TWILIO_ACCOUNT_SID");
  });

  test("that was kept is given with the next text, in front of its own reply", async () => {
    const store = openSqlite(":memory:");
    const late = talk(slowBot(30), { store, settings: { ANSWER_WITHIN_MS: 10 } });
    await late.receive(textFrom());
    await late.idle();
    const { receive } = talk(fakeBot(), { store });

    const answer = await receive(textFrom({ text: "again" }));
    const later = await receive(textFrom({ text: "once more" }));

    expect(textsIn(answer)).toEqual(["re: hello", "text 2"]);
    expect(textsIn(later)).toEqual(["text 3"]);
  });

  test("goes by the API always where REPLY_BY says so", async () => {
    const sender = fakeSender();
    const { receive } = talk(fakeBot(), { sender, settings: { REPLY_BY: "rest" } });

    const answer = await receive(textFrom());

    expect(textsIn(answer)).toEqual([]);
    await eventually(() => expect(bodies(sender)).toEqual(["text 1"]));
  });

  test("never goes by the API where REPLY_BY says so", async () => {
    const sender = fakeSender();
    const settings = { REPLY_BY: "twiml", ANSWER_WITHIN_MS: 10 } as const;
    const { receive, idle } = talk(slowBot(30), { sender, settings });

    const answer = await receive(textFrom());
    await idle();

    expect(textsIn(answer)).toEqual([]);
    expect(sender.asked).toEqual([]);
  });

  test("does not overtake one that is on its way by the API", async () => {
    const sender = fakeSender();
    const { promise: sent, resolve: release } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const send = sender.send;
    sender.send = async (text, signal) => {
      begin();
      await sent;
      return send(text, signal);
    };
    const bot = fakeBot(async ({ message: { text } }) => {
      if (text === "slow") await Bun.sleep(30);
      return `re: ${text}`;
    });
    const { receive, idle } = talk(bot, { sender, settings: { ANSWER_WITHIN_MS: 10 } });
    await receive(textFrom({ text: "slow" }));
    await Promise.all([idle(), begun]);

    const answer = await receive(textFrom({ text: "quick" }));
    release();

    expect(textsIn(answer)).toEqual([]);
    await eventually(() => expect(bodies(sender)).toEqual(["re: slow", "re: quick"]));
  });

  test("that waits to be sent again goes along with the next text instead", async () => {
    const sender = fakeSender();
    sender.mishaps.push({ action: "retry", words: "too many", retryAfterMs: 60_000 });
    const bot = slowBot(30, (text) => text === "slow");
    const { receive, idle } = talk(bot, { sender, settings: { ANSWER_WITHIN_MS: 10 } });
    await receive(textFrom({ text: "slow" }));
    await idle();
    await eventually(() => expect(sender.asked).toHaveLength(1));
    await Bun.sleep(5);

    const answer = await receive(textFrom({ text: "quick" }));

    expect(textsIn(answer)).toEqual(["re: slow", "re: quick"]);
    expect(sender.list).toEqual([]);
  });

  test("of which nothing is heard where callbacks come is given with the next text", async () => {
    const now = fakeClock();
    const { receive, hearOf, wake } = talk(fakeBot(), { isHeardOf: true, now });
    const heard = await receive(textFrom({ from: "+15550002222" }));
    await hearOf(heard.texts[0]?.id ?? 0, { sid: "SM1", status: "sent" });
    await receive(textFrom());
    now.pass(1000);
    wake();
    await Bun.sleep(20);

    const answer = await receive(textFrom());

    expect(textsIn(answer)).toEqual(["text 1", "text 2"]);
  });

  test("is given to a repeat again as long as nothing was heard of it", async () => {
    const { receive, hearOf } = talk(fakeBot(), { isHeardOf: true });
    const message = textFrom();
    const first = await receive(message);

    const again = await receive(message);
    await hearOf(first.texts[0]?.id ?? 0, { sid: "SM1", status: "queued" });
    const late = await receive(message);

    expect(again).toEqual({ ...first, outcome: expect.anything() });
    expect(late.texts).toEqual([]);
  });

  test("that went by the API is not given to a repeat", async () => {
    const sender = fakeSender();
    const { receive, idle } = talk(slowBot(30), { sender, settings: { ANSWER_WITHIN_MS: 10 } });
    const message = textFrom({ from: ADA });

    const answers = await Promise.all([receive(message), receive(message)]);
    await idle();
    const late = await receive(message);

    expect([...answers, late].flatMap(textsIn)).toEqual([]);
    await eventually(() => expect(bodies(sender)).toEqual(["re: hello"]));
  });
});

function slowBot(ms: number, isSlow = (_text: string) => true) {
  return fakeBot(async ({ message: { text } }) => {
    if (isSlow(text)) await Bun.sleep(ms);
    return `re: ${text}`;
  });
}

function bodies({ asked }: ReturnType<typeof fakeSender>): readonly string[] {
  return asked.map(({ text }) => text);
}

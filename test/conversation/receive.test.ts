import { describe, expect, test } from "bun:test";
import type { Bot } from "../../src/bots/bot.ts";
import { BotError } from "../../src/errors.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { fakeBot } from "../fakes/bot.ts";
import { talkWith, textsIn } from "../fakes/conversation.ts";
import { textFrom } from "../fakes/message.ts";

describe("receive()", () => {
  test("answers a text with what the bot says", async () => {
    const { receive } = talkWith(fakeBot(({ message }) => `You said ${message.text}`));

    const answer = await receive(textFrom({ text: "hello" }));

    expect(textsIn(answer)).toEqual(["You said hello"]);
  });

  test("asks the bot once for the same text twenty times at once", async () => {
    const bot = fakeBot(async () => {
      await Bun.sleep(5);
      return "hello";
    });
    const { receive } = talkWith(bot);
    const message = textFrom();

    const answers = await Promise.all(Array.from({ length: 20 }, () => receive(message)));

    expect(bot.asked).toHaveLength(1);
    expect(answers.map(textsIn)).toEqual(Array(20).fill(["hello"]));
  });

  test("gives the same text later the same answer, without the bot", async () => {
    const bot = fakeBot();
    const { receive } = talkWith(bot);
    const message = textFrom();
    const first = await receive(message);
    await receive(textFrom());

    const again = await receive(message);

    expect(textsIn(again)).toEqual(textsIn(first));
    expect(bot.asked).toHaveLength(2);
  });

  test("gives the same text the same answer after a restart, without the bot", async () => {
    const store = openSqlite(":memory:");
    const message = textFrom();
    await talkWith(fakeBot(), { store }).receive(message);
    const bot = fakeBot();

    const again = await talkWith(bot, { store }).receive(message);

    expect(textsIn(again)).toEqual(["text 1"]);
    expect(bot.asked).toEqual([]);
  });

  test("takes up a turn that was begun and never ended", async () => {
    const store = openSqlite(":memory:");
    const message = textFrom();
    await store.recordInbound(message);

    const answer = await talkWith(fakeBot(), { store }).receive(message);

    expect(textsIn(answer)).toEqual(["text 1"]);
  });

  test("answers one person's texts in order, each knowing the ones before", async () => {
    const bot = fakeBot(async ({ message }, memory) => {
      await Bun.sleep(message.text === "first" ? 10 : 0);
      return `${message.text} after ${memory.get("count") ?? 0}`;
    });
    const { receive } = talkWith(bot);

    const answers = await Promise.all(
      ["first", "second", "third"].map((text) => receive(textFrom({ text }))),
    );

    expect(answers.flatMap(textsIn)).toEqual(["first after 0", "second after 1", "third after 2"]);
  });

  test("does not let people wait for each other", async () => {
    const { promise: stuck, resolve: release } = Promise.withResolvers<string>();
    const bot = fakeBot(({ message }) => (message.text === "slow" ? stuck : "fast"));
    const { receive } = talkWith(bot);
    const slow = receive(textFrom({ text: "slow" }));

    const other = await receive(textFrom({ from: "+15550002222", text: "hello" }));

    expect(textsIn(other)).toEqual(["fast"]);
    release("slow");
    await slow;
  });

  test.each(["stop please", "yes", "help me", "Don't stop", "stop."])(
    "%p is talk",
    async (text) => {
      const bot = fakeBot();
      const { receive } = talkWith(bot);

      await receive(textFrom({ text }));

      expect(bot.asked).toEqual([text]);
    },
  );

  test("passes over a picture without words", async () => {
    const bot = fakeBot();
    const { receive } = talkWith(bot);

    const answer = await receive(textFrom({ text: " \n" }));

    expect(answer.outcome?.kind).toBe("silence");
    expect(bot.asked).toEqual([]);
  });

  test("says nothing when the bot says nothing, and remembers all the same", async () => {
    const { receive } = talkWith(fakeBot((_, memory) => (memory.size > 0 ? "again" : " ")));

    const first = await receive(textFrom());
    const second = await receive(textFrom());

    expect(first.outcome).toMatchObject({ kind: "silence", reason: "the bot said nothing" });
    expect(textsIn(second)).toEqual(["again"]);
  });

  test("sends the messages that the bot wants apart, three at once", async () => {
    const texts = Array.from({ length: 12 }, (_, index) => `text ${index}`);
    const bot: Bot = {
      ...fakeBot(),
      reply: async () => ({ text: texts.join("\n"), texts, remember: new Map() }),
    };
    const { receive } = talkWith(bot);

    const answer = await receive(textFrom());

    expect(textsIn(answer)).toEqual(["text 0", "text 1", "text 2\n(Text MORE for the rest)"]);
  });

  test("sends what holds a form feed as one message", async () => {
    const { receive } = talkWith(fakeBot(({ message }) => message.text));

    const answer = await receive(textFrom({ text: "one\ftwo" }));

    expect(textsIn(answer)).toEqual(["onetwo"]);
  });

  test("says nothing but hands on what the bot says to machines", async () => {
    const oob = ["<oob><dial>5</dial></oob>"];
    const bot: Bot = {
      ...fakeBot(),
      reply: async () => ({ text: "", texts: [], oob, remember: new Map() }),
    };
    const { receive } = talkWith(bot);

    const answer = await receive(textFrom());

    expect(answer.outcome).toMatchObject({ kind: "silence", oob });
  });

  test("answers with the fallback when the bot fails, and logs why but not what was said", async () => {
    const failing = fakeBot(() => {
      throw new BotError("Cannot ask the bot", { code: "unreachable", hint: "Is it up?" });
    });
    const { receive, lines } = talkWith(failing);

    const answer = await receive(textFrom({ text: "my secret" }));

    expect(textsIn(answer)).toEqual(["Sorry"]);
    const logged = JSON.stringify(lines);
    expect(logged).toContain('"code":"unreachable"');
    expect(logged).toContain('"hint":"Is it up?"');
    expect(logged).not.toContain("my secret");
    expect(logged).not.toContain("5550001111");
  });

  test("keeps what a person's memory was when the bot fails", async () => {
    let isBroken = false;
    const bot = fakeBot((_, memory) => {
      if (isBroken) throw new Error("no");
      return `text ${Number(memory.get("count") ?? 0) + 1}`;
    });
    const { receive } = talkWith(bot);
    await receive(textFrom());
    isBroken = true;
    await receive(textFrom());
    isBroken = false;

    const answer = await receive(textFrom());

    expect(textsIn(answer)).toEqual(["text 2"]);
  });

  test("is silent when the bot fails and the fallback is empty", async () => {
    const failing = fakeBot(() => Promise.reject(new Error("no")));
    const { receive } = talkWith(failing, { settings: { FALLBACK_REPLY: "" } });

    const answer = await receive(textFrom());

    expect(textsIn(answer)).toEqual([]);
  });

  test("does not wait for a bot that never answers, nor for one that ignores its signal", async () => {
    const deaf: Bot = { ...fakeBot(), reply: () => new Promise(() => {}) };
    const { receive, lines } = talkWith(deaf, { settings: { BOT_TIMEOUT_MS: 10 } });

    const answer = await receive(textFrom());

    expect(answer.outcome).toMatchObject({ kind: "fallback", reason: "timeout", texts: ["Sorry"] });
    expect(JSON.stringify(lines)).toContain("expected a reply within 10 ms");
  });

  test("tells the bot's signal when its time is over", async () => {
    const { promise: told, resolve } = Promise.withResolvers<void>();
    const listening: Bot = {
      ...fakeBot(),
      reply: (_turn, _memory, signal) =>
        new Promise(() => signal.addEventListener("abort", () => resolve())),
    };
    const { receive } = talkWith(listening, { settings: { BOT_TIMEOUT_MS: 10 } });

    await receive(textFrom());

    await expect(told).resolves.toBeUndefined();
  });

  test("tells the caller when the store fails, instead of answering what it cannot keep", async () => {
    const store = openSqlite(":memory:");
    const { receive } = talkWith(fakeBot(), { store });
    store.endTurn = () => Promise.reject(new Error("disk full"));

    await expect(receive(textFrom())).rejects.toThrow("disk full");
  });

  test("does not ask the bot each minute about a turn whose answer cannot be kept", async () => {
    const store = openSqlite(":memory:");
    const bot = fakeBot();
    const talk = talkWith(bot, { store });
    store.endTurn = () => Promise.reject(new Error("no such person"));
    await expect(talk.receive(textFrom())).rejects.toThrow("no such person");

    await talk.start();
    await talk.idle();

    expect(bot.asked).toHaveLength(1);
    await talk.close();
  });
});

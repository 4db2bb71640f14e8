import { describe, expect, test } from "bun:test";
import type { Bot } from "../../src/bots/bot.ts";
import { terminal } from "../../src/channels/terminal.ts";
import { createLanes } from "../../src/conversation/lanes.ts";
import { createReceive } from "../../src/conversation/receive.ts";
import { createSteps } from "../../src/conversation/steps.ts";
import { BotError } from "../../src/errors.ts";
import { textsOf } from "../../src/message.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { type FakeBot, fakeBot } from "../fakes/bot.ts";
import { recordLog } from "../fakes/log.ts";
import { textFrom } from "../fakes/message.ts";

describe("receive()", () => {
  test("answers a text with what the bot says", async () => {
    const { receive } = conversation(fakeBot(({ message }) => `You said ${message.text}`));

    const outcome = await receive(textFrom({ text: "hello" }));

    expect(textsOf(outcome)).toEqual(["You said hello"]);
  });

  test("asks the bot once for the same text twenty times at once", async () => {
    const bot = fakeBot(async () => {
      await Bun.sleep(5);
      return "hello";
    });
    const { receive } = conversation(bot);
    const message = textFrom();

    const outcomes = await Promise.all(Array.from({ length: 20 }, () => receive(message)));

    expect(bot.asked).toHaveLength(1);
    expect(outcomes.map(textsOf)).toEqual(Array(20).fill(["hello"]));
  });

  test("gives the same text later the same answer, without the bot", async () => {
    const bot = fakeBot();
    const { receive } = conversation(bot);
    const message = textFrom();
    const first = await receive(message);
    await receive(textFrom());

    const again = await receive(message);

    expect(textsOf(again)).toEqual(textsOf(first));
    expect(bot.asked).toHaveLength(2);
  });

  test("gives the same text the same answer after a restart, without the bot", async () => {
    const store = openSqlite(":memory:");
    const message = textFrom();
    await conversation(fakeBot(), { store }).receive(message);
    const bot = fakeBot();

    const again = await conversation(bot, { store }).receive(message);

    expect(textsOf(again)).toEqual(["text 1"]);
    expect(bot.asked).toEqual([]);
  });

  test("takes up a turn that was begun and never ended", async () => {
    const store = openSqlite(":memory:");
    const message = textFrom();
    await store.recordInbound(message);

    const outcome = await conversation(fakeBot(), { store }).receive(message);

    expect(textsOf(outcome)).toEqual(["text 1"]);
  });

  test("answers one person's texts in order, each knowing the ones before", async () => {
    const bot = fakeBot(async ({ message }, memory) => {
      await Bun.sleep(message.text === "first" ? 10 : 0);
      return `${message.text} after ${memory.get("count") ?? 0}`;
    });
    const { receive } = conversation(bot);

    const outcomes = await Promise.all(
      ["first", "second", "third"].map((text) => receive(textFrom({ text }))),
    );

    expect(outcomes.flatMap(textsOf)).toEqual(["first after 0", "second after 1", "third after 2"]);
  });

  test("does not let people wait for each other", async () => {
    const { promise: stuck, resolve: release } = Promise.withResolvers<string>();
    const bot = fakeBot(({ message }) => (message.text === "slow" ? stuck : "fast"));
    const { receive } = conversation(bot);
    const slow = receive(textFrom({ text: "slow" }));

    const other = await receive(textFrom({ from: "+15550002222", text: "hello" }));

    expect(textsOf(other)).toEqual(["fast"]);
    release("slow");
    await slow;
  });

  test.each(["STOP", "stop", " Unsubscribe ", "START", "UNSTOP", "HELP", "info", "OptOut"])(
    "leaves %p to the carrier",
    async (text) => {
      const bot = fakeBot();
      const { receive } = conversation(bot);

      const outcome = await receive(textFrom({ text }));

      expect(outcome.kind).toBe("silence");
      expect(bot.asked).toEqual([]);
    },
  );

  test.each(["stop please", "yes", "help me", "Don't stop", "stop."])(
    "%p is talk",
    async (text) => {
      const bot = fakeBot();
      const { receive } = conversation(bot);

      await receive(textFrom({ text }));

      expect(bot.asked).toEqual([text]);
    },
  );

  test("passes over a picture without words", async () => {
    const bot = fakeBot();
    const { receive } = conversation(bot);

    const outcome = await receive(textFrom({ text: " \n" }));

    expect(outcome.kind).toBe("silence");
    expect(bot.asked).toEqual([]);
  });

  test("says nothing when the bot says nothing, and remembers all the same", async () => {
    const { receive } = conversation(fakeBot((_, memory) => (memory.size > 0 ? "again" : " ")));

    const first = await receive(textFrom());
    const second = await receive(textFrom());

    expect(first).toMatchObject({ kind: "silence", reason: "the bot said nothing" });
    expect(textsOf(second)).toEqual(["again"]);
  });

  test("sends the messages that the bot wants apart, no more than a phone may get", async () => {
    const texts = Array.from({ length: 12 }, (_, index) => `text ${index}`);
    const bot: Bot = {
      ...fakeBot(),
      reply: async () => ({ text: texts.join("\n"), texts, remember: new Map() }),
    };
    const { receive } = conversation(bot);

    const outcome = await receive(textFrom());

    expect(textsOf(outcome)).toEqual([...texts.slice(0, 9), "text 9..."]);
  });

  test("sends what holds a form feed as one message", async () => {
    const { receive } = conversation(fakeBot(({ message }) => message.text));

    const outcome = await receive(textFrom({ text: "one\ftwo" }));

    expect(textsOf(outcome)).toEqual(["onetwo"]);
  });

  test("says nothing but hands on what the bot says to machines", async () => {
    const oob = ["<oob><dial>5</dial></oob>"];
    const bot: Bot = {
      ...fakeBot(),
      reply: async () => ({ text: "", texts: [], oob, remember: new Map() }),
    };
    const { receive } = conversation(bot);

    const outcome = await receive(textFrom());

    expect(outcome).toMatchObject({ kind: "silence", oob });
  });

  test("answers with the fallback when the bot fails, and logs why but not what was said", async () => {
    const failing = fakeBot(() => {
      throw new BotError("Cannot ask the bot", { code: "unreachable", hint: "Is it up?" });
    });
    const { receive, lines } = conversation(failing);

    const outcome = await receive(textFrom({ text: "my secret" }));

    expect(textsOf(outcome)).toEqual(["Sorry"]);
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
    const { receive } = conversation(bot);
    await receive(textFrom());
    isBroken = true;
    await receive(textFrom());
    isBroken = false;

    const outcome = await receive(textFrom());

    expect(textsOf(outcome)).toEqual(["text 2"]);
  });

  test("is silent when the bot fails and the fallback is empty", async () => {
    const failing = fakeBot(() => Promise.reject(new Error("no")));
    const { receive } = conversation(failing, { fallbackReply: "" });

    const outcome = await receive(textFrom());

    expect(textsOf(outcome)).toEqual([]);
  });

  test("does not wait for a bot that never answers, nor for one that ignores its signal", async () => {
    const deaf: Bot = { ...fakeBot(), reply: () => new Promise(() => {}) };
    const { receive, lines } = conversation(deaf, { botTimeoutMs: 10 });

    const outcome = await receive(textFrom());

    expect(outcome).toMatchObject({ kind: "fallback", reason: "timeout", texts: ["Sorry"] });
    expect(JSON.stringify(lines)).toContain("expected a reply within 10 ms");
  });

  test("tells the bot's signal when its time is over", async () => {
    const { promise: told, resolve } = Promise.withResolvers<void>();
    const listening: Bot = {
      ...fakeBot(),
      reply: (_turn, _memory, signal) =>
        new Promise(() => signal.addEventListener("abort", () => resolve())),
    };
    const { receive } = conversation(listening, { botTimeoutMs: 10 });

    await receive(textFrom());

    await expect(told).resolves.toBeUndefined();
  });

  test("tells the caller when the store fails, instead of answering what it cannot keep", async () => {
    const store = openSqlite(":memory:");
    const { receive } = conversation(fakeBot(), { store });
    store.recordOutcome = () => Promise.reject(new Error("disk full"));

    await expect(receive(textFrom())).rejects.toThrow("disk full");
  });
});

function conversation(
  bot: Bot | FakeBot,
  { store = openSqlite(":memory:"), fallbackReply = "Sorry", botTimeoutMs = 1000 } = {},
) {
  const { log, lines } = recordLog();
  const steps = createSteps({ bot, channel: terminal, store, log, fallbackReply, botTimeoutMs });
  const receive = createReceive({ store, lanes: createLanes(), steps, botName: bot.name, log });
  return { receive, lines };
}

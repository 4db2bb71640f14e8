import { describe, expect, test } from "bun:test";
import { type Errand, type OtherBot, openInquiries } from "../../../src/bots/sraix/inquiries.ts";
import { BotError } from "../../../src/errors.ts";
import { never } from "../../fakes/failure.ts";
import { recordLog } from "../../fakes/log.ts";
import { turnOf } from "../../fakes/person.ts";

type Answer = (errand: Errand) => string | Promise<string>;

/** Bots by name, and the talk with them behind one message. */
function open(
  bots: Readonly<Record<string, Answer>>,
  { signal = never(), timeoutMs = 2_000 } = {},
) {
  const { log, lines } = recordLog();
  const memory = new Map([
    ["p:name", "Ada"],
    ["x:b:seen", "1"],
    ["x:bob:seen", "9"],
  ]);
  const shared = new Map([
    ["x:b:l: HI", "hey"],
    ["l: HI", "mine"],
  ]);
  const find = (name: string) => bots[name] && toBot(bots[name]);
  const inquiries = openInquiries(
    { find, log, timeoutMs },
    { turn: turnOf("hello"), memories: { own: memory, shared }, signal },
  );
  return { ...inquiries, lines };
}

/** Answers, and counts in its memory how often it was asked. */
function toBot(answer: Answer): OtherBot {
  return {
    name: "fake",
    async reply(errand) {
      const seen = String(Number(errand.memories.own.get("seen") ?? 0) + 1);
      return { text: await answer(errand), remember: new Map([["seen", seen]]) };
    },
  };
}

const echo: Answer = ({ turn, memories }) => `${turn.message.text} ${[...memories.own].join(" ")}`;

describe("openInquiries()", () => {
  test("hands over the text, the person and the memory kept under the bot's name", async () => {
    const errands: Errand[] = [];
    const { ask } = open({
      b(errand) {
        errands.push(errand);
        return "ok";
      },
    });

    await ask({ bot: "b", text: "how are you" });

    expect(errands[0]?.turn.message).toMatchObject({ text: "how are you", from: "+15550001111" });
    expect(errands[0]?.memories).toEqual({
      own: new Map([["seen", "1"]]),
      shared: new Map([["l: HI", "hey"]]),
    });
  });

  test("wants remembered what each bot wants, and reads it back within the message", async () => {
    const { ask, remember } = open({ b: echo, c: echo });

    const answers = [
      await ask({ bot: "b", text: "one" }),
      await ask({ bot: "c", text: "two" }),
      await ask({ bot: "b", text: "three" }),
    ];

    expect(answers).toEqual(["one seen,1", "two ", "three seen,2"]);
    expect(remember).toEqual(
      new Map([
        ["x:b:seen", "3"],
        ["x:c:seen", "1"],
      ]),
    );
  });

  test("has a bot forget what it wants forgotten", async () => {
    const forgetful = {
      name: "fake",
      reply: async ({ memories: { own, shared } }: Errand) => ({
        text: `${own.size} ${shared.size}`,
        remember: new Map([["seen", null]]),
        rememberForAll: new Map([["taught", null]]),
      }),
    };
    const own = new Map([["x:b:seen", "1"]]);
    const shared = new Map([["x:b:taught", "1"]]);
    const { ask, remember, rememberForAll } = openInquiries(
      { find: () => forgetful, log: recordLog().log },
      { turn: turnOf("hello"), memories: { own, shared }, signal: never() },
    );

    const answers = [await ask({ bot: "b", text: "x" }), await ask({ bot: "b", text: "x" })];

    expect(answers).toEqual(["1 1", "0 0"]);
    expect(remember).toEqual(new Map([["x:b:seen", null]]));
    expect(rememberForAll).toEqual(new Map([["x:b:taught", null]]));
  });

  test.each(["b", " b ", "user/b", "../../b"])("means the bot b by %p", async (bot) => {
    const { ask } = open({ b: () => "here" });

    expect(await ask({ bot, text: "x" })).toBe("here");
  });

  test("answers nothing, and logs nothing, for a name that nobody has", async () => {
    const { ask, lines } = open({});

    expect(await ask({ bot: "my secret", text: "x" })).toBeUndefined();
    expect(lines).toEqual([]);
  });

  test("asks no bot that waits for an answer itself", async () => {
    const { ask } = open({
      b: async ({ ask }) => `b(${await ask({ bot: "c", text: "x" })})`,
      c: async ({ ask }) => `c(${await ask({ bot: "b", text: "x" })})`,
    });

    expect(await ask({ bot: "b", text: "x" })).toBe("b(c(undefined))");
    expect(await ask({ bot: "c", text: "x" })).toBe("c(b(undefined))");
  });

  test("asks five bots for one message, those included that others ask", async () => {
    const { ask } = open({
      b: async ({ ask }) => `b${await ask({ bot: "c", text: "x" })}`,
      c: () => "c",
    });
    const inquiry = { bot: "b", text: "x" };

    const answers = [
      await ask(inquiry),
      await ask(inquiry),
      await ask(inquiry),
      await ask(inquiry),
    ];

    expect(answers).toEqual(["bc", "bc", "bundefined", undefined]);
  });

  test("has one effort for all that are asked", async () => {
    const { ask, effort } = open({
      b: async ({ effort, ask }) => {
        effort.spentMs += 1;
        return (await ask({ bot: "c", text: "x" })) ?? "";
      },
      c({ effort }) {
        effort.spentMs += 10;
        return String(effort.spentMs);
      },
    });

    const answers = [await ask({ bot: "b", text: "x" }), await ask({ bot: "c", text: "x" })];

    expect(answers).toEqual(["11", "21"]);
    expect(effort.spentMs).toBe(21);
  });

  test("loses patience with all of them together after half of the time there is, and says so", async () => {
    const { ask, lines } = open(
      {
        slow: ({ signal }) =>
          new Promise((_, reject) => {
            signal.addEventListener("abort", () => reject(signal.reason));
          }),
        b: echo,
      },
      { timeoutMs: 41 },
    );

    const answers = [await ask({ bot: "slow", text: "x" }), await ask({ bot: "b", text: "x" })];

    expect(answers).toEqual([undefined, undefined]);
    expect(lines).toEqual([
      expect.objectContaining({ event: "sraix.failed", code: "TimeoutError" }),
      expect.objectContaining({ event: "sraix.failed", code: "TimeoutError" }),
    ]);
  });

  test("rejects with the turn's own reason once that is over", async () => {
    const controller = new AbortController();
    const reason = new Error("too late");
    const { ask, lines } = open(
      {
        b() {
          controller.abort(reason);
          throw new Error("cut off");
        },
      },
      { signal: controller.signal },
    );

    await expect(ask({ bot: "b", text: "x" })).rejects.toBe(reason);
    expect(lines).toEqual([]);
  });

  test.each([
    [
      "why one of ours failed",
      new BotError("Cannot ask it", { code: "wrong-key", hint: "Check the key" }),
      { code: "wrong-key", cause: "Cannot ask it", hint: "Check the key" },
    ],
    ["no words of another error", new TypeError("my secret is no name"), { code: "TypeError" }],
  ])("logs %s", async (_, error, fields) => {
    const { ask, lines } = open({ b: () => Promise.reject(error) });

    const answer = await ask({ bot: "b", text: "my secret" });

    expect(answer).toBeUndefined();
    expect(lines).toEqual([
      expect.objectContaining({ level: "warn", event: "sraix.failed", bot: "fake", ...fields }),
    ]);
    expect(JSON.stringify(lines)).not.toContain("secret");
  });
});

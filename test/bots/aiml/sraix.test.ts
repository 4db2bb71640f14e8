import { describe, expect, test } from "bun:test";
import type { Interpreter } from "../../../src/bots/aiml/interpreter.ts";
import type { Inquiry } from "../../../src/bots/aiml/sraix.ts";
import type { Step } from "../../../src/bots/aiml/trace.ts";
import { category, createBot, NOON } from "./talk.ts";

type Others = (inquiry: Inquiry) => string | undefined;

const echo: Others = ({ bot, text }) => `${bot} says ${text}`;
const nobody: Others = () => undefined;

/** Someone who talks with a bot that may ask others, what they answer and what they were asked. */
function createAsker(bot: Interpreter, others: Others) {
  const memory = new Map<string, string>();
  const asked: Inquiry[] = [];
  const ask = async (text: string) => {
    const ask = async (inquiry: Inquiry) => {
      asked.push(inquiry);
      return others(inquiry);
    };
    const question = { text, personId: "ada", memory };
    const answer = await bot.answerAsking(question, { ask, effort: { spentMs: 0 } });
    for (const [key, value] of answer.remember) memory.set(key, value ?? "");
    return answer;
  };
  return { memory, asked, ask, say: async (text: string) => (await ask(text)).text };
}

/** A clock that goes on by so many milliseconds whenever it is looked at. */
function createClock(step: number): () => number {
  let time = 0;
  return () => {
    time += step;
    return time;
  };
}

describe("sraix", () => {
  test.each([
    ["an attribute", `<sraix bot="user/b">tell <star/></sraix>`, "user/b"],
    ["a child element", "<sraix><bot>b<star/></bot>tell <star/></sraix>", "bme"],
    ["an older one", `<sraix botid="f5d9">tell <star/></sraix>`, "f5d9"],
    ["one among others", `<sraix bot="b" botid="c">tell <star/></sraix>`, "b"],
  ])("asks the bot named by %s", async (_, template, bot) => {
    const ada = createAsker(createBot({ aiml: category("ASK *", template) }), echo);

    const answer = await ada.say("ask me");

    expect(answer).toBe(`${bot} says tell me`);
    expect(ada.asked).toEqual([{ bot, text: "tell me" }]);
  });

  test("asks with its text alone, whatever hosts, keys and hints there are", async () => {
    const attributes = ["host", "server", "service", "apikey", "hint", "limit", "default"]
      .map((name) => `<${name}>x</${name}>`)
      .join("");
    const aiml = category("ASK", `<sraix bot="b">${attributes} how <b>are</b>\n you </sraix>`);
    const ada = createAsker(createBot({ aiml }), echo);

    await ada.say("ask");

    expect(ada.asked).toEqual([{ bot: "b", text: "how are you" }]);
  });

  test("is traced once, though the turn is run again for every answer", async () => {
    const bot = createBot({ aiml: category("ASK", `<sraix bot="b">x</sraix>`) });
    const steps: string[] = [];
    const trace = ({ kind, text }: Step) => void steps.push(`${kind} ${text}`);

    await bot.answerAsking(
      { text: "ask", personId: "ada", memory: new Map(), trace },
      { effort: { spentMs: 0 }, ask: async () => "x" },
    );

    expect(steps).toEqual(["input ask", "match ASK", "sraix b: x"]);
  });

  test.each([
    ["nobody answers", nobody, "offline"],
    ["the answer is empty", () => " \n", "offline"],
  ])("leads to SRAIXFAILED when %s", async (_, others, wanted) => {
    const aiml = category("ASK", `<sraix bot="b">x</sraix>`) + category("SRAIXFAILED", "offline");
    const ada = createAsker(createBot({ aiml }), others);

    expect(await ada.say("ask")).toBe(wanted);
  });

  test.each([
    ["an attribute", `<sraix bot="b" default="no one">x</sraix>`],
    ["a child element", `<sraix bot="b">x<default>no <star/></default></sraix>`],
  ])("says its default, %s, when nobody answers", async (_, template) => {
    const aiml = category("ASK *", template) + category("SRAIXFAILED", "offline");
    const ada = createAsker(createBot({ aiml }), nobody);

    expect(await ada.say("ask one")).toBe("no one");
  });

  test("asks nobody where it names none", async () => {
    const aiml = category("ASK", `<sraix service="pannous" default="no one">x</sraix>`);
    const ada = createAsker(createBot({ aiml }), echo);

    expect(await ada.say("ask")).toBe("no one");
    expect(ada.asked).toEqual([]);
  });

  test.each([
    ["1", "One."],
    ["2", "One. Two?!"],
    ["3", "One. Two?! One"],
    ["9", "One. Two?! One"],
    ["0", "One. Two?! One"],
    ["few", "One. Two?! One"],
  ])("leaves %s sentences of the answer", async (limit, wanted) => {
    const aiml = category("ASK", `<sraix bot="b" limit="${limit}">x</sraix>`);
    const ada = createAsker(createBot({ aiml }), () => "One.  Two?! One");

    expect(await ada.say("ask")).toBe(wanted);
  });

  test("takes the answer for text, never for markup", async () => {
    const aiml = category("ASK", `<sraix bot="b">x</sraix>`);
    const ada = createAsker(createBot({ aiml }), () => "a\uFDD0oob\uFDD1 <srai>b</srai>\n&amp; c");

    const { raw, text } = await ada.ask("ask");

    expect(raw).toBe("aoob <srai>b</srai> &amp; c");
    expect(text).toBe(raw);
  });
});

describe("answerAsking()", () => {
  test("asks one after the other, those inside first", async () => {
    const aiml =
      category("ASK", `<sraix bot="a"><sraix bot="b">1</sraix></sraix>, <srai>MORE</srai>`) +
      category("MORE", `<sraix bot="c">2</sraix>`);
    const ada = createAsker(createBot({ aiml }), echo);

    const answer = await ada.say("ask");

    expect(answer).toBe("a says b says 1, c says 2");
    expect(ada.asked.map(({ bot }) => bot)).toEqual(["b", "a", "c"]);
  });

  test("draws each lot once", async () => {
    let drawn = 0;
    const random = () => (drawn++ % 3) / 3;
    const lots = "<random><li>a</li><li>b</li><li>c</li></random>";
    const aiml = category("ASK", `${lots} <sraix bot="b">${lots}</sraix> ${lots}`);
    const ada = createAsker(createBot({ aiml, random }), echo);

    const answer = await ada.say("ask");

    expect(answer).toBe("a b says b c");
    expect(drawn).toBe(3);
  });

  test("has the same time before and after", async () => {
    let time = NOON;
    const date = `<date format="%H:%M:%S"/>`;
    const aiml = category("ASK", `${date} <sraix bot="b">${date}</sraix>`);
    const ada = createAsker(createBot({ aiml, now: () => time }), (inquiry) => {
      time += 60_000;
      return echo(inquiry);
    });

    expect(await ada.say("ask")).toBe("12:05:09 b says 12:05:09");
  });

  test("does once what stands before the question", async () => {
    const more = `<set name="n"><map name="successor"><get name="n"/></map></set>`;
    const aiml =
      category("BEGIN", `<set name="n">0</set>`) +
      category("ASK", `${more} <sraix bot="b">x</sraix> <get name="n"/>`);
    const ada = createAsker(createBot({ aiml }), echo);
    await ada.say("begin");

    expect(await ada.say("ask")).toBe("1 b says x 1");
    expect(ada.memory.get("p:n")).toBe("1");
    expect(ada.memory.get("turns")).toBe("2");
  });

  test("learns once what is taught before the question", async () => {
    const learn = `<learn><category><pattern>HI <eval><star/></eval></pattern><template>Hello</template></category></learn>`;
    const aiml = category("TEACH *", `${learn}<sraix bot="b">x</sraix> <size/>`);
    const ada = createAsker(createBot({ aiml }), echo);

    const answers = [
      await ada.say("teach ben"),
      await ada.say("teach cy"),
      await ada.say("hi ben"),
    ];

    expect(answers).toEqual(["b says x 2", "b says x 3", "Hello"]);
    expect([...ada.memory.keys()].filter((key) => key.startsWith("l:"))).toHaveLength(2);
  });

  test("learns nothing of what follows a question that is not answered yet", async () => {
    const learn = `<learn><category><pattern>SAY</pattern><template><eval><sraix bot="b">x</sraix></eval></template></category></learn>`;
    const aiml = category("TEACH", `${learn}ok`);
    const ada = createAsker(createBot({ aiml }), echo);

    await ada.say("teach");

    expect(JSON.stringify([...ada.memory])).toContain("b says x");
    expect(await ada.say("say")).toBe("b says x");
  });

  test("asks no more than five times, the failed ones counted", async () => {
    const aiml = category("ASK", `<sraix bot="b" default="-"><star/></sraix>`.repeat(8));
    const answers = ["+", undefined, "+", undefined, "+"];
    const ada = createAsker(createBot({ aiml }), () => answers.shift());

    expect(await ada.say("ask")).toBe("+-+-+---");
    expect(ada.asked).toHaveLength(5);
  });

  test("ends where the failure of one question is the next", async () => {
    const again = `<sraix bot="b">x</sraix>`;
    const aiml = category("ASK", again) + category("SRAIXFAILED", again) + category("OK", "fine");
    const ada = createAsker(createBot({ aiml }), nobody);

    const answer = await ada.ask("ask");

    expect(answer).toMatchObject({ text: "I have no answer for that.", limit: "depth" });
    expect(ada.asked).toHaveLength(5);
    expect(await ada.say("ok")).toBe("fine");
  });

  test("asks nobody once a limit has ended the turn", async () => {
    const long = "x".repeat(10_001);
    const aiml = category("ASK", `<set name="n">${long}</set><sraix bot="b">x</sraix>`);
    const ada = createAsker(createBot({ aiml }), echo);

    expect(await ada.ask("ask")).toMatchObject({ limit: "predicates" });
    expect(ada.asked).toEqual([]);
  });

  test("has one time limit for all runs of a turn", async () => {
    const now = createClock(300);
    const aiml = category("ASK", `<sraix bot="b">x</sraix>`.repeat(5));
    const ada = createAsker(createBot({ aiml, now }), echo);

    expect(await ada.ask("ask")).toMatchObject({ limit: "time" });
  });

  test("counts what the text has cost before it, and what it costs itself", async () => {
    const now = createClock(100);
    const bot = createBot({ aiml: category("HI", "Hello"), now });
    const question = { text: "hi", personId: "ada", memory: new Map() };
    const others = { effort: { spentMs: 700 }, ask: async () => "x" };

    const { limit } = await bot.answerAsking(question, others);

    expect(limit).toBe("time");
    expect(others.effort.spentMs).toBeGreaterThan(800);
  });

  test("waits for others as long as it takes them", async () => {
    let time = 0;
    const aiml = category("ASK", `<sraix bot="b">x</sraix> `.repeat(3));
    const ada = createAsker(createBot({ aiml, now: () => time }), () => {
      time += 5_000;
      return "late";
    });

    expect(await ada.ask("ask")).toMatchObject({ text: "late late late", limit: undefined });
  });

  test.each([
    ["input", "word ".repeat(2_001), echo],
    ["output", "x", () => "word ".repeat(20_000)],
  ])("ends the turn by the limit %s where a text is too long", async (limit, text, others) => {
    const aiml = category("ASK", `<sraix bot="b">${text}</sraix>`) + category("OK", "fine");
    const ada = createAsker(createBot({ aiml }), others);

    expect(await ada.ask("ask")).toMatchObject({ text: "I have no answer for that.", limit });
    expect(await ada.say("ok")).toBe("fine");
  });

  test("does not take an answer for that to another question", async () => {
    const aiml = category("ASK", `<sraix bot="b"><get name="it"/></sraix>`);
    const ada = createAsker(createBot({ aiml }), ({ text }) => {
      ada.memory.set("p:it", "two");
      return `about ${text}`;
    });
    ada.memory.set("p:it", "one");

    expect(await ada.say("ask")).toBe("about two");
    expect(ada.asked.map(({ text }) => text)).toEqual(["one", "two"]);
  });

  test("fails with what the asking failed with", async () => {
    const reason = new Error("too late");
    const ada = createAsker(createBot({ aiml: category("ASK", `<sraix bot="b"/>`) }), () => {
      throw reason;
    });

    await expect(ada.say("ask")).rejects.toBe(reason);
  });
});

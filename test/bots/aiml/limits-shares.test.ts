import { describe, expect, test } from "bun:test";
import { category, createBot, createTalker } from "./talk.ts";

const DEFAULT = "I have no answer for that.";
const OK = category("OK", "fine");
const TEACH = category(
  "TEACH *",
  "<learn><category><pattern>X<eval><star/></eval></pattern><template>1</template></category></learn>ok",
);

describe("answer() gives the default answer and goes on working when", () => {
  test("a person has too many predicates", () => {
    const bot = createBot({
      aiml: `${category("KEEP *", `<set><name><star/></name>1</set>`)}${OK}`,
    });
    const ada = createTalker();
    for (let at = 0; at < 1_000; at++) ada.say(bot, `keep p${at}`);

    const answer = ada.ask(bot, "keep one more");

    expect(answer).toMatchObject({ text: DEFAULT, limit: "predicates" });
    expect(ada.say(bot, "keep p7")).toBe("1");
  });

  test("a person taught too much", () => {
    const learn = `<learn><category><pattern>X<eval><star/></eval></pattern><template>1</template></category></learn>ok`;
    const bot = createBot({ aiml: category("TEACH *", learn) + category("*", "none") });
    const ada = createTalker();
    for (let at = 0; at < 1_000; at++) ada.say(bot, `teach ${at}`);

    const answer = ada.ask(bot, "teach one more");

    expect(answer).toMatchObject({ text: DEFAULT, limit: "learned" });
    expect(ada.say(bot, "x 999")).toBe("1");
    expect(ada.say(bot, "x one more")).toBe("none");
  });

  test("everybody taught too much", () => {
    const bot = createBot({ aiml: TEACH.replaceAll("learn>", "learnf>") });
    for (let at = 0; at < 2_000; at++) createTalker(`${at % 7}`).say(bot, `teach ${at}`);

    const answer = createTalker().ask(bot, "teach one more");

    expect(answer).toMatchObject({ text: DEFAULT, limit: "learned-for-all" });
    expect([...answer.rememberForAll]).toEqual([]);
    expect(createTalker().say(bot, "x 1999")).toBe("1");
    expect(createTalker().say(bot, "x one more")).toBe(DEFAULT);
  });

  test("everybody taught more than the bot's max-learn-file-size", () => {
    const files = { "bot.properties": [["max-learn-file-size", "70"]] };
    const bot = createBot({ aiml: TEACH.replaceAll("learn>", "learnf>"), files });
    const ada = createTalker();

    const limits = ["teach a", "teach b", "teach c", "teach a"].map(
      (text) => ada.ask(bot, text).limit,
    );

    expect(limits).toEqual([undefined, undefined, "learned-for-all", undefined]);
  });

  test.each(["learn", "learnf"])("%s is given a pattern of too many words", (element) => {
    const bot = createBot({ aiml: TEACH.replaceAll("learn>", `${element}>`) + OK });
    const ada = createTalker();

    const answer = ada.ask(bot, `teach ${"a ".repeat(500)}`);

    expect(answer).toMatchObject({ text: DEFAULT, limit: "learned" });
    expect(ada.say(bot, "ok")).toBe("fine");
  });

  test.each(["learn", "learnf"])("%s is given a template that is too long", (element) => {
    const long = TEACH.replace(">1<", `>${"x".repeat(10_000)}<`);
    const bot = createBot({ aiml: long.replaceAll("learn>", `${element}>`) + OK });
    const ada = createTalker();

    const answer = ada.ask(bot, "teach it");

    expect(answer).toMatchObject({ text: DEFAULT, limit: "learned" });
    expect(ada.say(bot, "ok")).toBe("fine");
  });

  test("all that is kept of a person is too much", () => {
    const long = "x".repeat(9_000);
    const bot = createBot({
      aiml:
        category("KEEP *", `<think><set><name><star/></name>${long}</set></think>ok`) +
        category("DROP *", `<think><set><name><star/></name></set></think>ok`) +
        category("READ *", `<get><name><star/></name></get>`) +
        TEACH.replace(">1<", `>${long}<`) +
        category("*", "none"),
    });
    const ada = createTalker();
    for (let at = 0; at < 60; at++) ada.say(bot, `teach ${at}`);
    for (let at = 0; at < 50; at++) ada.say(bot, `keep p${at}`);

    const limits = ["teach more", "keep more", "drop p1", "keep more"].map(
      (text) => ada.ask(bot, text).limit,
    );

    expect(limits).toEqual(["memory", "memory", undefined, undefined]);
    expect([ada.say(bot, "read more"), ada.say(bot, "x 59")]).toEqual([long, long]);
    expect(ada.say(bot, "x more")).toBe("none");
  });

  test("a person has much to be remembered, none of it grows without end", () => {
    const bot = createBot({ aiml: category("GO", `<b>${"word ".repeat(12_000)}</b>`) });
    const ada = createTalker();
    for (let at = 0; at < 40; at++) ada.say(bot, "go");

    const characters = [...ada.memory].reduce((sum, entry) => sum + entry.join("").length, 0);

    expect(characters).toBeLessThan(600_000);
  });
});

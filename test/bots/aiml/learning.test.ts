import { describe, expect, test } from "bun:test";
import { category, createBot, createTalker } from "./talk.ts";

const teach = (pattern: string, template: string) =>
  `<learn><category><pattern>${pattern}</pattern><template>${template}</template></category></learn>ok`;

const aiml =
  category(
    "WHEN I SAY * YOU SAY *",
    teach(`<eval><star/></eval>`, `<eval><star index="2"/></eval>`),
  ) +
  category("TEACH ECHO", teach("ECHO *", `<star/> <eval>by <input/></eval>`)) +
  category("TEACH ALL", teach("*", "mine")) +
  category("TEACH RAW *", teach("RAW", "<eval><input/></eval>")) +
  category("TEACH WILD", teach("<eval>WILD</eval> *", "<eval><b>wild</b></eval> <star/>")) +
  category("ADD *", `<think><set name="all"><get name="all"/><li><star/></li></set></think>ok`) +
  category("TEACH DRAW", teach("DRAW", `<random><eval><get name="all"/></eval></random>`)) +
  category("HELLO", "Hello!") +
  category("*", "none");

describe("learn()", () => {
  test("makes the bot answer what it was taught", () => {
    const bot = createBot({ aiml });
    const ada = createTalker();
    ada.say(bot, "When I say good moaning you say Good Morning");

    expect(ada.say(bot, "Good moaning!")).toBe("Good Morning");
  });

  test("evaluates only what is marked, and only once", () => {
    const bot = createBot({ aiml });
    const ada = createTalker();
    ada.say(bot, "teach echo");

    expect(ada.say(bot, "echo hello there")).toBe("hello there by teach echo");
  });

  test("is for the person who taught alone", () => {
    const bot = createBot({ aiml });
    createTalker("ada").say(bot, "when I say knock you say who");

    expect(createTalker("ben").say(bot, "knock")).toBe("none");
  });

  test("lasts in the memory, also for an interpreter that was just made", () => {
    const ada = createTalker();
    ada.say(createBot({ aiml }), "when I say knock you say who");

    expect(ada.say(createBot({ aiml }), "knock")).toBe("who");
  });

  test("replaces what was taught for the same words, in the memory too", () => {
    const bot = createBot({ aiml });
    const ada = createTalker();
    ada.say(bot, "when I say knock you say who");
    ada.say(bot, "when I say Knock you say go away");

    expect(ada.say(bot, "knock")).toBe("go away");
    expect([...ada.memory.keys()].filter((key) => key.startsWith("l:"))).toEqual(["l: KNOCK"]);
  });

  test("keeps the order of precedence: a learned * hides no word of the bot's", () => {
    const bot = createBot({ aiml });
    const ada = createTalker();
    ada.say(bot, "teach all");

    expect(ada.say(bot, "hello")).toBe("Hello!");
    expect(ada.say(bot, "anything")).toBe("mine");
  });

  test("takes what a person typed as text", () => {
    const bot = createBot({ aiml });
    const ada = createTalker();
    ada.say(bot, "teach raw <srai>hello</srai>");

    expect(ada.say(bot, "raw")).toBe("teach raw <srai>hello</srai>");
  });

  test("takes elements that a template gathered for elements", () => {
    const bot = createBot({ aiml, random: () => 0.99 });
    const ada = createTalker();
    ada.say(bot, "add one");
    ada.say(bot, "add two <b>&amp;");
    ada.say(bot, "teach draw");

    expect(ada.say(bot, "draw")).toBe("two b amp");
  });

  test("keeps markup that the template itself put there", () => {
    const bot = createBot({ aiml });
    const ada = createTalker();
    ada.say(bot, "teach wild");

    expect(ada.say(bot, "wild thing")).toBe("wild thing");
  });

  test("forgets what the memory does not hold, although it was compiled", () => {
    const bot = createBot({ aiml });
    const ada = createTalker();
    bot.answer({ text: "when I say knock you say who", personId: "ada", memory: ada.memory });

    expect(ada.say(bot, "knock")).toBe("none");
  });

  test("lasts however many words others teach meanwhile", () => {
    const bot = createBot({ aiml });
    const ada = createTalker();
    ada.say(bot, "when I say knock knock you say who");
    for (let at = 0; at < 300; at++) {
      const words = Array.from({ length: 390 }, (_, word) => `w${at}x${word}`).join(" ");
      createTalker(`${at}`).say(bot, `when I say ${words} you say that`);
    }

    expect(ada.say(bot, "knock knock")).toBe("who");
  });
});

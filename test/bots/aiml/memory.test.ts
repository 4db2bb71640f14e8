import { describe, expect, test } from "bun:test";
import { category, createBot, createTalker } from "./talk.ts";

const aiml =
  category("I AM *", `<think><set name="name"><star/></set></think>Hi`) +
  category("WHO", `<get name="name"/>`) +
  category("KEEP * *", `<think><set><name><star/></name><star index="2"/></set></think>ok`) +
  category("READ *", `<get><name><star/></name></get>`) +
  category("FIRST", `<request index="32"/> <request index="33"/>`) +
  category("*", "none");

describe("answer().remember", () => {
  test("holds only what is different now", () => {
    const bot = createBot({ aiml });
    const ada = createTalker();
    ada.say(bot, "I am Ada");

    const { remember } = ada.ask(bot, "I am Ada");

    expect([...remember]).toEqual([
      ["h:1", '["I am Ada","Hi"]'],
      ["turns", "2"],
    ]);
  });

  test("leaves the memory handed in as it was", () => {
    const bot = createBot({ aiml });
    const memory = new Map([["p:name", "Ben"]]);

    const { remember } = bot.answer({ text: "I am Ada", personId: "ada", memory });

    expect([...memory]).toEqual([["p:name", "Ben"]]);
    expect(remember.get("p:name")).toBe("Ada");
  });

  test("does not grow with the turns: 32 are kept", () => {
    const bot = createBot({ aiml });
    const ada = createTalker();
    for (let turn = 1; turn <= 100; turn++) ada.say(bot, `turn ${turn}`);

    const said = ada.say(bot, "first");

    expect(said).toBe("turn 69 unknown");
    expect(ada.memory.size).toBe(33);
  });

  test.each(["__proto__", "constructor", "toString", "h:0", "turns"])(
    "takes %s for a predicate's name like any other",
    (name) => {
      const bot = createBot({
        aiml: aiml.replaceAll("<name><star/></name>", `<name>${name}</name>`),
      });
      const ada = createTalker();
      const before = ada.say(bot, "read it");
      ada.say(bot, "keep it tea");

      expect([before, ada.say(bot, "read it")]).toEqual(["unknown", "tea"]);
    },
  );
});

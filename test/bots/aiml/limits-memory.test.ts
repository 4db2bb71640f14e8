import { heapStats } from "bun:jsc";
import { describe, expect, test } from "bun:test";
import { category, createBot, createTalker } from "./talk.ts";

const DEFAULT = "I have no answer for that.";

const learn = `<learn><category><pattern>X <eval><star/></eval></pattern><template>1</template></category></learn>`;

const note = "<addtriple><subj>ada</subj><pred>has</pred><obj><star/></obj></addtriple>";

const offer = "tea milk"
  .split(" ")
  .map((text) => `<button><text>${text}</text><postback>TAKEN</postback></button>`)
  .join("");

const aiml =
  category("KEEP * AS *", `<think><set><name><star index="2"/></name><star/></set></think>ok`) +
  category("READ *", `<get><name><star/></name></get>`) +
  category("TEACH *", `${learn}ok`) +
  category("TEACH AND FAIL *", `${learn}<srai>TEACH AND FAIL</srai><srai>FAIL</srai>`) +
  category("KEEP AND FAIL *", `<set name="tea"><star/></set><srai>FAIL</srai>`) +
  category("NOTE *", `${note}ok`) +
  category("NOTE AND FAIL *", `${note}<srai>FAIL</srai>`) +
  category("WHICH", `<srai>LIST <select><q><subj>ada</subj><obj>?x</obj></q></select></srai>`) +
  category(
    "LIST *",
    `<get var="?x"><tuple><first><star/></first></tuple></get> <srai>LIST <rest><star/></rest></srai>`,
  ) +
  category("LIST NIL", "") +
  category("OFFER", offer) +
  category("OFFER AND FAIL", `${offer}<srai>FAIL</srai>`) +
  category("TAKEN", "ok") +
  category(
    "FORGET AND FAIL",
    "<resetlearn/><deletetriple><subj>ada</subj></deletetriple><srai>FAIL</srai>",
  ) +
  category("FAIL", "<srai>FAIL</srai>") +
  category("*", "none");

const bot = createBot({ aiml });

describe("answer() leaves a turn that met a limit without a trace:", () => {
  test("predicates are as they were", () => {
    const ada = createTalker();
    ada.say(bot, "keep green as tea");

    const answer = ada.ask(bot, "keep and fail black");

    expect(answer).toMatchObject({ text: DEFAULT, limit: "depth" });
    expect([...answer.remember.keys()]).toEqual(["h:1", "turns"]);
    expect(ada.say(bot, "read tea")).toBe("green");
  });

  test("what it learned is forgotten, and learning goes on", () => {
    const ada = createTalker();
    ada.say(bot, "teach first");

    const answer = ada.ask(bot, "teach and fail second");

    expect(answer).toMatchObject({ text: DEFAULT, limit: "depth" });
    expect(ada.say(bot, "x second")).toBe("none");
    expect(ada.say(bot, "teach third")).toBe("ok");
    expect(["first", "third"].map((name) => ada.say(bot, `x ${name}`))).toEqual(["1", "1"]);
  });

  test("what it forgot is known", () => {
    const ada = createTalker();
    for (const text of ["teach first", "note tea"]) ada.say(bot, text);

    const answer = ada.ask(bot, "forget and fail");

    expect(answer).toMatchObject({ text: DEFAULT, limit: "depth" });
    expect(["x first", "which"].map((text) => ada.say(bot, text))).toEqual(["1", "tea"]);
  });

  test("what it learned for everybody is forgotten, and learning goes on", () => {
    const all = createBot({ aiml: aiml.replaceAll("learn>", "learnf>") });
    const [ada, ben] = [createTalker("ada"), createTalker("ben")];
    ada.say(all, "teach first");

    const answer = ada.ask(all, "teach and fail second");

    expect([...answer.rememberForAll]).toEqual([]);
    expect([ada, ben].map((person) => person.say(all, "x second"))).toEqual(["none", "none"]);
    expect(ben.say(all, "teach third")).toBe("ok");
    expect(["first", "third"].map((name) => ada.say(all, `x ${name}`))).toEqual(["1", "1"]);
  });

  test("triples are as they were", () => {
    const ada = createTalker();
    ada.say(bot, "note tea");

    const answer = ada.ask(bot, "note and fail coffee");

    expect(answer).toMatchObject({ text: DEFAULT, limit: "depth" });
    expect(ada.say(bot, "which")).toBe("tea");
    expect(["note milk", "which"].map((text) => ada.say(bot, text))).toEqual(["ok", "tea milk"]);
  });

  test("nothing is offered", () => {
    const ada = createTalker();

    ada.say(bot, "offer and fail");

    expect(ada.say(bot, "2")).toBe("none");
    expect(ada.say(bot, "offer")).toBe("1. tea\n2. milk");
    expect(ada.say(bot, "2")).toBe("ok");
  });
});

describe("answer() keeps a person's memory small:", () => {
  test("what is refused leaves nothing behind", () => {
    const ada = createTalker();
    for (let at = 0; at < 1_000; at++) ada.say(bot, `teach ${at}`);
    const refuse = (at: number) => {
      const words = Array.from({ length: 900 }, (_, word) => `w${at}x${word}`);
      return ada.ask(bot, `teach ${words.join(" ")}`).limit;
    };
    const limits = new Set([refuse(0), refuse(1)]);
    const before = heapInUse();

    for (let at = 2; at < 60; at++) limits.add(refuse(at));

    expect([...limits]).toEqual(["learned"]);
    expect(heapInUse() - before).toBeLessThan(2 * 1024 * 1024);
  });
});

describe("answer() goes on where a memory is damaged:", () => {
  test.each([
    ["the last exchange is no JSON", { turns: "1", "h:0": "{" }],
    ["the last exchange is no pair", { turns: "1", "h:0": "{}" }],
    ["the last exchange is null", { turns: "1", "h:0": "null" }],
    ["the last exchange is nested", { turns: "1", "h:0": "[".repeat(1_000_000) }],
    ["the last answer is all fences", { turns: "1", "h:0": `["a","${"\uFDD0".repeat(60_000)}"]` }],
    ["the last answer is a book", { turns: "1", "h:0": `["a","${"word ".repeat(100_000)}"]` }],
    ["turns are endless", { turns: "Infinity" }],
    ["turns are negative", { turns: "-7" }],
    ["turns are no number", { turns: "seven" }],
    ["learned categories are said to be millions", { learned: "100000000" }],
    ["a learned category is missing", { learned: "2" }],
    ["a learned category is no JSON", { learned: "1", "l:0": "[" }],
    ["a learned category has no parts", { learned: "1", "l:0": "[[]]" }],
    [
      "a learned category has wrong nodes",
      { learned: "1", "l:0": '[["X *"],[],[],[{"name":"b"}]]' },
    ],
    ["a learned category is nested", { learned: "1", "l:0": nested(101) }],
    ["a learned category is nested without end", { learned: "1", "l:0": nested(20_000) }],
    ["what was learned is called something else", { lessons: "?", "l: X IT": "[" }],
    ["the last options are no JSON", { o: "[[" }],
    ["the last options are no list", { o: '{"hello":"x"}' }],
    ["the last options are no pairs", { o: '[null,["hello"],["hello",1],[]]' }],
    ["what it takes is no number", { characters: "much" }],
    ["what it takes is negative", { characters: "-1e9" }],
    ["what it takes is too much", { characters: "1000000000" }],
    ["the topic is a book", { "p:topic": "word ".repeat(100_000) }],
    ["predicates are miscounted", { predicates: "-1", "p:tea": "green" }],
  ])("%s", (_, memory) => {
    const ada = createTalker("ada", new Map<string, string>(Object.entries(memory)));

    const said = [
      ada.say(bot, "hello"),
      ada.say(bot, "teach it"),
      ada.say(bot, "x it"),
      ada.say(bot, "keep green as tea"),
      ada.say(bot, "read tea"),
    ];

    expect(said).toEqual(["none", "ok", "1", "ok", "green"]);
  });

  test("what is whole is still there", () => {
    const ada = createTalker();
    for (const name of ["a", "b", "c"]) ada.say(bot, `teach ${name}`);
    ada.memory.set("l: X B", "{");
    const started = createBot({ aiml });

    const said = ["x a", "x b", "x c", "teach d", "x c", "x d"].map((text) =>
      ada.say(started, text),
    );

    expect(said).toEqual(["1", "none", "1", "ok", "1", "1"]);
  });

  test.each([
    ["is no JSON", { "t:1": "[", triples: "3 x" }],
    ["is no list of texts", { "t:1": '["ada",null,"milk"]', triples: "3 x" }],
    ["has a number that is none", { "t:x": '["a","b","c"]', "t:-": '["a","b","c"]' }],
    ["is no number ahead", { triples: "?" }],
    ["is counted again", { triples: "0 x" }],
  ])("a triple %s", (_, damage) => {
    const ada = createTalker();
    for (const name of ["tea", "milk"]) ada.say(bot, `note ${name}`);
    for (const [key, value] of Object.entries(damage)) ada.memory.set(key, value);
    const started = createBot({ aiml });

    const said = ["note beer", "note water", "which"].map((text) => ada.say(started, text));

    expect(said).toEqual(["ok", "ok", expect.stringMatching(/^tea (milk )?beer water$/)]);
  });

  test("what was learned for everybody is no category", () => {
    const shared = new Map([
      ["l: X IT", "{"],
      ["l: X ALL", '[["X ALL"],[],[],["2"]]'],
    ]);
    const question = { personId: "ada", memory: new Map(), shared };

    const said = ["x it", "x all"].map((text) => bot.answer({ ...question, text }).text);

    expect(said).toEqual(["none", "2"]);
  });
});

function nested(depth: number): string {
  const open = '{"name":"b","attributes":[],"children":[';
  return `[["X *"],[],[],[${open.repeat(depth)}${"]}".repeat(depth)}]]`;
}

function heapInUse(): number {
  Bun.gc(true);
  return heapStats().heapSize;
}

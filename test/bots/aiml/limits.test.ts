import { describe, expect, test } from "bun:test";
import { category, createBot, createTalker } from "./talk.ts";

const DEFAULT = "I have no answer for that.";
const OK = category("OK", "fine");
let number = 0;
const grow = `<set name="x"><get name="x"/><get name="x"/>xxxxxxxx</set>`;

describe("answer() gives the default answer and goes on working when", () => {
  test.each([
    ["srai has no end", "depth", category("GO", "<srai>GO</srai>")],
    [
      "srai doubles",
      "activations",
      category("GO ^", "<think><srai>HALF</srai><srai>HALF</srai></think>") +
        category("HALF", "<srai>LEAF</srai>".repeat(3_000)) +
        category("LEAF", ""),
    ],
    [
      "a loop has no end",
      "loops",
      category("GO", `<condition name="x"><li>a<loop/></li></condition>`),
    ],
    [
      "loops stand in loops",
      "time",
      category(
        "GO",
        `<condition><li><condition><li>a<loop/></li></condition><loop/></li></condition>`,
      ),
    ],
    ["a predicate doubles", "predicates", category("GO", grow.repeat(20))],
    [
      "a variable doubles",
      "output",
      category(
        "GO",
        `<think>${`<set var="x">x<get var="x"/><get var="x"/></set>`.repeat(60)}</think>`,
      ),
    ],
    ["an srai asks a book", "input", category("GO", `<srai>${"word ".repeat(3_000)}</srai>`)],
    [
      "a template learns too much at once",
      "learned",
      category("GO", learnOf(`<eval>${"word ".repeat(1_000)}</eval>`.repeat(1_000))),
    ],
    [
      "a template learns too many at once",
      "learned",
      category(
        "GO",
        learnOf("x")
          .repeat(1_001)
          .replaceAll("LEARNED", () => `L${number++}`),
      ),
    ],
    [
      "a template never comes to its end",
      "time",
      category("GO", "<first>x y</first>".repeat(10_000)),
    ],
    [
      "a condition never comes to its end",
      "time",
      category("GO", `<condition name="x">${`<li value="y">no</li>`.repeat(10_000)}</condition>`),
    ],
    [
      "the text doubles",
      "output",
      category(
        "GO",
        `<think><set var="x">${"x".repeat(500)}</set>${`<set var="x"><get var="x"/><get var="x"/></set>`.repeat(8)}</think><get var="x"/>`,
      ),
    ],
  ] as const)("%s", (_, limit, aiml) => {
    let time = 0;
    const now = () => time++ * 5;
    const bot = createBot({ aiml: aiml + OK, now: limit === "time" ? now : () => 0 });
    const ada = createTalker();

    const answer = ada.ask(bot, "go");

    expect(answer).toMatchObject({ text: DEFAULT, limit });
    expect(ada.say(bot, "ok")).toBe("fine");
  });

  test("a message has too many answers", () => {
    const bot = createBot({ aiml: category("*", "word ".repeat(10_000)) });

    const answer = createTalker().ask(bot, "a. ".repeat(3_000));

    expect(answer).toMatchObject({ text: DEFAULT, limit: "output" });
  });

  test.each([
    [
      "values are longer than their keys",
      [["a", "a".repeat(1_000_000)]],
      "<person><star/></person>",
    ],
    ["substitutions feed each other", [["a", "aa"]], nested("person", "<star/>")],
  ])("%s", (_, substitutions, template) => {
    const files = { "person.substitution": substitutions };
    const bot = createBot({ aiml: category("*", template), files });

    const answer = createTalker().ask(bot, "a".repeat(9_000));

    expect(answer).toMatchObject({ text: DEFAULT, limit: "output" });
  });

  test.each([
    ["wildcards and words", `${"* A ".repeat(300)}NEVER`, 40],
    ["many sets", `${"<set>runs</set> ".repeat(100)}NEVER`, 40],
    ["a set of long members", "* <set>book</set> NEVER", 300],
  ])("the search has too many ways: %s", (_, pattern, times) => {
    const runs = Array.from({ length: 300 }, (_, at) => "a ".repeat(at + 1));
    const patterns = Array.from(
      { length: times },
      (_, at) => `${"A ".repeat(at % 40)}${pattern}${at}`,
    );
    const bot = createBot({
      aiml: patterns.map((each) => category(each, "?")).join("") + OK,
      files: { "runs.set": runs, "book.set": [`${"a ".repeat(4_000)}b`] },
    });
    const ada = createTalker();

    const answer = ada.ask(bot, "a ".repeat(4_900));

    expect(answer).toMatchObject({ text: DEFAULT, limit: "steps" });
    expect(ada.say(bot, "ok")).toBe("fine");
  });

  test("a message is too long", () => {
    const bot = createBot({ aiml: category("*", "read") });

    const answer = createTalker().ask(bot, "word ".repeat(200_000));

    expect(answer).toMatchObject({ text: DEFAULT, limit: "input" });
  });
});

test("answer() allows 500 levels of srai", () => {
  const aiml =
    category("DOWN *", `<srai>DOWN <map name="predecessor"><star/></map></srai>.`) +
    category("DOWN 0", "end");
  const bot = createBot({ aiml });

  const said = createTalker().say(bot, "down 500");

  expect(said).toBe(`end${".".repeat(500)}`);
});

describe("answer() survives templates as deep as the files may have them at every level of srai:", () => {
  test.each([
    "<b>*</b>",
    "<think>*</think>",
    "<first>*</first>",
    "<person>*</person>",
    "<sentence>*</sentence>",
    `<set name="x">*</set>`,
    `<map name="plural">*</map>`,
    "<random><li>*</li></random>",
    "<condition><li>*</li></condition>",
    `<condition><name>x*</name><li value="y"/></condition>`,
    `<condition name="x"><value>y*</value>z</condition>`,
    `<get><name>x*</name></get>`,
    "<date><format>x*</format></date>",
    "<interval><from>x*</from></interval>",
    "<star><index>1*</index></star>",
  ])("%s", (element) => {
    const [start = "", end = ""] = element.split("*");
    const times = Math.floor(96 / (start.match(/<[a-z]/g)?.length ?? 1));
    const deep = `${start.repeat(times)}<srai>GO</srai>${end.repeat(times)}`;
    const bot = createBot({ aiml: category("GO", deep) + OK });
    const ada = createTalker();

    const answer = ada.ask(bot, "go");

    expect(answer).toMatchObject({ text: DEFAULT, limit: "nesting" });
    expect(ada.say(bot, "ok")).toBe("fine");
  });
});

test("answer() finds the longest pattern from the deepest template", () => {
  const deep = `${"<b>".repeat(90)}<srai>GO <star/> X</srai>${"</b>".repeat(90)}`;
  const aiml =
    category("GO *", deep) +
    category(`GO ${"* ".repeat(32)}`, `<srai>${"A ".repeat(4_900)}</srai>`);
  const bot = createBot({
    aiml: aiml + category("A ".repeat(1_000), "?") + category(`A ${"* ".repeat(998)}`, "found"),
  });

  const answer = createTalker().ask(bot, "go x");

  expect(answer).toMatchObject({ text: "found", limit: undefined });
});

function learnOf(template: string): string {
  return `<learn>${category("LEARNED", template)}</learn>`;
}

function nested(name: string, inside: string): string {
  return `<${name}>`.repeat(90) + inside + `</${name}>`.repeat(90);
}

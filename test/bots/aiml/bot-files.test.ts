import { describe, expect, test } from "bun:test";
import { decodeBotFile, isBotFile } from "../../../src/bots/aiml/bot-file.ts";
import { readBotFiles } from "../../../src/bots/aiml/bot-files.ts";
import { category } from "./talk.ts";

const good = { name: "good.aiml", text: `<aiml>${category("HI", "Hello")}</aiml>` };

describe("readBotFiles()", () => {
  test.each([
    ["XML that breaks off", "b.aiml", "<aiml>\n<category>\n</aiml>", 3, 7],
    ["another root", "b.aiml", "<html/>", 1, 1],
    [
      "a category without a pattern",
      "b.aiml",
      "<aiml>\n  <category><template/></category></aiml>",
      2,
      3,
    ],
    ["a category with an empty pattern", "b.aiml", `<aiml>${category(" ", "x")}</aiml>`, 1, 7],
    [
      "a category without a template",
      "b.aiml",
      "<aiml>\n<category><pattern>A</pattern></category></aiml>",
      2,
      1,
    ],
    ["an element that is no category", "b.aiml", "<aiml>\n<pattern>A</pattern></aiml>", 2, 1],
    ["a set that is no JSON", "b.set", "red\nblue", 1, 1],
    ["a set of numbers", "b.set", "[1]", 1, 1],
    ["a map with one of two", "b.map", '[["a"]]', 1, 1],
    ["properties as lines", "b.properties", "name=Ada", 1, 1],
    ["a substitution that is an object", "b.substitution", "{}", 1, 1],
  ] as const)("tells of %s and reads the other files", (...[, name, text, line, column]) => {
    const { categories, problems } = readBotFiles([{ name, text }, good]);

    expect([...categories]).toHaveLength(1);
    expect(problems).toEqual([
      { file: name, line, column, problem: expect.stringMatching(/^Cannot read /) },
    ]);
  });

  test("reads the good categories of a file with a bad one", () => {
    const text = `<aiml>${category("A", "1")}<category/>${category("B", "2")}</aiml>`;

    const { categories, problems } = readBotFiles([{ name: "a.aiml", text }]);

    expect([[...categories].length, problems.length]).toEqual([2, 1]);
  });

  test("goes by file names, whatever folder they are in", () => {
    const named = (name: string) => ({ name, text: good.text });

    const { categories } = readBotFiles([named("z/a.aiml"), named("c.aiml"), named("a/b.aiml")]);

    expect(Array.from(categories, ({ file }) => file)).toEqual(["z/a.aiml", "a/b.aiml", "c.aiml"]);
  });

  test("takes members and pairs in every form that official files have", () => {
    const { sets, maps } = readBotFiles([
      { name: "Colour.SET", text: '\uFEFF["red", ["dark red"], ["sea", "green"]]' },
      { name: "x.map", text: '[["a\\/b", ""]]' },
    ]);

    expect(sets.get("colour")).toEqual(["red", "dark red", "sea green"]);
    expect(maps.get("x")).toEqual([["a/b", ""]]);
  });
});

test.each([
  ["bot.aiml", true],
  ["deep/BOT.AIML", true],
  ["a.set", true],
  ["aiml", false],
  ["readme.md", false],
  ["constructor", false],
])("isBotFile() says of %s: %j", (name, wanted) => {
  expect(isBotFile(name)).toBe(wanted);
});

test.each([
  ["UTF-8", Buffer.from("<aiml>é</aiml>", "utf8")],
  [
    "ISO-8859-1",
    Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><aiml>é</aiml>', "latin1"),
  ],
])("decodeBotFile() reads %s", (_, bytes) => {
  expect(decodeBotFile(bytes)).toContain("<aiml>é</aiml>");
});

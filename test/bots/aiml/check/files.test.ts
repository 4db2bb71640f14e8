import { describe, expect, test } from "bun:test";
import { check, problemsOf } from "./problems.ts";

describe("checkBot() tells of", () => {
  test.each<[what: string, name: string, content: unknown, problems: string[]]>([
    [
      "a set that is no JSON",
      "x.set",
      "red\nblue",
      ['x.set:1:1 bad-json: Cannot read the file: expected a JSON array, found "red"'],
    ],
    [
      "a comma too many",
      "x.set",
      '[["red"],\n ["blue"],\n]',
      ['x.set:3:1 bad-json: Cannot read the file: expected a value, found "]"'],
    ],
    [
      "a list that does not end",
      "x.set",
      '["red"',
      ['x.set:1:7 bad-json: Cannot read the file: expected "," or "]", found the end of the file'],
    ],
    [
      "a text that does not end",
      "x.map",
      '[["a", "b]]',
      ['x.map:1:8 bad-json: Cannot read the file: expected a text that ends with ", found ""b]]"'],
    ],
    [
      "something after the list",
      "x.set",
      "[] x",
      ['x.set:1:4 bad-json: Cannot read the file: expected nothing after the array, found "x"'],
    ],
    [
      "an object",
      "x.properties",
      '{"name": "Ada"}',
      [
        'x.properties:1:1 bad-json: Cannot read the file: expected a JSON array, found "{"name": "Ada"}"',
      ],
    ],
    [
      "bad items",
      "x.map",
      '[["a","b"],\n["c"], 5,\n["d","e"]]',
      [
        'x.map:2:1 bad-item: Cannot read the item: expected texts as in [["France", "Paris"]], found ["c"]',
        'x.map:2:8 bad-item: Cannot read the item: expected texts as in [["France", "Paris"]], found 5',
      ],
    ],
    ["members of any form", "x.set", '["a", ["b"], ["c","d"], ["b"]]', []],
    [
      "a map's key with two values",
      "x.map",
      '[["a","1"],\n["A ","2"],\n["b","3"],["b","3"]]',
      [
        'x.map:2:1 duplicate-key: Cannot use "A ": expected each key once, found it in line 1 too with another value',
      ],
    ],
    [
      "a substitution's key with two values",
      "normal.substitution",
      '[[" a "," b "],\n[" A "," c "]]',
      [
        'normal.substitution:2:1 duplicate-key: Cannot use " A ": expected each key once, found it in line 1 too with another value',
      ],
    ],
    [
      "a substitution without a use",
      "tobe.substitution",
      "[]",
      [
        'tobe.substitution:1:1 ignored-file: Cannot use the file: expected normal, denormal, person, person2, gender, found "tobe"',
      ],
    ],
    [
      "bad XML",
      "b.aiml",
      "<aiml>\n  <category></aiml>",
      ["b.aiml:2:19 bad-xml: Cannot read the file as XML: unexpected close tag"],
    ],
    [
      "a file without a word",
      "b.aiml",
      "",
      ["b.aiml:1:1 bad-xml: Cannot read the file as XML: document must contain a root element"],
    ],
  ])("%s", (...[, name, content, problems]) => {
    expect(problemsOf("", { [name]: content })).toEqual(problems);
  });

  test.each([
    ["no UTF-8", "<aiml>\né", [0xe9, 0x20], "b.aiml:2:2 bad-encoding: "],
    ["UTF-8 at its end", "<aiml/>", [0xff], "b.aiml:1:8 bad-encoding: "],
  ])("a file that is %s", (...[, start, bytes, problem]) => {
    const content = new Uint8Array([...new TextEncoder().encode(start), ...bytes]);

    expect(problemsOf("", { "b.aiml": content })).toContainEqual(expect.stringContaining(problem));
  });

  test("no fault in the encoding that a file declares", () => {
    const start = '<?xml version="1.0" encoding="ISO-8859-1"?><aiml><!-- é --></aiml>';

    expect(problemsOf("", { "b.aiml": new Uint8Array(Buffer.from(start, "latin1")) })).toEqual([]);
  });

  test("no fault in UTF-16 that begins with its mark", () => {
    const content = new Uint8Array(Buffer.from("\uFEFF<aiml/>", "utf16le"));

    expect(problemsOf("", { "b.aiml": content })).toEqual([]);
  });

  test("a text without an end, however long, at once", () => {
    const text = `["${"word ".repeat(100_000)}`;

    expect(problemsOf("", { "x.set": text })).toEqual([
      expect.stringContaining("x.set:1:2 bad-json"),
    ]);
  });

  test("no fault in a text with every escape and control characters that are allowed", () => {
    const text = String.raw`["\\ \/ \b \f \n \r \t \u00e9 \" ${"😀\u0080"}"]`;

    expect(problemsOf("", { "x.set": text })).toEqual([]);
  });

  test("no property that a broken file may have", () => {
    const bot =
      '<aiml><category><pattern>A</pattern><template><bot name="x"/></template></category></aiml>';

    const { findings } = check({ "a.aiml": bot, "b.properties": "x=1" });

    expect(findings.map(({ code }) => code)).toEqual(["bad-json"]);
  });

  test("two files for one set", () => {
    const { findings } = check({ "b/x.set": ["a"], "a/x.set": ["b"] });

    expect(findings.map(({ code, file }) => [code, file])).toEqual([["duplicate-file", "a/x.set"]]);
  });

  test("the first keys of a list that repeats itself, and how many more there are", () => {
    const pairs = Array.from({ length: 30 }, (_, index) => ["a", String(index)]);

    const { findings } = check({ "x.map": pairs });

    expect(findings).toHaveLength(10);
    expect(findings.at(-1)?.message).toContain("(and 19 more like it in this file)");
  });

  test("each ending of files that nobody reads, once", () => {
    const ignored = [
      "b.csv",
      "a.CSV",
      "x.aiml.bak",
      "readme.md",
      "LICENSE",
      "Readme.txt",
      "package.json",
    ];

    const { findings } = check({}, ignored);

    expect(findings.map(({ code, file }) => [code, file])).toEqual([
      ["ignored-file", "a.CSV"],
      ["ignored-file", "x.aiml.bak"],
    ]);
  });
});

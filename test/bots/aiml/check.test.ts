import { describe, expect, test } from "bun:test";
import { check, type Files, problemsOf } from "./check/problems.ts";

describe("checkBot() tells of", () => {
  test.each<[what: string, aiml: string, files: Files, problems: string[]]>([
    [
      "a file of another kind",
      "",
      { "b.aiml": "<html/>" },
      ["b.aiml:1:1 not-aiml: Cannot read the file: expected <aiml>, found <html>"],
    ],
    [
      "what is no category",
      "<pattern>A</pattern><categry/>",
      {},
      [
        "bot.aiml:1:7 left-out: Cannot read <pattern>: expected <category> or <topic> in <aiml>",
        "bot.aiml:1:27 left-out: Cannot read <categry>: expected <category> or <topic> in <aiml>",
      ],
    ],
    [
      "text between categories",
      "x<category>y<pattern>A</pattern><template/></category>",
      {},
      [
        'bot.aiml:1:1 stray-content: Cannot use text in <aiml>: expected elements alone, found "x"',
        'bot.aiml:1:8 stray-content: Cannot use text in <category>: expected elements alone, found "y"',
      ],
    ],
    [
      "a category without its parts",
      "<category/>\n<category><pattern> </pattern><template/></category>",
      {},
      [
        "bot.aiml:1:7 missing-part: Cannot read the category: expected a <pattern>, found none",
        "bot.aiml:1:7 missing-part: Cannot read the category: expected a <template>, found none",
        "bot.aiml:2:1 empty-pattern: Cannot read the category: expected words in <pattern>, found none",
      ],
    ],
    [
      "parts that are there twice",
      "<category><pattern>A</pattern><template/><template/></category>",
      {},
      [
        "bot.aiml:1:48 repeated-part: Cannot use a second <template>: expected one in a category, found the first in line 1",
      ],
    ],
    [
      "parts that are none",
      "<category><pattern>A</pattern><templat/><srai>B</srai><template/></category>",
      {},
      [
        "bot.aiml:1:37 misplaced-element: Cannot use <templat> here: expected <pattern>, <that>, <topic> or <template> in <category>",
        "bot.aiml:1:47 misplaced-element: Cannot use <srai> here: expected <pattern>, <that>, <topic> or <template> in <category>",
      ],
    ],
    [
      "a topic without a name",
      "<topic><category><pattern>A</pattern><template/></category></topic>",
      {},
      ["bot.aiml:1:7 missing-attribute: Cannot read <topic>: expected name, found none"],
    ],
    [
      "wildcards glued to words",
      "<category><pattern>LIKE* C# FOO_BAR ^X *. 你好*</pattern><that>_X</that><template/></category>",
      {},
      [
        'bot.aiml:1:17 glued-wildcard: Cannot use "LIKE*" as a wildcard: expected spaces around it',
        'bot.aiml:1:17 glued-wildcard: Cannot use "^X" as a wildcard: expected spaces around it',
        'bot.aiml:1:62 glued-wildcard: Cannot use "_X" as a wildcard: expected spaces around it',
      ],
    ],
    [
      "elements in patterns",
      "<category><pattern>A <star/> <set/></pattern><template/></category>",
      {},
      [
        "bot.aiml:1:28 misplaced-element: Cannot use <star> in a pattern: expected words, wildcards, <set> or <bot>",
        "bot.aiml:1:36 missing-attribute: Cannot use <set> in a pattern: expected a name, found none",
      ],
    ],
    [
      "a missing set, once",
      "<category><pattern>A <set>x</set></pattern><that><set>X</set></that><template/></category><category><pattern>B <set>number</set></pattern><template/></category>",
      {},
      [
        'bot.aiml:1:28 missing-set: Cannot find the set "x": expected a file x.set, found none (1 more place)',
      ],
    ],
    [
      "a property in a pattern",
      '<category><pattern>A <bot name="x"/></pattern><template/></category>',
      { "b.properties": [["y", "z"]] },
      [
        'bot.aiml:1:28 missing-property: Cannot find the property "x": expected it in a .properties file, found none',
      ],
    ],
    [
      "categories on one path",
      "<category><pattern>A</pattern><template>1</template></category>\n<category><pattern>a</pattern><that>*</that><template>1</template></category>\n<category><pattern>A!</pattern><template>2</template></category>",
      {},
      [
        'bot.aiml:1:7 duplicate-category: Cannot reach "A": expected it once, found it again at bot.aiml:3:1',
        'bot.aiml:2:1 duplicate-category: Cannot reach "a": expected it once, found it again at bot.aiml:3:1',
      ],
    ],
    [
      "no fault in categories on two paths",
      "<category><pattern>A</pattern><template>1</template></category><category><pattern>A</pattern><that>B</that><template>1</template></category>",
      {},
      [],
    ],
    [
      "a category replaced by a later file",
      "<category><pattern>A</pattern><template>1</template></category>",
      {
        "c.aiml": "<aiml>\n<category><pattern>A</pattern><template>2</template></category></aiml>",
      },
      [
        'bot.aiml:1:7 duplicate-category: Cannot reach "A": expected it once, found it again at c.aiml:2:1',
      ],
    ],
    [
      "categories that wildcards take",
      "<category><pattern># HI #</pattern><template/></category><category><pattern>WELL HI</pattern><template/></category><category><pattern>$WELL HI</pattern><template/></category><category><pattern>HI *</pattern><template/></category>",
      {},
      [
        'bot.aiml:1:64 unreachable-category: Cannot reach "WELL HI": expected it to come first for some text, found "$WELL HI" before it at bot.aiml:1:122',
      ],
    ],
    [
      "all that a lone underscore takes",
      "<category><pattern>_</pattern><template/></category><category><pattern>HI *</pattern><template/></category><category><pattern>_ HI</pattern><template/></category>",
      {},
      [
        'bot.aiml:1:59 unreachable-category: Cannot reach "HI *": expected it to come first for some text, found "_" before it at bot.aiml:1:7',
      ],
    ],
    [
      "words that no text has",
      "<category><pattern>WHATS * UP</pattern><template/></category><category><pattern>DON'T</pattern><template/></category>",
      {
        "normal.substitution": [
          [" whats ", " what is "],
          [" don't ", " do not "],
        ],
      },
      [
        'bot.aiml:1:7 unreachable-category: Cannot reach "WHATS * UP": expected words as normal.substitution leaves them, found "WHATS"',
      ],
    ],
    [
      "srais to nothing",
      "<category><pattern>*</pattern><template><srai>FOO  bar</srai></template></category>\n<category><pattern>A</pattern><template><random><li><srai>foo BAR</srai></li></random></template></category>",
      {},
      [
        'bot.aiml:1:47 endless-srai: Cannot come to an end: expected this srai to lead elsewhere, found "FOO BAR" to "FOO BAR"',
        'bot.aiml:1:47 srai-to-nothing: Cannot ask "FOO bar": expected a category for it, found "*" at bot.aiml:1:7 (asked in 2 places)',
      ],
    ],
    [
      "srais to nothing without a catch-all",
      '<category><pattern>A</pattern><template><srai>B. A <bot name="x"/></srai></template></category>',
      { "b.properties": [["x", "C"]] },
      [
        'bot.aiml:1:47 srai-to-nothing: Cannot ask "B. A C": expected a category for it, found none',
      ],
    ],
    [
      "no fault in srais that something may answer",
      '<category><pattern>*</pattern><template><condition name="x" value="y"><srai>A</srai></condition><srai>B</srai><srai>C D</srai><srai>E <star/></srai></template></category><category><pattern>A</pattern><that>X</that><template/></category><category><pattern>* D</pattern><template/></category><category><pattern>L</pattern><template><learn><category><pattern>B</pattern><template/></category></learn></template></category>',
      {},
      [
        'bot.aiml:1:103 endless-srai: Cannot come to an end: expected this srai to lead elsewhere, found "B" to "B"',
      ],
    ],
    [
      "srais in a circle",
      "<category><pattern>A</pattern><template><srai>B</srai></template></category>\n<category><pattern>B</pattern><template><think><srai><uppercase>a</uppercase></srai></think></template></category>",
      {},
      [
        'bot.aiml:1:47 endless-srai: Cannot come to an end: expected this srai to lead elsewhere, found "A" to "B" to "A"',
      ],
    ],
    [
      "an srai of its own words",
      '<category><pattern>HI * <set>number</set></pattern><template><srai>hi <star/> <star index="2"/></srai></template></category>',
      {},
      [
        'bot.aiml:1:68 endless-srai: Cannot come to an end: expected this srai to lead elsewhere, found "HI * 7" to "HI * 7"',
      ],
    ],
    [
      "an srai of its own words in a script without spaces",
      "<category><pattern>你好*</pattern><template><srai>你好<star/></srai></template></category>",
      {},
      [
        'bot.aiml:1:49 endless-srai: Cannot come to an end: expected this srai to lead elsewhere, found "你好*" to "你好*"',
      ],
    ],
    [
      "an sr that comes back",
      "<category><pattern>*</pattern><template><sr/></template></category>",
      {},
      [
        'bot.aiml:1:47 endless-srai: Cannot come to an end: expected this srai to lead elsewhere, found "*" to "*"',
      ],
    ],
    [
      "an srai that grows",
      "<category><pattern>A *</pattern><template><srai>A B <star/></srai></template></category>",
      {},
      [
        'bot.aiml:1:49 endless-srai: Cannot come to an end: expected this srai to lead elsewhere, found "A *" to "A B *"',
      ],
    ],
    [
      "no fault in circles that end",
      '<category><pattern>A</pattern><template><condition name="x" value="y"><srai>A</srai></condition></template></category><category><pattern>B</pattern><template><random><li><srai>B</srai></li><li/></random></template></category><category><pattern>C *</pattern><template><srai>C <rest><star/></rest></srai></template></category><category><pattern>D</pattern><template><think><set name="topic">X</set></think><srai>D</srai></template></category><category><pattern>E *</pattern><template><srai><star/></srai></template></category>',
      {},
      [],
    ],
  ])("%s", (...[, aiml, files, problems]) => {
    expect(problemsOf(aiml, files)).toEqual(problems);
  });
});

test("checkBot() tells all that one broken file and the others have", () => {
  const { findings, counts } = check({
    "b.aiml": "<aiml>\n<category>",
    "a.aiml": "<aiml><category><pattern>A</pattern><template><x/></template></category></aiml>",
    "c.set": "red",
    "d.set": ["red"],
  });

  expect(findings.map(({ severity, file, code }) => [severity, file, code])).toEqual([
    ["warning", "a.aiml", "unknown-element"],
    ["error", "b.aiml", "bad-xml"],
    ["error", "c.set", "bad-json"],
  ]);
  expect(counts).toEqual({ files: 4, categories: 1, sets: 2, maps: 0, substitutions: 0 });
});

test("checkBot() tells what the compiler alone finds", () => {
  const pattern = "A ".repeat(2_000);

  const problems = problemsOf(`<category><pattern>${pattern}</pattern><template/></category>`);

  expect(problems).toEqual([expect.stringContaining("bot.aiml:1:7 left-out: ")]);
});

test("checkBot() comes to an end where srais grow in two directions", () => {
  const grow = (word: string) => `<srai>A ${word} <star/></srai>`;
  const template = `${grow("B")}${grow("C")}`;

  const problems = problemsOf(
    `<category><pattern>A *</pattern><template>${template}</template></category>`,
  );

  expect(problems).toEqual([expect.stringContaining("endless-srai")]);
});

test("checkBot() comes to an end where an srai grows to twice its length", () => {
  const template = "<srai>A <star/> <star/></srai>";

  const problems = problemsOf(
    `<category><pattern>A *</pattern><template>${template}</template></category>`,
  );

  expect(problems).toEqual([expect.stringContaining("endless-srai")]);
});

test("checkBot() lets nothing in a file speak to the terminal", () => {
  const { findings } = check({ "a.set": '["\u001b[2J"] \u001b[2J', "b.aiml": "<aiml/>" });

  expect(findings.map(({ message }) => message).join()).not.toContain("\u001b");
  expect(findings).toHaveLength(1);
});

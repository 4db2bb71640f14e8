import { describe, expect, test } from "bun:test";
import { elementNames } from "../../../../src/bots/aiml/check/elements.ts";
import { tags } from "../../../../src/bots/aiml/tags.ts";
import { category } from "../talk.ts";
import { check, problemsOf } from "./problems.ts";

// The template stands in one line, in a category whose pattern has one wildcard: it begins in column 50.
describe("checkBot() tells of a template with", () => {
  test.each<[what: string, template: string, problems: string[]]>([
    [
      "a misspelt element",
      "<peron/>",
      ["50 unknown-element: Cannot use <peron>: AIML has no such element"],
    ],
    [
      "an element of its own",
      "<my><star/></my>",
      ["50 unknown-element: Cannot use <my>: AIML has no such element"],
    ],
    [
      "an element of AIML 0.9",
      "<get_age/>, <name/>",
      [
        "50 old-element: Cannot use <get_age>: AIML has had no such element since 1.0",
        "62 old-element: Cannot use <name>: AIML has had no such element since 1.0",
      ],
    ],
    [
      "no fault in HTML and in oob",
      '<b>x</b> <a href="u">y</a> <ul><li>z</li></ul> <oob><dial><title>1</title></dial></oob>',
      [],
    ],
    [
      "no fault in rich media",
      "<card><title>a</title><image>b</image><button><text><star/></text><url>c</url></button></card><list><item>d</item></list><split/><reply>e</reply>",
      [],
    ],
    [
      "an item in no list",
      "<li>x</li>",
      [
        "50 loose-element: Cannot use <li> here: expected it in <random>, <condition>, <ul>, <ol>, <list>, <olist>; found it in <template>",
      ],
    ],
    [
      "a loop in no condition",
      "<loop/>",
      [
        "50 misplaced-element: Cannot use <loop> here: expected it in <condition>; found it in <template>",
      ],
    ],
    [
      "an eval in no learn",
      "<eval>x</eval>",
      [
        "50 loose-element: Cannot use <eval> here: expected it in <learn>, <learnf>; found it in <template>",
      ],
    ],
    [
      "a category in it",
      "<category/>",
      [
        "50 misplaced-element: Cannot use <category> in a template: expected it in <aiml>, <topic> or <learn>",
      ],
    ],
    [
      "a template and a pattern in it",
      "<template>x</template><pattern>Y</pattern>",
      [
        "50 loose-element: Cannot use <template> in a template: expected it in <category>",
        "72 misplaced-element: Cannot use <pattern> in a template: expected it in <category>",
      ],
    ],
    [
      "what stands beside the items of a choice",
      "<random>a <think>b</think><li>c</li></random>",
      [
        '50 stray-content: Cannot use text in <random>: expected <li> alone, found "a"',
        "60 stray-content: Cannot use <think> here: expected <li> in <random>",
      ],
    ],
    [
      "an attribute that is not there",
      '<star idx="1"/>',
      ['50 unknown-attribute: Cannot use idx="…" on <star>: expected index'],
    ],
    [
      "no name",
      "<get/><set>x</set><map>x</map><bot/>",
      [
        "50 missing-attribute: Cannot use <get>: expected name or var, found none",
        "56 missing-attribute: Cannot use <set>: expected name or var, found none",
        "68 missing-attribute: Cannot use <map>: expected name, found none",
        "80 missing-attribute: Cannot use <bot>: expected name, found none",
      ],
    ],
    ["a name as an element", "<get><name>x</name></get>", []],
    [
      "an index that is no number",
      '<star index="two"/><that index="1;2"/>',
      [
        '50 bad-index: Cannot read the index of <star>: expected a number from 1, found "two"',
        '69 bad-index: Cannot read the index of <that>: expected one number, or two with a comma, found "1;2"',
      ],
    ],
    ["good indexes", '<star index="1"/><that index="1,2"/><request index="31"/>', []],
    [
      "a choice of nothing",
      "<random/>",
      ["50 empty-choice: Cannot choose: expected an <li> in <random>, found none"],
    ],
    [
      "conditions that never apply",
      '<condition value="x">y</condition><condition name="x"/><condition><li value="x">y</li></condition>',
      [
        "50 dead-condition: Cannot apply <condition>: expected name or var, found a value alone",
        "84 dead-condition: Cannot apply <condition>: expected a value or an <li>, found neither",
        "116 dead-condition: Cannot apply the <li>: expected name or var on it or on its <condition>, found a value alone",
      ],
    ],
    [
      "good conditions",
      '<condition name="a" value="x">y</condition><condition name="a"><li value="x">y</li><li>z</li></condition><condition><li name="a" value="x">y</li><li var="b" value="x">y</li></condition>',
      [],
    ],
    [
      "items that are never reached",
      '<condition name="a"><li value="x">1</li><li value="X">2</li><li>3</li><li value="y">4</li><li>5</li></condition>',
      [
        "90 unreachable-item: Cannot reach the <li>: the one in line 1 comes first and is for the same value",
        "140 unreachable-item: Cannot reach the <li>: the one in line 1 comes first and has no value either",
      ],
    ],
    [
      "stars that no wildcard fills",
      '<star index="2"/><thatstar/><thatstar index="2"/><topicstar/>',
      [
        '50 missing-star: Cannot fill <star index="2"/>: expected 2 wildcards or sets in the pattern, found 1',
        '78 missing-star: Cannot fill <thatstar index="2"/>: expected 2 wildcards or sets in a <that>, found 1',
      ],
    ],
    [
      "an empty srai",
      "<srai> </srai>",
      ["50 empty-srai: Cannot ask: expected words in <srai>, found none"],
    ],
    [
      "code",
      '<system>rm</system><javascript><star index="9"/></javascript>',
      [
        "50 unsafe-element: Cannot run <system>: no bot may run code on this machine, so all of it is dropped",
        "69 unsafe-element: Cannot run <javascript>: no bot may run code on this machine, so all of it is dropped",
      ],
    ],
    [
      "an sraix",
      '<sraix>x</sraix><sraix bot="b">x</sraix><sraix bot="b" default="d">x</sraix>',
      [
        '50 srai-to-nothing: Cannot ask "SRAIXFAILED": expected a category for it, found none (asked in 2 places)',
        "50 sraix-without-bot: Cannot ask another bot: expected bot on <sraix>, found none",
      ],
    ],
    [
      "a map and a property that are not there",
      '<map name="x">y</map> <bot name="x"/> <bot name="X"/>',
      [
        '50 missing-map: Cannot find the map "x": expected a file x.map, found none',
        '72 missing-property: Cannot find the property "x": expected it in a .properties file, found none (1 more place)',
      ],
    ],
    ["the built-in maps", '<map name="successor">1</map><map><name>plural</name>x</map>', []],
    [
      "good learning",
      '<learn><category><pattern>A <eval><star/></eval> *</pattern><template><star/><star index="2"/><eval><star/></eval></template></category></learn>',
      [],
    ],
    [
      "bad learning",
      '<learn>x.aiml<that/><category><pattern>A <star/></pattern><template><eval><star index="2"/></eval></template></category></learn>',
      [
        '50 left-out: Cannot learn "x.aiml": expected <category> in <learn>',
        "63 left-out: Cannot read <that>: expected <category> in <learn>",
        "91 misplaced-element: Cannot use <star> in a pattern: expected words, wildcards, <set> or <bot>",
        '124 missing-star: Cannot fill <star index="2"/>: expected 2 wildcards or sets in the pattern, found 1',
      ],
    ],
  ])("%s", (_, template, problems) => {
    const told = problemsOf(category("HI *", template));

    expect(told).toEqual(problems.map((problem) => `bot.aiml:1:${problem}`));
  });
});

test("checkBot() asks what a misspelt element may have meant", () => {
  const bot = { "bot.aiml": `<aiml>${category("A", "<rsai>A</rsai>")}</aiml>` };

  const { findings } = check(bot);

  expect(findings.map(({ hint }) => hint)).toEqual(["Did you mean <srai>?"]);
});

test("checkBot() knows every element that the interpreter has", () => {
  const unknown = [...tags.keys()].filter((name) => !elementNames().includes(name));

  expect(unknown).toEqual([]);
});

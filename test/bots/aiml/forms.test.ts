import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { tags } from "../../../src/bots/aiml/tags.ts";
import { category, createBot, createTalker } from "./talk.ts";

/** What a template says to `ask a b c`, after two exchanges and with a few things known. */
function said(template: string): string {
  const tell = `<think><set name="mood">glad</set><set name="topic">big cats</set></think>One. Two?`;
  const bot = createBot({
    aiml:
      category("TELL", tell) +
      category("NOTE", `<addtriple subj="sky" pred="is" obj="blue"/>Noted. Well.`) +
      category("SRAIXFAILED", "offline") +
      `<topic name="* CATS"><category><pattern>ASK * * *</pattern><that>*</that>
       <template>${template}</template></category></topic>`,
    files: {
      "a.properties": [["name", "Eliza"]],
      "a.pdefaults": [["fav", "default"]],
      "capital.map": [["france", "Paris"]],
    },
  });
  const ada = createTalker();
  ada.say(bot, "Tell. Tell");
  ada.say(bot, "note");
  return ada.say(bot, "ask a b c");
}

interface Form {
  readonly element: string;
  readonly attribute: string;
  readonly value: string;
  readonly content?: string;
}

/** The attribute as one, as a child element, and as a child element whose text is made at that moment. */
function formsOf({ element, attribute, value, content = "" }: Form): string[] {
  const child = (text: string) =>
    `<${element}><${attribute}>${text}</${attribute}>${content}</${element}>`;
  return [
    `<${element} ${attribute}="${value}">${content}</${element}>`,
    child(` ${value} `),
    child(`<think><set var="made">${value}</set></think><get var="made"/>`),
  ];
}

const forms: readonly (readonly [wanted: string, form: Form])[] = [
  ["b", { element: "star", attribute: "index", value: "2" }],
  ["Well", { element: "thatstar", attribute: "index", value: "1" }],
  ["big", { element: "topicstar", attribute: "index", value: "1" }],
  ["note", { element: "input", attribute: "index", value: "2" }],
  ["Tell. Tell", { element: "request", attribute: "index", value: "2" }],
  ["One. Two? One. Two?", { element: "response", attribute: "index", value: "2" }],
  ["One", { element: "that", attribute: "index", value: "2, 2" }],
  ["glad", { element: "get", attribute: "name", value: "mood" }],
  ["unknown", { element: "get", attribute: "var", value: "v" }],
  ["Eliza", { element: "bot", attribute: "name", value: "NAME" }],
  ["Paris", { element: "map", attribute: "name", value: "capital", content: "France" }],
  ["sad", { element: "set", attribute: "name", value: "mood", content: "sad" }],
  ["sad", { element: "set", attribute: "var", value: "v", content: "sad" }],
  ["03 2", { element: "date", attribute: "format", value: "%m %-d" }],
  ["05 PM", { element: "date", attribute: "jformat", value: "mm a" }],
  ["lundi", { element: "date", attribute: "locale", value: "fr", content: "<format>%A</format>" }],
  ["14", { element: "date", attribute: "timezone", value: "-2", content: "<format>%H</format>" }],
  ["31", interval("style", "days", "<from>March 1, 2026</from><to>April 1, 2026</to>")],
  ["-1", interval("from", "April 1, 2026", "<style>months</style><to>March 1, 2026</to>")],
  ["4", interval("to", "April 1, 2026", "<style>weeks</style><from>March 1, 2026</from>")],
  ["2", interval("format", "%H:%M", "<style>hours</style><from>10:00</from><to>12:59</to>")],
  ["2", interval("jformat", "yyyy", "<style>years</style><from>2024</from><to>2026</to>")],
  ["no one", { element: "sraix", attribute: "default", value: "no one", content: "hello" }],
  ["yes", condition("name", "mood", "<value>Glad</value>yes")],
  ["yes", condition("var", "v", `<value>unknown</value>yes`)],
  ["yes", condition("value", "GLAD", `<name>mood</name>yes`)],
  ["glad", condition("name", "mood", `<li value="sad">sad</li><li value="glad">glad</li>`)],
  ["blue", { element: "uniq", attribute: "subj", value: "sky", content: "<obj>?x</obj>" }],
  ["blue", { element: "uniq", attribute: "pred", value: "is", content: "<obj>?x</obj>" }],
  ["sky", { element: "uniq", attribute: "obj", value: "blue", content: "<subj>?x</subj>" }],
];

function interval(attribute: string, value: string, content: string): Form {
  return { element: "interval", attribute, value, content };
}

function condition(attribute: string, value: string, content: string): Form {
  return { element: "condition", attribute, value, content };
}

describe("an attribute may be a child element of its name", () => {
  test.each(
    forms.map(([wanted, form]) => [`${form.element} ${form.attribute}`, wanted, form] as const),
  )("<%s>", (_, wanted, form) => {
    expect(formsOf(form).map(said)).toEqual([wanted, wanted, wanted]);
  });
});

describe("a template says", () => {
  test.each([
    // Conditions: the three kinds, and an item's own name or var.
    ["glad", `<condition name="mood"><li value="GLAD">glad</li><li>other</li></condition>`],
    ["other", `<condition name="mood"><li value="sad">sad</li><li>other</li></condition>`],
    ["glad", `<condition name="mood"><li>other</li><li value="glad">glad</li></condition>`],
    ["", `<condition name="mood"><li value="sad">sad</li></condition>`],
    ["set", `<condition name="mood"><li value="*">set</li><li>unset</li></condition>`],
    ["default", `<condition name="fav" value="*"><get name="fav"/></condition>`],
    ["unset", `<condition name="none"><li value="*">set</li><li>unset</li></condition>`],
    [
      "unset",
      `<condition var="v"><li value="*">set</li><li value="unknown">unset</li></condition>`,
    ],
    [
      "2",
      `<condition><li name="none" value="*">1</li><li name="mood" value="glad">2</li></condition>`,
    ],
    [
      "2",
      `<condition><li><var>v</var><value>x</value>1</li><li><name>mood</name><value>glad</value>2</li></condition>`,
    ],
    [
      "own",
      `<condition name="none"><li name="mood" value="glad">own</li><li>none</li></condition>`,
    ],
    ["", `<condition>no items</condition><condition/>`],
    [
      "1 2",
      `<set var="n">1</set> <condition var="n"><li value="1"><set var="n">2</set> <loop/></li></condition>`,
    ],
    // What a star, an exchange or a sentence reads as where there is none.
    ["a|a|a|unknown", `<star/>|<star index="0"/>|<star index="x"/>|<star index="4"/>`],
    ["unknown|unknown", `<thatstar index="2"/>|<topicstar index="2"/>`],
    ["ask a b c|unknown", `<request index="0"/>|<request index="3"/>`],
    ["Noted. Well.|unknown", `<response/>|<response index="3"/>`],
    ["Well|Noted|Two|unknown", `<that/>|<that index="1,2"/>|<that index="2"/>|<that index="3,1"/>`],
    [
      "ask a b c|Tell|Tell|unknown",
      `<input/>|<input index="3"/>|<input index="4"/>|<input index="5"/>`,
    ],
    // Elements that need a name and have none, or an unknown one.
    ["unknown|unknown|unknown|x", `<get/>|<bot/>|<map>x</map>|<set>x</set>`],
    ["unknown|unknown|unknown", `<get name="x"/>|<bot name="x"/>|<map name="x">y</map>`],
    // Dates and intervals that make no sense.
    ["Mon Mar 2 12:05:09 2026", `<date format="" locale="x y" timezone="nowhere"/>`],
    [
      "13 2 14 12",
      `<date timezone="-1" format="%H"/> <date timezone="10" format="%-H"/> <date timezone="Europe/Kyiv" format="%H"/> <date timezone=" " format="%H"/>`,
    ],
    [
      "March 2, 2026 MAR 03",
      `<date jformat="MMMMM d, YYYY"/> <uppercase><date jformat="LLL LL"/></uppercase>`,
    ],
    ["%Q % 12", `<date format="%Q % %H"/>`],
    ["unknown|unknown", `<interval style="x" from="March 1, 2020"/>|<interval from="soon"/>`],
    ["56", `<interval/>`],
    [
      "2|3",
      `<interval style="hours" format="%F %k:%M %Z" from="2026-03-02 9:00 GMT+01:00" to="2026-03-02 11:00 GMT+01:00"/>|<interval style="days" format="%u%%%n%F %z" from="1% 2026-03-02 +0000" to="4% 2026-03-05 +0000"/>`,
    ],
    // Words.
    [
      "a|b c|a|NIL|NIL",
      `<first>a b c</first>|<rest>a b c</rest>|<first> a </first>|<rest>a</rest>|<first/>`,
    ],
    ["h i a 1 !", `<explode>hi a1!</explode>`],
    ["Hello A-world", `<formal>hELLO <star/>-WORLD</formal>`],
    [`"Hello." sHe said`, `<sentence> "hello." sHe said</sentence>`],
    [
      "AB & C <D>|ab",
      `<uppercase>a<lowercase>B</lowercase> &amp; c &lt;d&gt;</uppercase>|<lowercase>AB</lowercase>`,
    ],
    [
      "10|-6|0|unknown",
      `<map name="successor">9</map>|<map name="predecessor">-5</map>|<map name="successor">-1</map>|<map name="successor">x</map>`,
    ],
    ["a|a|a|a|a", `<person/>|<person2/>|<gender/>|<normalize/>|<denormalize/>`],
    ["Say 212 333 a b", `<normalize>"Say": (212)-333! <b>a</b> b.</normalize>`],
    // What says nothing.
    ["|||", `<think>x</think>|<gossip>x</gossip>|<system>x</system>|<javascript>x</javascript>`],
    ["x", `<loop/><eval>x</eval><random/><learn>x</learn><learnf/>`],
    ["Bye", `<oob><dial>1</dial></oob>Bye`],
    // Text stays as it is.
    ["a<b>c & d", `a<![CDATA[<b>]]>c &amp; d`],
    ["aa b", `<star/><star/>\n   <star index="2"/>`],
    ["offline", `<sraix bot="a/b">x</sraix>`],
    ["test 1|test 1|ada", `<program/>|<version/>|<id/>`],
    ["4|5", `<size/>|<vocabulary/>`],
  ])("%j for %s", (wanted, template) => {
    expect(said(template)).toBe(wanted);
  });
});

test("every element with a meaning of its own is in a dialogue", () => {
  const tests = readdirSync(import.meta.dir).filter((name) => name.endsWith(".test.ts"));
  const texts = tests.map((name) => readFileSync(join(import.meta.dir, name), "utf8")).join("\n");

  const missing = [...tags.keys()].filter((name) => !new RegExp(`<${name}[ />]`).test(texts));

  expect(missing).toEqual([]);
});

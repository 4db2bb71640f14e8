import { describe, expect, test } from "bun:test";
import { toXml } from "../../../src/bots/aiml/markup.ts";
import { category, createBot, createTalker } from "./talk.ts";

const SITE = "https://ada.example/a?b=1&amp;c=2";
const SITE_READ = "https://ada.example/a?b=1&c=2";

function ask(template: string, text = "go") {
  const bot = createBot({ aiml: category("GO ^", template) });
  return createTalker().ask(bot, text);
}

describe("answer().texts", () => {
  test.each([
    ["line ends", "One<br/>two <p>three</p> four", "One\ntwo\nthree\nfour"],
    ["no more than one empty line", "One<br/><br/><br/><br/>two", "One\n\ntwo"],
    ["nothing of white space around it", " \n One\t two\n ", "One two"],
    [
      "only the text of emphasis and of unknown elements",
      "<b>O</b><i>n</i><em>e</em><x y='z'>!</x>",
      "One!",
    ],
    ["no comments", "One<!-- two --> three", "One three"],
    ["an image's address", `Look<image>${SITE}</image>`, `Look\n${SITE_READ}`],
    ["a video's address", `<video>${SITE}</video>Seen?`, `${SITE_READ}\nSeen?`],
    ["an address in a field", `<image><url>${SITE}</url></image>`, SITE_READ],
    ["an img's address", `<img src="${SITE}" alt="x"/>`, SITE_READ],
    ["an anchor's text and address", `See <a href="${SITE}">this</a>.`, `See this (${SITE_READ}).`],
    ["an address once where it is its own text", `<a HREF="${SITE}">${SITE}</a>`, SITE_READ],
    ["an address alone where an anchor has no text", `<a href="${SITE}"/>`, SITE_READ],
    [
      "a link on a line of its own",
      `See<link><text>The page</text><url>${SITE}</url></link>now`,
      `See\nThe page: ${SITE_READ}\nnow`,
    ],
    [
      "a link with fields as attributes",
      `<link text="Page:" url="${SITE}"/>`,
      `Page: ${SITE_READ}`,
    ],
    ["a link without a text", `<link><url>${SITE}</url></link>`, SITE_READ],
    [
      "a button for an address",
      `<button><text>Site</text><url>${SITE}</url></button>`,
      `Site: ${SITE_READ}`,
    ],
    [
      "a button for an address, its text plain",
      `<button>Site<url>${SITE}</url></button>`,
      `Site: ${SITE_READ}`,
    ],
    ["spaces in addresses escaped", "<image>www.ada.example/a b</image>", "www.ada.example/a%20b"],
    [
      "lists as lines",
      "Take<list><item>a</item> <item><b>b</b></item><item> </item></list>now",
      "Take\n- a\n- b\nnow",
    ],
    [
      "numbered lists as numbered lines",
      "<olist><item>a</item><item/><item><p>b</p></item></olist>",
      "1. a\n2. b",
    ],
    [
      "lists within lists indented",
      "<olist><item>a<list><item>b</item><item>c<olist><item>d</item></olist></item></list></item><item>e</item></olist>",
      "1. a\n  - b\n  - c\n    1. d\n2. e",
    ],
    [
      "no mark for an item that only nests a list",
      "<list><item>a</item><item><list><item>b</item></list></item></list>",
      "- a\n  - b",
    ],
    ["the lists of HTML", "<ol><li>a</li></ol><ul><li>b</li></ul>", "1. a\n- b"],
    [
      "a card's title, subtitle, address and buttons in this order",
      `<card><image>${SITE}</image><button><text>Go</text><url>${SITE}</url></button><subtitle>first</subtitle><title>One</title></card>`,
      `One\nfirst\n${SITE_READ}\nGo: ${SITE_READ}`,
    ],
    [
      "cards one after another with an empty line between them",
      `Two: <carousel><card title="One" subtitle="first"/><card><title>Two</title></card></carousel> Well?`,
      "Two:\n\nOne\nfirst\n\nTwo\n\nWell?",
    ],
    ["words that a delay stood between", "One.<delay>3</delay>Two.", "One. Two."],
    [
      "nothing of a location, which its words ask for",
      "Where are you?<location/>",
      "Where are you?",
    ],
    [
      "options behind the text, a card's within it",
      "<reply>Red</reply><card><title>Hue</title><button>Blue</button></card><reply>Green</reply> Which?",
      "Hue\n1. Blue\n\nWhich?\n2. Red\n3. Green",
    ],
    ["a lone option without a number", "Ready? <reply>Yes</reply>", "Ready?\nYes"],
    ["no option without words", "Ready? <reply> </reply><button/>", "Ready?"],
    [
      "a postback where a button has no text",
      "<button><postback>GO ON</postback></button>",
      "GO ON",
    ],
    ["elements in any case", "a<BR/><Image>www.ada.example</Image>", "a\nwww.ada.example"],
    [
      "markup that lost its ends",
      "<first>a<list><item>b</item></list></first> <rest>x <b>y</b></rest>",
      "a\n- b\ny",
    ],
  ])("has %s", (_, template, wanted) => {
    const { texts, text } = ask(template);

    expect(texts).toEqual([wanted]);
    expect(text).toBe(wanted);
  });

  test.each([
    ["at a split", "One.<split/>Two.<split/><split/>", ["One.", "Two."]],
    [
      "with the options of the text before the split in it",
      "Tea?<reply>Yes</reply><reply>No</reply><split/>Or milk?<reply>Milk</reply>",
      ["Tea?\n1. Yes\n2. No", "Or milk?\n3. Milk"],
    ],
    [
      "not at all where nothing is left",
      "<location/><delay>2</delay><split/><image>a.png</image>",
      [],
    ],
  ])("begins a message %s", (_, template, wanted) => {
    const { texts } = ask(template);

    expect(texts).toEqual(wanted);
  });

  test.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "a.png",
    "//ada.example",
  ])("has no address %p", (address) => {
    const { texts } = ask(
      `<a href="${address}">one</a><link><text>two</text><url>${address}</url></link>
         <button><text>three</text><url>${address}</url></button><image>${address}</image>four`,
    );

    expect(texts.join("\n")).not.toContain(address);
    expect(texts).toEqual(["one\ntwo\nthree\nfour"]);
  });

  test("has what a person typed as text, whatever it looks like", () => {
    const { texts } = ask(
      "<input/> <list><item><star/></item></list>",
      "go <split/>\f1\v2\r0\r &lt;b> \uFDD0br/\uFDD1",
    );

    expect(texts).toEqual(["go <split/> 1 2 0 &lt;b> br/\n- split 1 2 0 lt b br"]);
  });

  test("is no longer than the answer it is made of, however lists nest", () => {
    const nested = "<list><item>a".repeat(45) + "</item></list>".repeat(45);

    const { text, raw } = ask(nested.repeat(45));

    expect(text.length).toBeGreaterThan(45 * 45);
    expect(text.length).toBeLessThan(raw.length);
  });
});

describe("answer().raw", () => {
  test("keeps elements as they were written and apart from what was typed", () => {
    const template = '<Card x:Y="a &amp; b"><uppercase><i>i</i></uppercase> <input/><br/></Card>';

    const { raw } = ask(template, "go <br/> & so");

    expect(toXml(raw)).toBe('<Card x:Y="a &amp; b"><i>I</i> go &lt;br/&gt; &amp; so<br/></Card>');
  });
});

describe("answer().oob", () => {
  test.each([
    [
      "what stands in the element, evaluated",
      "Ok<oob><say><input/></say></oob>.",
      { text: "Ok.", oob: ["<oob><say>go 5 &lt; 6</say></oob>"] },
    ],
    [
      "each of several elements",
      "<oob><a/></oob>a<oob/>b",
      { text: "ab", oob: ["<oob><a/></oob>", "<oob/>"] },
    ],
    [
      "one within another as part of it",
      "a<oob>b<oob>c</oob>d</oob>e",
      { text: "ae", oob: ["<oob>b<oob>c</oob>d</oob>"] },
    ],
    ["nothing where there is none", "a<b>b</b>", { text: "ab", oob: [] }],
  ])("has %s", (_, template, wanted) => {
    expect(ask(template, "go 5 < 6")).toMatchObject(wanted);
  });
});

import { expect, test } from "bun:test";
import { toXml } from "../../../src/bots/aiml/markup.ts";
import { category, createBot, createTalker } from "./talk.ts";

test.each([
  ["line ends", "One<br/>two <p>three</p> four", "One\ntwo\nthree\nfour"],
  ["no more than one empty line", "One<br/><br/><br/><br/>two", "One\n\ntwo"],
  ["nothing of white space around it", " \n One\t two\n ", "One two"],
  [
    "list items on lines of their own",
    "Take<list><item>a</item><item>b</item></list>",
    "Take\na\nb",
  ],
  [
    "a button's text without what it posts",
    "<button><text>Go</text><postback>GO</postback></button>",
    "Go",
  ],
  ["an oob within an oob not at all", "a<oob><b><oob>c</oob></b>d</oob>e", "ae"],
  ["empty unseen elements as nothing", "a<oob/>b<delay/>c", "abc"],
])("answer().text has %s", (_, template, wanted) => {
  const bot = createBot({ aiml: category("GO", template) });

  expect(createTalker().say(bot, "go")).toBe(wanted);
});

test("answer().raw keeps elements apart from what was typed", () => {
  const bot = createBot({
    aiml: category(
      "SAY ^",
      '<Card x="a &amp; b"><uppercase><i>i</i></uppercase> <input/><br/></Card>',
    ),
  });

  const { raw } = createTalker().ask(bot, "say <br/> & so");

  expect(toXml(raw)).toBe('<Card x="a &amp; b"><i>I</i> say &lt;br/&gt; &amp; so<br/></Card>');
});

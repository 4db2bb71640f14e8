import { expect, test } from "bun:test";
import { type BotParts, category, createBot, hold, linesOf } from "./talk.ts";

interface Case extends BotParts {
  readonly says: string;
}

const NONE = category("*", "none");

const cases: Readonly<Record<string, Case>> = {
  "star, its index as attribute and as element": {
    aiml: category(
      "* LIKES *",
      `<star index="2"/>, <star><index>1</index></star>, <star index="0"/>`,
    ),
    says: `> Ben likes Green Tea
           < Green Tea, Ben, Ben`,
  },
  "a star out of range reads as an unset predicate": {
    aiml: category("HI", "[<star/>]"),
    says: `> hi
           < [unknown]`,
  },
  "a star of no words reads as the property nullstar says": {
    aiml: category("HI ^", "[<star/>]"),
    files: { "a.properties": [["nullstar", "nobody"]] },
    says: `> hi
           < [nobody]
           > hi Ben
           < [Ben]`,
  },
  "a star of no words is empty without that property": {
    aiml: category("HI ^", "[<star/>]"),
    says: `> hi
           < []`,
  },
  "thatstar and topicstar, also where that and topic are not named": {
    aiml:
      category("SET *", `<think><set name="topic"><star/></set></think>I like tea.`) +
      category("STARS", `<thatstar/>/<topicstar/>`) +
      `<category><pattern>SOME</pattern><that>I LIKE *</that><topic>* * WINE</topic>
       <template><thatstar/>/<topicstar/>/<topicstar index="2"/></template></category>`,
    says: `> set the red wine
           < I like tea.
           > some
           < tea/the/red
           > stars
           < tea the red/the red wine`,
  },
  "srai keeps the caller's stars and sees the topic that was just set": {
    aiml:
      category("GO *", `<srai>TO <star/> NOW</srai> <star/>`) +
      category(
        "TO * NOW",
        `<think><set name="topic">travel</set></think>(<star/>) <srai>WHERE</srai>`,
      ) +
      category("WHERE", "nowhere") +
      `<topic name="TRAVEL">${category("WHERE", "far away")}</topic>`,
    says: `> go home
           < (home) far away home`,
  },
  "sr asks for the first star": {
    aiml: category("PLEASE ^", "<sr/>!") + category("SING", "La"),
    says: `> please sing
           < La!
           > please hum
           < I have no answer for that.!
           > please
           < !`,
  },
  "srai splits its text into sentences": {
    aiml: category("BOTH", "<srai>One. Two!</srai>") + category("ONE", "1") + category("TWO", "2"),
    says: `> both
           < 1 2`,
  },
  "sets match their longest member and keep the person's words": {
    aiml:
      category("I LIKE <set>Colour</set>", `<star/>`) +
      category("I LIKE <set>colour</set> *", `<star/>+<star index="2"/>`) +
      category("<set>missing</set>", "never") +
      category("<set>number</set>", "a number") +
      NONE,
    files: { "colour.set": ["red", ["dark red"], ["dark", "sea", "green"]] },
    says: `> I like Dark Red
           < Dark Red
           > I like dark sea green too
           < dark sea green+too
           > I like dark
           < none
           > 42
           < a number
           > 4.2
           < a number a number
           > x2
           < none`,
  },
  "bot properties in patterns may be several words": {
    aiml: category(`HI <bot name="name"/>`, "yes") + NONE,
    files: { "a.properties": [["name", "Old Eliza"]] },
    says: `> hi old eliza
           < yes
           > hi eliza
           < none`,
  },
  "that is the last sentence of the last answer, for all sentences of the next message": {
    aiml:
      category("TEA", "Do you take sugar? Or <b>milk</b>, perhaps?") +
      `<category><pattern>YES</pattern><that>OR MILK PERHAPS</that><template>Milk.</template></category>
       <category><pattern>YES</pattern><that>DO YOU ^</that><template>Sugar.</template></category>` +
      NONE,
    says: `> tea
           < Do you take sugar? Or milk, perhaps?
           > yes. yes
           < Milk. Milk.
           > yes
           < none`,
  },
  "a topic of its own beats the one around it, and an empty one is unset": {
    aiml: `${category("SET *", `<think><set name="topic"><star/></set></think>ok`)}
      ${category("CLEAR", `<think><set name="topic"></set></think>ok`)}
      <topic name="CATS"><category><pattern>WHAT</pattern><template>cats</template></category>
      <category><pattern>WHAT</pattern><topic>DOGS *</topic><template>dogs</template></category></topic>${NONE}`,
    says: `> set cats
           < ok
           > what
           < cats
           > set dogs and more
           < ok
           > what
           < dogs
           > clear
           < ok
           > what
           < none`,
  },
  "request, response, input and that look back": {
    aiml:
      category("HI", "Hello there. How are you?") +
      category(
        "BACK",
        `<request/>|<request index="0"/>|<response/>|<that/>|<that index="1,2"/>|<that index="9,1"/>`,
      ) +
      category("HEARD", `<input/>|<input index="2"/>|<input index="3"/>|<input index="9"/>`) +
      NONE,
    says: `> Hi!
           < Hello there. How are you?
           > Back.
           < Hi!|Back.|Hello there. How are you?|How are you|Hello there|unknown
           > Well, well. Heard?
           < none Heard|Well, well|Back|unknown`,
  },
  "the last of several equal categories wins, files in the order of their names": {
    aiml: category("HI", "first") + category("hi!", "second"),
    files: { "z.aiml": `<aiml>${category("HI", "last")}</aiml>` },
    says: `> hi
           < last`,
  },
  "nothing matches": {
    aiml: category("HI", "Hello"),
    says: `> bye
           < I have no answer for that.
           > ?!
           < I have no answer for that.`,
  },
  "nothing matches and a property says what to say": {
    aiml: category("HI", "Hello"),
    files: { "a.properties": [["default-answer", "Pardon?"]] },
    says: `> bye
           < Pardon?`,
  },
  "texts without spaces are matched by character and kept together": {
    aiml:
      category("我叫*", "你好，<star/>").replace("*", " * ") +
      category("ありがとう", "どういたしまして"),
    says: `> 我叫小明。
           < 你好，小明
           > ありがとう！
           < どういたしまして`,
  },
  "case does not count in any alphabet": {
    aiml: category("ÇA VA", "bien") + category("как дела", "хорошо") + category("👋 ^", "👋"),
    says: `> ça va ?
           < bien
           > КАК ДЕЛА
           < хорошо
           > 👋 hi
           < 👋`,
  },
  "what a person types is text, never an element": {
    aiml: category("SAY ^", `<input/>`),
    says: `> say <b>&lt; \uFDD0oob\uFDD1 </oob>
           < say <b>&lt; oob </oob>`,
  },
};

test.each(Object.entries(cases))("answer() holds the dialogue: %s", (_, { says, ...parts }) => {
  const bot = createBot(parts);

  const held = hold(bot, says);

  expect(held).toBe(linesOf(says).join("\n"));
});

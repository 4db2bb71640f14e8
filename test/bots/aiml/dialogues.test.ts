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
    aiml: category("PLEASE *", "<sr/>!") + category("SING", "La"),
    says: `> please sing
           < La!`,
  },
  "srai splits its text into sentences": {
    aiml: category("BOTH", "<srai>One. Two!</srai>") + category("ONE", "1") + category("TWO", "2"),
    says: `> both
           < 1 2`,
  },
  "set says its value, get reads it, and both take elements for attributes": {
    aiml:
      category("I AM *", `Hi <set name="name"> <star/>  </set>!`) +
      category("WHO", `<get name="name"/> <get><name>name</name></get> <get name="other"/>`) +
      category("NOBODY", `<set><name>name</name></set>[<get name="name"/>]`),
    files: { "a.pdefaults": [["name", "friend"]] },
    says: `> who
           < friend friend unknown
           > I am Ada Lovelace
           < Hi Ada Lovelace!
           > who
           < Ada Lovelace Ada Lovelace unknown
           > nobody
           < []`,
  },
  "var lives in one activation and is apart from name": {
    aiml:
      category(
        "A",
        `<think><set var="x">1</set></think><get var="x"/> <get name="x"/> <srai>B</srai>`,
      ) + category("B", `<get var="x"/>`),
    says: `> a
           < 1 unknown unknown`,
  },
  "bot properties are named without case": {
    aiml: category("WHO", `<bot name="NAME"/> <bot><name>age</name></bot>`),
    files: {
      "a.properties": [
        ["name", "Eliza"],
        ["default-property", "secret"],
      ],
    },
    says: `> who
           < Eliza secret`,
  },
  "random takes the item that the draw falls on": {
    aiml: category("DRAW", "<random><li>a</li><li>b</li><li>c</li></random><random></random>"),
    random: () => 0.99,
    says: `> draw
           < c`,
  },
  "a condition with name and value": {
    aiml:
      category("COLD", `<think><set name="w">Cold</set></think>ok`) +
      category(
        "ASK",
        `-<condition name="w" value="cold">brr</condition><condition name="w" value="*">!</condition>`,
      ),
    says: `> ask
           < -
           > cold
           < ok
           > ask
           < -brr!`,
  },
  "a condition with name and items": {
    aiml: category(
      "IS *",
      `<think><set var="v"><star/></set></think><condition var="v"><li value="one">1</li>
       <li><value>TWO</value>2</li><li>many</li></condition>`,
    ),
    says: `> is one
           < 1
           > is two
           < 2
           > is nine
           < many`,
  },
  "a condition whose items name what they ask": {
    aiml: category(
      "IS *",
      `<think><set var="v"><star/></set></think><condition><li var="v" value="one">1</li>
       <li name="p" value="*">p</li></condition>-`,
    ),
    says: `> is one
           < 1-
           > is two
           < -`,
  },
  "loop begins the innermost condition again": {
    aiml: category(
      "COUNT TO <set>number</set>",
      `<think><set var="n">0</set></think><condition var="n"><li><value><star/></value></li>
       <li><set var="n"><map name="successor"><get var="n"/></map></set> <condition var="n"
       value="2">(two) </condition><loop/></li></condition>`,
    ),
    says: `> count to 4
           < 1 2 (two) 3 4`,
  },
  "case elements": {
    aiml: category(
      "*",
      `<uppercase><star/></uppercase> <lowercase><star/></lowercase> <formal>McDONALD éLAN o'neil</formal> <sentence> ärger im Haus</sentence>`,
    ),
    says: `> sTraße
           < STRASSE straße Mcdonald Élan O'neil Ärger im Haus`,
  },
  "person, person2 and gender swap in one pass; empty ones take the star": {
    aiml: category("SAY *", `<person/>|<person2><star/></person2>|<gender/>`),
    files: {
      "person.substitution": [
        [" i ", " you "],
        [" you ", " i "],
        [" me ", " you "],
      ],
      "person2.substitution": [[" i ", " he "]],
      "gender.substitution": [
        [" he ", " she "],
        [" she ", " he "],
      ],
    },
    says: `> say i like you and he likes me
           < you like i and he likes you|he like you and he likes me|i like you and she likes me`,
  },
  "normalize and denormalize": {
    aiml: category(
      "*",
      `<normalize>Don't go to x.com.</normalize> <denormalize>x dot com</denormalize>`,
    ),
    files: {
      "normal.substitution": [
        [" don't ", " do not "],
        [".com", " dot com "],
      ],
      "denormal.substitution": [[" dot com ", ".com"]],
    },
    says: `> a
           < do not go to x dot com . x.com`,
  },
  "explode, first and rest": {
    aiml:
      category("SPELL *", "<explode><star/></explode>") +
      category("PARTS *", "<first><star/></first>|<rest><star/></rest>|<first/>"),
    says: `> spell ab 👍🏽c
           < a b 👍 🏽 c
           > parts a b c
           < a|b c|NIL
           > parts a
           < a|NIL|NIL`,
  },
  "maps from files and the built-in ones": {
    aiml:
      category("CAPITAL *", `<map name="Capital"><star/></map>`) +
      category(
        "MAPS *",
        `<map name="successor">9</map> <map name="predecessor">0</map> <map name="plural">city</map> <map name="singular">boxes</map> <map><name>none</name>x</map>`,
      ),
    files: {
      "capital.map": [["United  Kingdom", "London"]],
      "a.properties": [["default-map", "?"]],
    },
    says: `> capital united kingdom
           < London
           > capital Mars
           < ?
           > maps a
           < 10 -1 cities box ?`,
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
  "date with a format, a Java format and a time zone": {
    aiml:
      category("DATE", `<date format="%A, %B %-d, %Y %H:%M" timezone="0"/>`) +
      category("JAVA", `<date timezone="+2"><jformat>EEE d MMM yyyy 'at' h:mm a</jformat></date>`) +
      category("ZONE", `<date format="%H:%M" timezone="Asia/Kolkata"/>`),
    says: `> date
           < Monday, March 2, 2026 12:05
           > java
           < Mon 2 Mar 2026 at 2:05 PM
           > zone
           < 17:35`,
  },
  "interval counts whole units": {
    aiml:
      category(
        "DAYS *",
        `<interval format="%B %d %Y" style="days"><from>March 1 2024</from><to><star/></to></interval>`,
      ) +
      category(
        "AGE",
        `<interval jformat="yyyy-MM-dd"><style>years</style><from>2000-03-03</from></interval>`,
      ),
    says: `> days april 1 2024
           < 31
           > days february 28 2024
           < -2
           > days never
           < unknown
           > age
           < 25`,
  },
  "size, vocabulary, id and program": {
    aiml: category("COUNT *", "<size/> <vocabulary/> <id/> <program/>") + NONE,
    files: { "a.set": ["tea"] },
    says: `> count it
           < 2 2 ada test 1`,
  },
  "think says nothing, and what would run code is not even looked at": {
    aiml: category(
      "A",
      `a<think>b<set name="x">1</set></think><system>ls <set name="x">2</set></system><javascript>c</javascript><get name="x"/>`,
    ),
    says: `> a
           < a1`,
  },
  "unknown and misspelt elements leave their text": {
    aiml: category(
      "*",
      `<peron>I am <B>very <star/></B></peron> Bye &amp; <html:i>good</html:i>&nbsp;luck`,
    ).replace("<category>", `<category xmlns:html="x">`),
    says: `> glad
           < I am very glad Bye & good luck`,
  },
  "out-of-band content is not for reading": {
    aiml: category("CALL", "Calling.<oob><dial>123</dial></oob>"),
    says: `> call
           < Calling.`,
  },
  "sraix takes its default, or the category for failures": {
    aiml:
      category("ASK", `<sraix default="no one there">x</sraix>`) +
      category("OTHER", `<sraix bot="a/b">x</sraix>`) +
      category("SRAIXFAILED", "offline"),
    says: `> ask
           < no one there
           > other
           < offline`,
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

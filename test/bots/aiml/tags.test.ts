import { expect, test } from "bun:test";
import { type BotParts, category, createBot, hold, linesOf } from "./talk.ts";

interface Case extends BotParts {
  readonly says: string;
}

const NONE = category("*", "none");

const cases: Readonly<Record<string, Case>> = {
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
  "the earlier of two entries of a map counts, and a key is found without its punctuation": {
    aiml: category("ASK *", `<map name="capital"><star/></map>`),
    files: {
      "capital.map": [
        ["Côte d'Ivoire", "Yamoussoukro"],
        ["cote", "first"],
        ["COTE", "second"],
      ],
    },
    says: `> ask Côte d'Ivoire
           < Yamoussoukro
           > ask cote
           < first`,
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
  "bot properties may hold elements, and signs that only look like one": {
    aiml: category("WHERE", `<bot name="page"/> <bot name="sum"/> <bot name="list"/>`),
    files: {
      "a.properties": [
        ["page", '<b class="big">Page</b>'],
        ["sum", "1 < 2 > 0"],
        ["list", "a<br/>b"],
      ],
    },
    says: `> where
           < Page 1 < 2 > 0 a\nb`,
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
      `<uppercase><star/></uppercase> <lowercase><star/></lowercase> <formal>McDONALD éLAN o'neil "3rd" (jr)</formal> <sentence> ärger im Haus</sentence> <sentence>3rd one</sentence>`,
    ),
    says: `> sTraße
           < STRASSE straße Mcdonald Élan O'neil "3rd" (Jr) Ärger im Haus 3rd one`,
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
           < do not go to x dot com x.com`,
  },
  "explode, first and rest": {
    aiml:
      category("SPELL *", "<explode><star/></explode>") +
      category("PARTS *", "<first><star/></first>|<rest><star/></rest>|<first/>"),
    says: `> spell ab 👍🏽c
           < a b 👍🏽 c
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
  "date with a format, a Java format and a time zone": {
    aiml:
      category("DATE", `<date format="%A, %B %-d, %Y %H:%M" timezone="0"/>`) +
      category("JAVA", `<date timezone="-2"><jformat>EEE d MMM yyyy 'at' h:mm a</jformat></date>`) +
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
  "an srai's answer has no white space around it": {
    aiml:
      category("PHASE", "\n<think>x</think>\n noon\n") +
      category("NOW", "It is <srai>PHASE</srai>.") +
      category("DIGITS *", "<star/>") +
      category("DIGITS * *", `<star/><srai>PHASE</srai><srai>DIGITS <star index="2"/></srai>`),
    says: `> now
           < It is noon.
           > digits 1 2 3
           < 1noon2noon3`,
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
};

test.each(Object.entries(cases))("answer() holds the dialogue: %s", (_, { says, ...parts }) => {
  const bot = createBot(parts);

  const held = hold(bot, says);

  expect(held).toBe(linesOf(says).join("\n"));
});

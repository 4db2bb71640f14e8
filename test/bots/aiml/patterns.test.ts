import { describe, expect, test } from "bun:test";
import { type BotParts, createBot, hold, linesOf } from "./talk.ts";

interface Parts {
  readonly pattern: string;
  readonly that?: string;
  readonly topic?: string;
}

const STARS = `<star/>|<thatstar/>|<topicstar/>`;

function category({ pattern, that, topic }: Parts, template = STARS): string {
  const part = (name: string, text?: string) => (text ? `<${name}>${text}</${name}>` : "");
  return `<category>${part("topic", topic)}${part("template", template)}${part("that", that)}<pattern>${pattern}</pattern></category>`;
}

const files = {
  "colour.set": ["red", "light blue"],
  "a.properties": [
    ["name", "Old Eliza"],
    ["nullstar", "-"],
  ],
};

/** What a category's stars take once the bot said `that` and the topic is `topic`. */
function starsOf(parts: Parts, [that, topic, text]: readonly [string, string, string]): string {
  const bot = createBot({
    aiml:
      category({ pattern: "START" }, `<think><set name="topic">${topic}</set></think>${that}`) +
      category({ pattern: "*" }, "none") +
      category(parts),
    files,
  });
  return hold(bot, `> start\n> ${text}`).split("\n< ").at(-1) ?? "";
}

describe("that and topic are patterns like any other", () => {
  test.each([
    ["I LIKE *", "* CATS", "a|tea|big"],
    ["I LIKE _", "_ CATS", "a|tea|big"],
    ["^ LIKE TEA", "BIG ^", "a|I|cats"],
    ["# I LIKE TEA", "# BIG CATS", "a|-|-"],
    ["$I LIKE *", "$BIG *", "a|tea|cats"],
    ["i like tea.", "big, cats!", "a|unknown|unknown"],
    ["*", "*", "a|I like tea|big cats"],
    ["", "", "a|I like tea|big cats"],
    ["I LIKE COFFEE", "BIG CATS", "none"],
    ["I LIKE TEA", "DOGS", "none"],
    ["LIKE TEA", "BIG CATS", "none"],
  ])("that %j and topic %j", (...[that, topic, wanted]) => {
    const said = starsOf({ pattern: "GO *", that, topic }, [
      "Well. I like tea.",
      "big cats",
      "go a",
    ]);

    expect(said).toBe(wanted);
  });

  test.each([
    ["<set>colour</set>", "Light blue.", "red", "a|Light blue|red"],
    ["IN <set>colour</set> *", "In red ink", "RED", "a|red|RED"],
    [`<bot name="name"/> SAYS *`, "Old Eliza says hi", "red", "a|hi|red"],
  ])("that %j", (...[that, answer, topic, wanted]) => {
    const said = starsOf({ pattern: "GO *", that, topic: "<set>colour</set>" }, [
      answer,
      topic,
      "go a",
    ]);

    expect(said).toBe(wanted);
  });
});

const dialogues: Readonly<Record<string, BotParts & { readonly says: string }>> = {
  "intent may stand for pattern, and names are read in any case": {
    aiml: `<Category><Intent>hi <SET>COLOUR</SET></Intent><Template><STAR INDEX="1"/></Template></Category>`,
    files,
    says: `> Hi, Light Blue!
           < Light Blue`,
  },
  "a pattern is written as people write": {
    aiml:
      category({ pattern: "what's up, doc?" }, "1") +
      category({ pattern: "DON'T *" }, "2 <star/>") +
      category({ pattern: "\n  two\n  lines  " }, "3"),
    files: {
      "normal.substitution": [
        [" what's ", " what is "],
        [" don't ", " do not "],
      ],
    },
    says: `> What is up doc
           < 1
           > WHAT'S UP, DOC
           < 1
           > do not go
           < 2 go
           > two lines
           < 3`,
  },
  "a set or bot property may name itself in every form": {
    aiml:
      category({ pattern: `A <set name="colour"/>` }, "<star/>") +
      category({ pattern: `B <set><name>colour</name></set>` }, "<star/>") +
      category({ pattern: `C <bot><name>name</name></bot>` }, "yes"),
    files,
    says: `> a red
           < red
           > b light blue
           < light blue
           > c old eliza
           < yes`,
  },
  "a topic around categories may be a pattern, and one without a name is any": {
    aiml: `<topic name="* CATS">${category({ pattern: "GO" })}</topic><topic>${category({ pattern: "ANY" }, "any")}</topic>
      ${category({ pattern: "SET *" }, `<think><set name="topic"><star/></set></think>ok`)}${category({ pattern: "*" }, "none")}`,
    says: `> go
           < none
           > any
           < any
           > set my two cats
           < ok
           > go
           < unknown|ok|my two
           > any
           < any`,
  },
  "topicstar is the topic of this moment, unless the category names one": {
    aiml: `${category({ pattern: "MILK" }, `<set name="topic">cold milk</set>: <topicstar/>, <topicstar index="2"/>`)}
      ${category({ pattern: "TEA", topic: "COLD *" }, `<set name="topic">tea</set>: <topicstar/>`)}
      ${category({ pattern: "NOTHING" }, `<set name="topic"></set><topicstar/>`)}`,
    says: `> milk
           < cold milk: cold milk, unknown
           > tea
           < tea: milk
           > nothing
           < unknown`,
  },
  "the topic has a default like every predicate": {
    aiml:
      category({ pattern: "GO", topic: "TEA" }, "tea") +
      category({ pattern: "GO" }, "<topicstar/>") +
      category({ pattern: "SET" }, `<set name="topic"/>ok`) +
      category({ pattern: "WHICH" }, "<topicstar/>"),
    files: { "a.pdefaults": [["topic", "tea"]] },
    says: `> go
           < tea
           > which
           < tea
           > set
           < ok
           > go
           < unknown`,
  },
  "files may replace what is built in": {
    aiml:
      category({ pattern: "ADD <set>number</set>" }, "<star/>") +
      category({ pattern: "NEXT *" }, `<map name="successor"><star/></map>`) +
      category({ pattern: "*" }, "none"),
    files: { "number.set": ["one", "two"], "successor.map": [["one", "two"]] },
    says: `> add two
           < two
           > add 2
           < none
           > next one
           < two
           > next 1
           < unknown`,
  },
  "a template may be empty, and old names mean nothing": {
    aiml:
      category({ pattern: "QUIET" }, " ") +
      category({ pattern: "OLD" }, `a<getname/><justthat/><load filename="x"/><force>b</force>`),
    says: `> quiet
           <
           > old
           < ab`,
  },
  "sentences see what the ones before them set, and one that": {
    aiml:
      category({ pattern: "I AM *" }, `Hi <set name="me"><star/></set>.`) +
      category({ pattern: "WHO AM I" }, `<get name="me"/>, <thatstar/>`),
    says: `> I am Ada. Who am I?
           < Hi Ada. Ada, unknown
           > who am I
           < Ada, Ada unknown`,
  },
  "sentence marks that are substituted do not count": {
    aiml: category({ pattern: "*" }, `<star/>/<input/>/<input index="2"/>`),
    files: { "normal.substitution": [[" dr. ", " dr "]] },
    says: `> Dr. Who is in. Bye!
           < dr Who is in/dr Who is in/unknown Bye/Bye/dr Who is in
           > ok
           < ok/ok/Bye`,
  },
};

test.each(Object.entries(dialogues))("answer() holds the dialogue: %s", (_, { says, ...parts }) => {
  const bot = createBot(parts);

  const held = hold(bot, says);

  expect(held).toBe(linesOf(says).join("\n"));
});

import { expect, test } from "bun:test";
import { type BotParts, category, createBot, createTalker, hold, linesOf } from "./talk.ts";

const COLOUR =
  category(
    "COLOUR",
    `Which colour? <button><text>I don't mind</text><postback>ANY COLOUR</postback></button>
     <reply><text>Red!</text><postback>colour red</postback></reply><reply>Blue</reply>`,
  ) +
  category("ANY COLOUR", "<request index='0'/>|<input/>") +
  category("COLOUR *", "You like <star/>.") +
  category("BACK", "<request/>") +
  category("*", "none");

const OFFER = "Which colour? / 1. I don't mind / 2. Red! / 3. Blue";

const dialogues: Readonly<Record<string, BotParts & { readonly says: string }>> = {
  "the number of an option is answered as its postback": {
    aiml: COLOUR,
    says: `> colour
           < ${OFFER}
           > 2
           < You like red.
           > colour
           < ${OFFER}
           > (2).
           < You like red.`,
  },
  "an option's text is answered as its postback, case and punctuation apart": {
    aiml: COLOUR,
    says: `> colour
           < ${OFFER}
           > RED...
           < You like red.
           > colour
           < ${OFFER}
           > i don’t mind
           < ANY COLOUR|ANY COLOUR
           > colour
           < ${OFFER}
           > I dont mind
           < none
           > colour
           < ${OFFER}
           > I DON'T mind!
           < ANY COLOUR|ANY COLOUR`,
  },
  "the postback stands in request": {
    aiml: COLOUR,
    says: `> colour
           < ${OFFER}
           > 1
           < ANY COLOUR|ANY COLOUR
           > back
           < ANY COLOUR`,
  },
  "an option without a postback is its own": {
    aiml: COLOUR + category("BLUE", "Like the sea."),
    says: `> colour
           < ${OFFER}
           > 3
           < Like the sea.`,
  },
  "a number out of range is like any other text": {
    aiml: COLOUR,
    says: `> colour
           < ${OFFER}
           > 4
           < none
           > colour
           < ${OFFER}
           > 0
           < none`,
  },
  "options end with the next answer": {
    aiml: COLOUR,
    says: `> colour
           < ${OFFER}
           > what
           < none
           > 2
           < none`,
  },
  "a lone option has no number": {
    aiml:
      category(
        "GO",
        "How many? <reply><text>None of them</text><postback>SKIP</postback></reply>",
      ) +
      category("SKIP", "Skipped.") +
      category("1", "One it is."),
    says: `> go
           < How many? / None of them
           > 1
           < One it is.
           > go
           < How many? / None of them
           > none of them
           < Skipped.`,
  },
  "an option whose text is a number goes before the one of that number": {
    aiml:
      category("GO", "How many? <reply>2</reply><reply>1</reply>") +
      category("1", "one") +
      category("2", "two"),
    says: `> go
           < How many? / 1. 2 / 2. 1
           > 1
           < one`,
  },
  "that is what was said before the options": {
    aiml: `${COLOUR}<category><pattern>HM</pattern><that>WHICH COLOUR</that>
      <template><that/>, <that index="1,1"/></template></category>`,
    says: `> colour
           < ${OFFER}
           > hm
           < Which colour, Which colour`,
  },
  "that is not what is shown beside the words": {
    aiml: `${category(
      "GO",
      `Look. Do you like it <image>https://ada.example</image><link text="Page" url="https://ada.example"/><card title="Cat"/>`,
    )}<category><pattern>YES</pattern><that>DO YOU LIKE IT</that><template>Good.</template></category>`,
    says: `> go
           < Look. Do you like it / https://ada.example / Page: https://ada.example /  / Cat
           > yes
           < Good.`,
  },
  "that is a card's title where nothing else was said": {
    aiml: `${category("GO", `<card><title>Do you like it?</title><reply>Yes</reply><reply>No</reply></card>`)}
      <category><pattern>YES</pattern><that>DO YOU LIKE IT</that><template>Good.</template></category>`,
    says: `> go
           < Do you like it? / 1. Yes / 2. No
           > 1
           < Good.`,
  },
  "that begins at the last split, and has the words of lists without their numbers": {
    aiml: `${category("GO", `One moment<split/>Pick <olist><item>red</item><item>blue</item></olist>`)}
      <category><pattern>HM</pattern><that>PICK RED BLUE</that><template><that index="1,2"/></template></category>`,
    says: `> go
           < One moment / Pick / 1. red / 2. blue
           > hm
           < One moment`,
  },
};

test.each(Object.entries(dialogues))("answer() where %s", (_, { says, ...parts }) => {
  const bot = createBot(parts);

  const held = hold(bot, says);

  expect(held.replace(/\n(?![<>] )/g, " / ")).toBe(linesOf(says).join("\n"));
});

test("answer() knows the options when the bot was started anew", () => {
  const ada = createTalker();
  ada.say(createBot({ aiml: COLOUR }), "colour");

  const said = ada.say(createBot({ aiml: COLOUR }), "2");

  expect(said).toBe("You like red.");
});

test("answer() keeps options no longer than needed", () => {
  const bot = createBot({ aiml: COLOUR });
  const ada = createTalker();

  ada.say(bot, "colour");
  const offered = ada.memory.has("o");
  ada.say(bot, "2");

  expect(offered).toBe(true);
  expect(ada.memory.has("o")).toBe(false);
});

import { expect, test } from "bun:test";
import { compileBot } from "../../../src/bots/aiml/compile.ts";
import { createInterpreter } from "../../../src/bots/aiml/interpreter.ts";
import { fromSnapshot, toSnapshot } from "../../../src/bots/aiml/snapshot.ts";
import { category, createTalker, hold, linesOf, NOON } from "./talk.ts";

const files = [
  {
    name: "bot.aiml",
    text: `<aiml>${category("I LIKE <set>pet</set> *", `<map name="sound"><star/></map> <bot name="name"/>`)}
      ${category("<set>number</set>", "<person>i</person> <get name='x'/> <size/>")}</aiml>`,
  },
  { name: "pet.set", text: '["big cat", "dog"]' },
  { name: "sound.map", text: '[["big cat", "roar"]]' },
  { name: "person.substitution", text: '[[" i ", " you "]]' },
  { name: "normal.substitution", text: '[[" kitty ", " cat "]]' },
  { name: "a.properties", text: '[["name", "Eliza"]]' },
  { name: "a.pdefaults", text: '[["x", "y"]]' },
];

test("fromSnapshot() gives back a bot that answers as the compiled one", () => {
  const bot = fromSnapshot(toSnapshot(compileBot(files)));
  const says = `> I like BIG kitty a lot
                < roar Eliza
                > 12
                < you y 2`;

  const interpreter = createInterpreter({ bot, now: () => NOON, random: () => 0, program: "x" });

  expect(hold(interpreter, says)).toBe(linesOf(says).join("\n"));
});

test("fromSnapshot() gives back a bot that can be taught", () => {
  const learn = `<learn><category><pattern>NEW <set>pet</set></pattern><template>ok</template></category></learn>`;
  const taught = compileBot([
    ...files,
    { name: "z.aiml", text: `<aiml>${category("TEACH", learn)}</aiml>` },
  ]);
  const bot = fromSnapshot(toSnapshot(taught));
  const interpreter = createInterpreter({ bot, now: () => NOON, random: () => 0, program: "x" });
  const ada = createTalker();
  ada.say(interpreter, "teach");

  expect(ada.say(interpreter, "new big cat")).toBe("ok");
});

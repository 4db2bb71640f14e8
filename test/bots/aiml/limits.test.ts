import { describe, expect, test } from "bun:test";
import { category, createBot, createTalker } from "./talk.ts";

const DEFAULT = "I have no answer for that.";
const OK = category("OK", "fine");
const grow = `<set name="x"><get name="x"/><get name="x"/>xxxxxxxx</set>`;

describe("answer() gives the default answer and goes on working when", () => {
  test.each([
    ["srai has no end", "depth", category("GO", "<srai>GO</srai>")],
    [
      "srai doubles",
      "activations",
      category("GO ^", "<think><srai>HALF</srai><srai>HALF</srai></think>") +
        category("HALF", "<srai>LEAF</srai>".repeat(3_000)) +
        category("LEAF", ""),
    ],
    [
      "a loop has no end",
      "loops",
      category("GO", `<condition name="x"><li>a<loop/></li></condition>`),
    ],
    [
      "loops stand in loops",
      "time",
      category(
        "GO",
        `<condition><li><condition><li>a<loop/></li></condition><loop/></li></condition>`,
      ),
    ],
    ["a predicate doubles", "predicates", category("GO", grow.repeat(20))],
    [
      "the text doubles",
      "output",
      category(
        "GO",
        `<think><set var="x">${"x".repeat(500)}</set>${`<set var="x"><get var="x"/><get var="x"/></set>`.repeat(8)}</think><get var="x"/>`,
      ),
    ],
  ] as const)("%s", (_, limit, aiml) => {
    let time = 0;
    const now = () => time++ * 5;
    const bot = createBot({ aiml: aiml + OK, now: limit === "time" ? now : () => 0 });
    const ada = createTalker();

    const answer = ada.ask(bot, "go");

    expect(answer).toMatchObject({ text: DEFAULT, limit });
    expect(ada.say(bot, "ok")).toBe("fine");
  });

  test("a message is too long", () => {
    const bot = createBot({ aiml: category("*", "read") });

    const answer = createTalker().ask(bot, "word ".repeat(200_000));

    expect(answer).toMatchObject({ text: DEFAULT, limit: "input" });
  });

  test("a person has too many predicates", () => {
    const bot = createBot({
      aiml: `${category("KEEP *", `<set><name><star/></name>1</set>`)}${OK}`,
    });
    const ada = createTalker();
    for (let at = 0; at < 1_000; at++) ada.say(bot, `keep p${at}`);

    const answer = ada.ask(bot, "keep one more");

    expect(answer).toMatchObject({ text: DEFAULT, limit: "predicates" });
    expect(ada.say(bot, "keep p7")).toBe("1");
  });

  test("a person taught too much", () => {
    const learn = `<learn><category><pattern>X<eval><star/></eval></pattern><template>1</template></category></learn>ok`;
    const bot = createBot({ aiml: category("TEACH *", learn) + category("*", "none") });
    const ada = createTalker();
    for (let at = 0; at < 1_000; at++) ada.say(bot, `teach ${at}`);

    const answer = ada.ask(bot, "teach one more");

    expect(answer).toMatchObject({ text: DEFAULT, limit: "learned" });
    expect(ada.say(bot, "x 999")).toBe("1");
    expect(ada.say(bot, "x one more")).toBe("none");
  });
});

test("answer() allows 500 levels of srai", () => {
  const aiml =
    category("DOWN *", `<srai>DOWN <map name="predecessor"><star/></map></srai>.`) +
    category("DOWN 0", "end");
  const bot = createBot({ aiml });

  const said = createTalker().say(bot, "down 500");

  expect(said).toBe(`end${".".repeat(500)}`);
});

test("answer() survives templates as deep as the files may have them at every level of srai", () => {
  const deep = `${"<b>".repeat(90)}<srai>GO</srai>${"</b>".repeat(90)}`;
  const bot = createBot({ aiml: category("GO", deep) + OK });
  const ada = createTalker();

  const answer = ada.ask(bot, "go");

  expect(answer).toMatchObject({ text: DEFAULT, limit: "nesting" });
  expect(ada.say(bot, "ok")).toBe("fine");
});

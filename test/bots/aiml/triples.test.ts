import { describe, expect, test } from "bun:test";
import { category, createBot, createTalker, hold, linesOf } from "./talk.ts";

/** The three parts as child elements. */
function parts(subject: string, predicate: string, object: string): string {
  return `<subj>${subject}</subj><pred>${predicate}</pred><obj>${object}</obj>`;
}

/** Says what `variable` has in each tuple of a list, and a full stop after the last. */
function each(list: string, variable: string): string {
  return `<think><set var="list">${list}</set></think><condition var="list"><li value="NIL">.</li>
    <li><get var="${variable}"><tuple><first><get var="list"/></first></tuple></get>,<think><set
    var="list"><rest><get var="list"/></rest></set></think><loop/></li></condition>`;
}

const STARS = [`<star/>`, `<star index="2"/>`, `<star index="3"/>`] as const;

const aiml =
  category("NOTE * * *", `<addtriple>${parts(...STARS)}</addtriple>ok`) +
  category("DROP * * *", `<deletetriple>${parts(...STARS)}</deletetriple>ok`) +
  category("FORGET *", `<deletetriple><subj><star/></subj></deletetriple>ok`) +
  category("FORGET WHAT ONE *", `<deletetriple>${parts("?x", "<star/>", "?y")}</deletetriple>ok`) +
  category("FORGET EVERYTHING", "<deletetriple/>ok") +
  category("WHO * *", `<uniq>${parts("?who", STARS[0], STARS[1])}</uniq>`) +
  category("ALL OF *", each(`<select><q><subj><star/></subj><obj>?x</obj></q></select>`, "?x")) +
  category(
    "LIKES OF *",
    each(`<select vars="?x"><q>${parts("<star/>", "likes", "?x")}</q></select>`, "?x"),
  ) +
  category(
    "WHO LIKES A *",
    each(
      `<select><vars>?who</vars><q>${parts("?who", "likes", "?x")}</q><q>${parts("?x", "isa", "<star/>")}</q></select>`,
      "?who",
    ),
  ) +
  category(
    "FRIENDS WITHOUT *",
    each(
      `<select><q>${parts("?who", "isa", "friend")}</q><notq>${parts("?who", "likes", "<star/>")}</notq></select>`,
      "who",
    ),
  ) +
  category("SELF", each(`<select><q>${parts("?x", "likes", "?x")}</q></select>`, "?x")) +
  category(
    "KEEP",
    `<think><set name="found"><select><q>${parts("?x", "likes", "tea")}</q></select></set></think>ok`,
  ) +
  category("KEPT", `<srai>READ <get name="found"/></srai>`) +
  category("READ *", `<get><var>?x</var><tuple><star/></tuple></get>`) +
  category(
    "ODD",
    `<addtriple subj="?x" pred="is" obj="a variable"/><addtriple subj="half"/><uniq>${parts("a", "b", "c")}</uniq>|<uniq subj="half"/>|<select/>|<get var="?x" tuple="none"/>`,
  ) +
  category(
    "PARTS",
    `<addtriple subj="sky" pred="has" obj="blue"/><uniq subj="sky" pred="has" obj="?"/> <uniq subj="sky" pred="?" obj="blue"/> <uniq obj="blue" pred="has"/> <uniq subj="?a" pred="?b" obj="?c"/>`,
  ) +
  category("*", "none");

const dialogues: Readonly<Record<string, string>> = {
  "what was added is found, whatever its case": `
    > note Ada likes tea
    < ok
    > who likes tea
    < Ada
    > who LIKES Tea
    < Ada
    > who likes milk
    < NIL`,
  "the same triple twice is one": `
    > note Ada likes tea
    < ok
    > note ADA LIKES TEA
    < ok
    > likes of Ada
    < tea,.`,
  "what was deleted is gone, the rest in the order it was added": `
    > note Ada likes tea. note Ada likes milk. note Ada likes rum. note Ben likes rum
    < ok ok ok ok
    > drop ada likes TEA
    < ok
    > drop ada likes wine
    < ok
    > likes of Ada
    < milk,rum,.
    > note Ada likes tea
    < ok
    > likes of Ada
    < milk,rum,tea,.
    > forget Ada
    < ok
    > likes of Ada
    < .
    > likes of Ben
    < rum,.`,
  "a variable in deletetriple is any, but no part at all is nothing": `
    > note Ada likes tea. note Ada owns tea. note Ben likes rum
    < ok ok ok
    > forget everything
    < ok
    > forget what one likes
    < ok
    > all of ada
    < tea,.
    > all of ben
    < .`,
  "clauses share variables, and tuples alike in what is asked for are one": `
    > note tea isa drink. note rum isa drink. note pie isa food
    < ok ok ok
    > note Ada likes tea. note Ada likes rum. note Ben likes pie
    < ok ok ok
    > who likes a drink
    < Ada,.
    > who likes a food
    < Ben,.
    > who likes a car
    < .`,
  "notq leaves out what fits it": `
    > note Ada isa friend. note Ben isa friend. note Ben likes rum
    < ok ok ok
    > friends without rum
    < Ada,.
    > friends without wine
    < Ada,Ben,.`,
  "a variable that stands twice is one value": `
    > note Ada likes Ben. note Narcissus likes narcissus
    < ok ok
    > self
    < Narcissus,.`,
  "a tuple's name can be kept and asked about": `
    > note Ada likes tea
    < ok
    > keep
    < ok
    > kept
    < Ada
    > drop Ada likes tea
    < ok
    > kept
    < unknown
    > read tuple00zz
    < unknown`,
  "what cannot be kept or found": `
    > odd
    < NIL|NIL|NIL|unknown`,
  "parts may be attributes, and uniq says the last variable": `
    > parts
    < blue has sky blue`,
};

test.each(Object.entries(dialogues))("answer() holds the dialogue: %s", (_, says) => {
  const bot = createBot({ aiml });

  const held = hold(bot, says);

  expect(held).toBe(linesOf(says).join("\n"));
});

describe("triples", () => {
  test("are each person's own and outlive the interpreter", () => {
    const ada = createTalker("ada");
    ada.say(createBot({ aiml }), "note Ada likes tea");
    const bot = createBot({ aiml });

    expect(ada.say(bot, "who likes tea")).toBe("Ada");
    expect(createTalker("ben").say(bot, "who likes tea")).toBe("NIL");
  });

  test("are what the memory holds, although others were compiled for the same person", () => {
    const bot = createBot({ aiml });
    const [one, other] = [createTalker("ada"), createTalker("ada")];
    one.say(bot, "note Ada likes tea");
    other.say(bot, "note Ben likes tea");

    expect([one, other, one].map((ada) => ada.say(bot, "who likes tea"))).toEqual([
      "Ada",
      "Ben",
      "Ada",
    ]);
  });

  test("are written one by one", () => {
    const bot = createBot({ aiml });
    const ada = createTalker();
    ada.say(bot, "note Ada likes tea. note Ada likes rum");

    const { remember } = ada.ask(bot, "drop Ada likes tea. note Ada likes pie. note Ada likes rum");

    expect([...remember.keys()].sort()).toEqual(["h:1", "t:0", "t:2", "triples", "turns"]);
    expect([remember.get("t:0"), remember.get("t:2")]).toEqual([null, '["Ada","likes","pie"]']);
  });

  test("are limited in number and in length", () => {
    const bot = createBot({ aiml });
    const ada = createTalker();
    for (let at = 0; at < 1_000; at++) ada.say(bot, `note Ada likes n${at}`);

    expect(ada.ask(bot, "note Ada likes one more")).toMatchObject({ limit: "triples" });
    expect(ada.ask(bot, "note Ada likes n7")).toMatchObject({ text: "ok" });
    expect(ada.ask(bot, `drop Ada likes n7. note Ada likes ${"x".repeat(1_000)}`)).toMatchObject({
      limit: "triples",
    });
    expect(ada.say(bot, "who likes n8")).toBe("Ada");
  });

  test("are found by their rarest part, however many there are", () => {
    const both = `<q>${parts("?x", "isa", "friend")}</q><q>${parts("?x", "likes", "<star/>")}</q>`;
    const bot = createBot({
      aiml: aiml + category("JOIN *", each(`<select>${both}</select>`, "x")),
    });
    const ada = createTalker();
    for (let at = 0; at < 500; at++)
      ada.say(bot, `note p${at} isa friend. note p${at} likes t${at}`);

    // Each of 500 friends looked for among 1,000 triples would be more than a select may look at.
    expect(ada.ask(bot, "join t7")).toMatchObject({ text: "p7,.", limit: undefined });
  });

  test("asked in too many ways end the turn, soon", () => {
    const clause = (at: number) => `<q>${parts(`?a${at}`, `?b${at}`, `?c${at}`)}</q>`;
    const hostile = category("GO", `<select>${[1, 2, 3, 4, 5].map(clause).join("")}</select>`);
    const bot = createBot({ aiml: aiml + hostile });
    const ada = createTalker();
    for (let at = 0; at < 200; at++) ada.say(bot, `note Ada likes n${at}`);

    const started = performance.now();
    const answer = ada.ask(bot, "go");

    expect(answer).toMatchObject({ limit: "triples" });
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test.each([
    ["many clauses", `<notq>${parts("x", "y", "z")}</notq>`.repeat(50_000)],
    ["many names", `<vars>${"?x ".repeat(10_000)}</vars><q>${parts("?x", "?y", "?z")}</q>`],
    ["long names", `<q>${parts(`?${"x".repeat(9_000)}`, "?y", "?z")}</q>`],
  ])("asked with %s end the turn, soon", (_, inside) => {
    const hostile = category("GO", `<select>${inside}</select>`) + category("OK", "fine");
    const bot = createBot({ aiml: aiml + hostile });
    const ada = createTalker();
    for (let at = 0; at < 200; at++) ada.say(bot, `note Ada likes n${at}`);

    const started = performance.now();
    const answer = ada.ask(bot, "go");

    expect(answer).toMatchObject({ limit: "triples" });
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(ada.say(bot, "ok")).toBe("fine");
  });
});

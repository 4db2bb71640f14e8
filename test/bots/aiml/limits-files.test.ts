import { describe, expect, test } from "bun:test";
import { decodeBotFile } from "../../../src/bots/aiml/bot-file.ts";
import { compileBot } from "../../../src/bots/aiml/compile.ts";
import { category, createBot, createTalker } from "./talk.ts";

const OK = category("OK", "fine");
const MILLION = 1_000_000;

describe("compileBot() leaves out and tells of", () => {
  test.each([
    ["entities that grow", "x.aiml", bomb()],
    ["an entity from outside", "x.aiml", outside("SYSTEM 'file:///etc/passwd'")],
    ["an entity from another host", "x.aiml", outside("PUBLIC 'x' 'http://127.0.0.1/'")],
    ["XML with NULs", "x.aiml", `<aiml>\0${OK}</aiml>`],
    ["XML with half a character", "x.aiml", `<aiml>\uD800${OK}</aiml>\uD800`],
    ["XML that is all start tags", "x.aiml", "<aiml>".repeat(MILLION)],
    [
      "a document type without end",
      "x.aiml",
      `<!DOCTYPE ${"[<!ENTITY a 'b'>".repeat(MILLION / 10)}`,
    ],
    ["a comment without end", "x.aiml", `<aiml><!--${"-x".repeat(MILLION)}`],
    ["character data without end", "x.aiml", `<aiml><![CDATA[${"]]".repeat(MILLION)}`],
    ["an instruction without end", "x.aiml", `<aiml><?x ${"?".repeat(MILLION)}`],
    ["one attribute twice", "x.aiml", `<aiml><a b="1" b="2"/></aiml>`],
    [
      "a pattern of a million words",
      "x.aiml",
      `<aiml>${category("A ".repeat(MILLION), "")}</aiml>`,
    ],
    [
      "a pattern of a million wildcards",
      "x.aiml",
      `<aiml>${category("* ".repeat(MILLION), "")}</aiml>`,
    ],
    [
      "a that of a million words",
      "x.aiml",
      `<aiml>${category("A", "").replace("<t", `<that>${"A ".repeat(MILLION)}</that><t`)}</aiml>`,
    ],
    ["JSON nested without end", "x.set", "[".repeat(MILLION)],
    ["JSON nested and closed", "x.set", `[${"[".repeat(MILLION)}${"]".repeat(MILLION)}]`],
    ["a substitution's key as long as a page", "x.substitution", `[["${"a".repeat(5_000)}","b"]]`],
    ["a substitution of numbers", "x.substitution", "[[1e400, 2]]"],
    ["JSON that is no list", "x.map", '{"__proto__":[["a","b"]]}'],
  ])("%s", (_, name, text) => {
    const bot = compileBot([
      { name, text },
      { name: "ok.aiml", text: `<aiml>${OK}</aiml>` },
    ]);

    expect(bot.problems).toEqual([expect.objectContaining({ file: name })]);
    expect(bot.size).toBe(1);
  });
});

describe("answer() comes in time from", () => {
  test.each([
    ["a template of 10 MB", category("GO", "word ".repeat(2 * MILLION)), undefined],
    ["100,000 choices", category("GO", `<random>${"<li>ok</li>".repeat(100_000)}</random>`), "ok"],
    ["no choices", category("GO", "<random></random>ok<condition/>"), "ok"],
    ["100,000 elements", category("GO", `${"<b></b>".repeat(5_000)}ok`), "ok"],
    ["20,000 sets at one place", manySets(20_000) + category("*", "ok"), "ok"],
    [
      "a number of 400 digits",
      category("GO", `<think><map name="successor">${"9".repeat(400)}</map></think>ok`),
      "ok",
    ],
    [
      "a number of a million digits",
      category("GO", `<map name="successor">${"9".repeat(MILLION)}</map>`),
      "unknown",
    ],
    ["a locale that is none", category("GO", `<date locale="en-a1" format="ok"/>`), "ok"],
    ["a zone that is none", category("GO", `<date timezone="Moon/Crater" format="ok"/>`), "ok"],
    [
      "a date in quotes",
      category("GO", `<think><date jformat="${"'".repeat(50_001)}"/></think>ok`),
      "ok",
    ],
    [
      "a date's format of 60,000 characters",
      category("GO", `<date format="${"%A".repeat(30_000)}"/>`),
      "Mon Mar 2 12:05:09 2026",
    ],
    [
      "intervals that go on and on",
      category(
        "GO",
        `${`<interval format="${"x%d".repeat(300)}"><from>${"x1".repeat(20_000)}</from></interval>`.repeat(100)}`,
      ),
      "0".repeat(100),
    ],
    [
      "an interval over all time",
      category(
        "GO",
        `<interval format="%Y" style="years"><from>1000</from><to>9999</to></interval>`,
      ),
      "8999",
    ],
    ["fences written as entities", category("GO", `${"&#xFDD0;".repeat(60_000)}ok`), "ok"],
    [
      "a name of every object's",
      category("GO", `<bot name="__proto__"/> <map name="constructor">toString</map>`),
      "unknown unknown",
    ],
  ])("%s", (_, aiml, wanted) => {
    const bot = createBot({ aiml: aiml + OK });
    const ada = createTalker();

    const started = performance.now();
    const said = ada.say(bot, "go");

    expect(performance.now() - started).toBeLessThan(1_000);
    expect(said).toBe(wanted ?? "I have no answer for that.");
    expect(ada.say(bot, "ok")).toBe("fine");
  });

  test.each([
    [
      "100,000 substitutions with one key",
      Array.from({ length: 100_000 }, (_, at) => ["a", `b${100_000 - at}`]),
    ],
    [
      "100,000 substitutions that begin alike",
      Array.from({ length: 100_000 }, (_, at) => [`a a${at}`, "c"]),
    ],
    ["substitutions that nearly fit everywhere", [[`${"a".repeat(199)}b`, "c"]]],
  ])("%s", (_, pairs) => {
    const files = { "person.substitution": pairs };
    const bot = createBot({
      aiml: category("*", "<think><person><star/></person></think>ok"),
      files,
    });

    const started = performance.now();
    const said = createTalker().say(bot, "a ".repeat(4_900));

    expect(performance.now() - started).toBeLessThan(1_000);
    expect(said).toBe("ok");
  });

  test.each([
    ["a million words", "word ".repeat(MILLION)],
    ["one word of a million characters", "x".repeat(MILLION)],
    ["a million marks", ".!?".repeat(MILLION)],
    ["a million spaces", " ".repeat(MILLION)],
    ["a million halves of characters", "\uD800".repeat(MILLION)],
    ["a million NULs", "\0".repeat(MILLION)],
    ["ten thousand accents", `e${"\u0301".repeat(9_999)}`],
    ["five thousand sentences", "a.".repeat(5_000)],
    ["ten thousand words without spaces", "東".repeat(10_000)],
  ])("a text of %s", (_, text) => {
    const bot = createBot({ aiml: category("^ * ^", "<think><star/></think>ok") + OK });
    const ada = createTalker();

    const started = performance.now();
    const { text: said } = ada.ask(bot, text);

    expect(performance.now() - started).toBeLessThan(1_000);
    expect(said).toMatch(/^(ok( ok)*|I have no answer for that\.)$/);
    expect(ada.say(bot, "ok")).toBe("fine");
  });
});

test("no file can say what only elements say: fences are taken out of JSON and entities", () => {
  const files = { "a.properties": String.raw`[["x", "a\ufdd0oob\ufdd1b"]]` };
  const bot = createBot({ aiml: category("GO", '<bot name="x"/>c&#xFDD0;oob&#xFDD1;d'), files });

  const { raw } = createTalker().ask(bot, "go");

  expect(raw).toBe("aoobbcoobd");
});

test.each(["utf16le", "utf-8"] as const)(
  "decodeBotFile() reads %s by its byte order mark",
  (encoding) => {
    const bytes = Buffer.from("\uFEFF<aiml>é</aiml>", encoding);

    expect(decodeBotFile(bytes)).toEndWith("<aiml>é</aiml>");
  },
);

function bomb(): string {
  const lines = Array.from(
    { length: 20 },
    (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`,
  );
  return `<!DOCTYPE aiml [<!ENTITY e0 "ha">${lines.join("")}]><aiml>${category("GO", "&e20;")}</aiml>`;
}

function outside(place: string): string {
  return `<!DOCTYPE aiml [<!ENTITY e ${place}>]><aiml>${category("GO", "&e;")}</aiml>`;
}

function manySets(count: number): string {
  return Array.from({ length: count }, (_, at) => category(`<set>s${at}</set>`, "?")).join("");
}

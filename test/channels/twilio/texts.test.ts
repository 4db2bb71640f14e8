import { describe, expect, test } from "bun:test";
import { fit, MAX_TEXT_LENGTH } from "../../../src/channels/twilio/texts.ts";
import { toTwiml } from "../../../src/channels/twilio/twiml.ts";

const FLAG = "🇺🇸";
const FAMILY = "👩‍👩‍👧‍👦";

describe("fit()", () => {
  test.each<[string, string, readonly string[]]>([
    ["a short text as it is", "Hello, Ada.", ["Hello, Ada."]],
    ["1,600 characters in one", "x".repeat(1600), ["x".repeat(1600)]],
    ["nothing of nothing", "", []],
    ["nothing of blanks", " \n\t ", []],
    ["nothing of what cannot be sent", "\u0000\u0007\ufffe", []],
    ["line ends as one kind", "a\r\nb\rc", ["a\nb\nc"]],
    ["no control characters", "a\u0000b\u001bc\u0085d\ufffee\ufdd0f", ["abcdef"]],
    ["no lone surrogates", "a\ud83db", ["a\ufffdb"]],
    ["emoji and joiners whole", `${FAMILY} ${FLAG}`, [`${FAMILY} ${FLAG}`]],
  ])("gives %s", (_, answer, texts) => {
    expect(fit([answer])).toEqual(texts);
  });

  test("splits at the end of a sentence", () => {
    const sentence = `${"word ".repeat(199)}end. `;

    const texts = fit([sentence.repeat(3)]);

    expect(texts).toHaveLength(3);
    expect(texts.every((text) => text.endsWith("end."))).toBe(true);
  });

  test("splits at the end of a sentence that needs no space behind it", () => {
    const texts = fit([`${"字".repeat(999)}。`.repeat(2)]);

    expect(texts.map((text) => text.length)).toEqual([1000, 1000]);
  });

  test("splits at a word where a sentence would leave a stub", () => {
    const texts = fit([`Hi. ${"word ".repeat(500)}`]);

    expect(texts[0]?.length).toBeGreaterThan(1500);
    expect(texts.every((text) => text.endsWith("word"))).toBe(true);
  });

  test("splits a text without spaces between characters as people see them", () => {
    const texts = fit([FAMILY.repeat(300)]);

    expect(texts.join("")).toBe(FAMILY.repeat(300));
    expect(texts.every((text) => text.length % FAMILY.length === 0)).toBe(true);
  });

  test("splits flags between flags", () => {
    const texts = fit([`x${FLAG.repeat(900)}`]);

    expect(texts.join("")).toBe(`x${FLAG.repeat(900)}`);
    expect(texts.slice(1).every((text) => text.startsWith(FLAG))).toBe(true);
  });

  test("keeps surrogate pairs whole in one letter longer than a message", () => {
    const texts = fit([`e${"\u0301".repeat(1598)}${"\u{1d165}".repeat(400)}`]);

    expect(texts.every((text) => text.isWellFormed())).toBe(true);
  });

  test.each([
    ["words", "many words ".repeat(3000)],
    ["letters", "x".repeat(50_000)],
    ["ampersands", "&".repeat(50_000)],
    ["quotes", `"'`.repeat(20_000)],
    ["three-byte letters", "漢".repeat(50_000)],
    ["line ends", "a\n".repeat(20_000)],
  ])("keeps an endless answer of %s within what Twilio takes, and marks the cut", (_, answer) => {
    const texts = fit([answer]);

    expect(texts.length).toBeLessThanOrEqual(10);
    expect(texts.every((text) => text.length > 0 && text.length <= MAX_TEXT_LENGTH)).toBe(true);
    expect(texts.at(-1)).toEndWith("...");
    expect(Buffer.byteLength(toTwiml(texts))).toBeLessThan(64 * 1024);
  });

  test("loses nothing but the white space at the borders", () => {
    const answer = Array.from({ length: 900 }, (_, index) => `Sentence ${index}, is it not?`).join(
      " ",
    );

    const texts = fit([answer.slice(0, 15_000)]);

    expect(texts.join(" ")).toBe(answer.slice(0, 15_000).trim());
  });

  test("begins a text with each message, and leaves out what is nothing", () => {
    expect(fit(["One.", " \n", "Two."])).toEqual(["One.", "Two."]);
  });

  test.each([
    ["many", Array(50).fill("word")],
    ["long", Array(8).fill("word ".repeat(600))],
  ])("keeps %s messages together within what Twilio takes for one answer", (_, messages) => {
    const texts = fit(messages);

    expect(texts).toHaveLength(10);
    expect(texts.at(-1)).toEndWith("...");
  });
});

import { describe, expect, test } from "bun:test";
import {
  type Fitting,
  fit,
  MAX_TEXT_LENGTH,
  MORE_MARK,
} from "../../../src/channels/twilio/texts.ts";
import { toTwiml } from "../../../src/channels/twilio/twiml.ts";

const FLAG = "🇺🇸";
const FAMILY = "👩‍👩‍👧‍👦";

const AS_IT_IS: Fitting = { most: 10, isCheap: false };

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
    expect(textsOf([answer])).toEqual(texts);
  });

  test("splits at the end of a sentence", () => {
    const sentence = `${"word ".repeat(199)}end. `;

    const texts = textsOf([sentence.repeat(3)]);

    expect(texts).toHaveLength(3);
    expect(texts.every((text) => text.endsWith("end."))).toBe(true);
  });

  test("splits at the end of a sentence that needs no space behind it", () => {
    const texts = textsOf([`${"字".repeat(599)}。`.repeat(2)]);

    expect(texts.map((text) => text.length)).toEqual([600, 600]);
  });

  test.each([
    ["another script", "ж"],
    ["what costs two places in the plain alphabet", "€"],
    ["accents that the plain alphabet lacks", "ç"],
  ])("makes texts of %s half as long, as Twilio may count a character twice", (_, letter) => {
    const texts = textsOf([letter.repeat(2000)]);

    expect(texts.map((text) => text.length)).toEqual([800, 800, 400]);
  });

  test("makes plain texts long again behind one that is not", () => {
    const texts = textsOf([`${"ж".repeat(800)}${"x".repeat(1600)}`]);

    expect(texts.map((text) => text.length)).toEqual([800, 1600]);
  });

  test("splits at a word where a sentence would leave a stub", () => {
    const texts = textsOf([`Hi. ${"word ".repeat(500)}`]);

    expect(texts[0]?.length).toBeGreaterThan(1500);
    expect(texts.every((text) => text.endsWith("word"))).toBe(true);
  });

  test("splits a text without spaces between characters as people see them", () => {
    const texts = textsOf([FAMILY.repeat(300)]);

    expect(texts.join("")).toBe(FAMILY.repeat(300));
    expect(texts.every((text) => text.length % FAMILY.length === 0)).toBe(true);
  });

  test("splits flags between flags", () => {
    const texts = textsOf([`x${FLAG.repeat(900)}`]);

    expect(texts.join("")).toBe(`x${FLAG.repeat(900)}`);
    expect(texts.slice(1).every((text) => text.startsWith(FLAG))).toBe(true);
  });

  test("keeps surrogate pairs whole in one letter longer than a message", () => {
    const texts = textsOf([`e${"\u0301".repeat(1598)}${"\u{1d165}".repeat(400)}`]);

    expect(texts.every((text) => text.isWellFormed())).toBe(true);
  });

  test.each([
    ["words", "many words ".repeat(3000)],
    ["letters", "x".repeat(50_000)],
    ["ampersands", "&".repeat(50_000)],
    ["quotes", `"'`.repeat(20_000)],
    ["three-byte letters", "漢".repeat(50_000)],
    ["line ends", "a\n".repeat(20_000)],
  ])(
    "keeps an endless answer of %s within what Twilio takes, and says that there is more",
    (_, answer) => {
      const texts = textsOf([answer]);

      expect(texts.length).toBeLessThanOrEqual(10);
      expect(texts.every((text) => text.length > 0 && text.length <= MAX_TEXT_LENGTH)).toBe(true);
      expect(texts.at(-1)).toEndWith(MORE_MARK);
      expect(bytesOf(texts)).toBeLessThan(64 * 1024);
    },
  );

  test("loses nothing but the white space at the borders", () => {
    const answer = Array.from({ length: 900 }, (_, index) => `Sentence ${index}, is it not?`).join(
      " ",
    );

    const texts = textsOf([answer.slice(0, 15_000)]);

    expect(texts.join(" ")).toBe(answer.slice(0, 15_000).trim());
  });

  test("begins a text with each message, and leaves out what is nothing", () => {
    expect(textsOf(["One.", " \n", "Two."])).toEqual(["One.", "Two."]);
  });

  test.each([
    ["many", Array(50).fill("word")],
    ["long", Array(8).fill("word ".repeat(600))],
  ])("keeps %s messages together within what Twilio takes for one answer", (_, messages) => {
    const texts = textsOf(messages);

    expect(texts).toHaveLength(10);
    expect(texts.at(-1)).toEndWith(MORE_MARK);
  });
});

describe("fit() to a few texts", () => {
  const SENTENCES = Array.from({ length: 400 }, (_, index) => `Sentence ${index}, is it not?`);
  const LONG = SENTENCES.join(" ");

  test.each([
    ["a short answer", ["Hello, Ada."]],
    ["no answer", ["", " "]],
    ["as many messages as may be", ["One.", "Two.", "Three."]],
    ["texts as long as may be", ["x".repeat(1600), "y".repeat(1600), "z".repeat(1600)]],
  ])("gives %s whole", (_, messages) => {
    expect(fit(messages, { ...AS_IT_IS, most: 3 })).toEqual({ now: textsOf(messages), later: [] });
  });

  test("gives the first texts, says that there is more, and keeps it", () => {
    const { now, later } = fit(["One.", "Two.", "Three.", "Four.", "Five."], {
      ...AS_IT_IS,
      most: 3,
    });

    expect(now).toEqual(["One.", "Two.", `Three.${MORE_MARK}`]);
    expect(later).toEqual(["Four.", "Five."]);
  });

  test("gives all of a long answer in the end, every text within what Twilio takes", () => {
    const portions = everyPortion([LONG], 2);

    const texts = portions.flat();
    expect(portions.map((portion) => portion.length)).toEqual([2, 2, 2, 1]);
    expect(texts.every((text) => text.length <= MAX_TEXT_LENGTH)).toBe(true);
    expect(texts.map((text) => text.replace(MORE_MARK, "")).join(" ")).toBe(LONG);
  });

  test("says that there is more in the last text of a portion, and not in the last of all", () => {
    const marked = everyPortion([LONG], 2).map((portion) =>
      portion.map((text) => text.endsWith(MORE_MARK)),
    );

    expect(marked).toEqual([[false, true], [false, true], [false, true], [false]]);
  });

  test("makes room for the mark in a text without a place to split", () => {
    const { now, later } = fit(["x".repeat(4000)], { ...AS_IT_IS, most: 1 });

    expect(now).toEqual([`${"x".repeat(MAX_TEXT_LENGTH - MORE_MARK.length)}${MORE_MARK}`]);
    expect(later.join("")).toHaveLength(4000 - MAX_TEXT_LENGTH + MORE_MARK.length);
  });

  test("gives no more at once than Twilio takes for one webhook, however much is wished for", () => {
    const portions = everyPortion([`"'`.repeat(20_000)], 50);

    const texts = portions.flat();
    expect(portions.every((portion) => portion.length <= 10)).toBe(true);
    expect(portions.every((portion) => bytesOf(portion) < 64 * 1024)).toBe(true);
    expect(texts.map((text) => text.replace(MORE_MARK, "")).join("")).toBe(`"'`.repeat(20_000));
  });

  test("says nothing of more where making room for that needs a text less", () => {
    const { now, later } = fit([`${"x".repeat(3175)}ж${"x".repeat(700)}`], {
      ...AS_IT_IS,
      most: 3,
    });

    expect(now.map((text) => text.length)).toEqual([1575, 1575, 726]);
    expect(later).toEqual([]);
  });
});

describe("fit() cheaply", () => {
  const QUOTED = `“${"word ".repeat(40)}”`;

  test("gives look-alikes of the plain alphabet where that saves a segment", () => {
    const { now } = fit([QUOTED], { most: 3, isCheap: true });

    expect(now).toEqual([`"${"word ".repeat(40)}"`]);
  });

  test("leaves the characters alone where it is not asked to save", () => {
    const { now } = fit([QUOTED], { most: 3, isCheap: false });

    expect(now).toEqual([QUOTED]);
  });

  test("makes one text of what would have been two in dearer characters", () => {
    const answer = `It’s ${"word ".repeat(300)}`.trim();

    const { now } = fit([answer], { most: 3, isCheap: true });

    expect(now).toEqual([answer.replace("’", "'")]);
  });
});

function textsOf(messages: readonly string[]): readonly string[] {
  return fit(messages, AS_IT_IS).now;
}

function everyPortion(messages: readonly string[], most: number): (readonly string[])[] {
  const portions: (readonly string[])[] = [];
  let rest = messages;
  while (rest.length > 0) {
    const { now, later } = fit(rest, { ...AS_IT_IS, most });
    portions.push(now);
    rest = later;
  }
  return portions;
}

function bytesOf(texts: readonly string[]): number {
  const kept = texts.map((text, id) => ({ id, text }));
  const callbackOf = (id: number) =>
    `https://bot.example.com/sms/status?id=${id}#rc=2&rp=ct,rt,5xx`;
  return Buffer.byteLength(toTwiml(kept, callbackOf));
}

import { describe, expect, test } from "bun:test";
import { makeCheaper } from "../../../src/channels/twilio/cheaper.ts";
import { segment } from "../../../src/channels/twilio/segments.ts";

const LONG = "a".repeat(100);

describe("makeCheaper()", () => {
  test.each([
    ["curly quotes", "“Hi” and ‘hi’ and it’s", `"Hi" and 'hi' and it's`],
    ["low and reversed quotes", "„Hallo‟ ‚so‛", `"Hallo" 'so'`],
    ["guillemets", "«Oui» ‹non›", `"Oui" 'non'`],
    ["primes", "6′ 2″", `6' 2"`],
    ["accents without a letter", "´a` ʼ", "'a' '"],
    ["hyphens, dashes and minus", "a‐b‑c‒d–e — f―g 3−2", "a-b-c-d-e - f-g 3-2"],
    ["bullets", "• one\n‣ two\n⁃ three", "- one\n- two\n- three"],
    ["an ellipsis", "Well… no", "Well... no"],
    ["fractions' slashes", "1⁄2 3∕4", "1/2 3/4"],
    [
      "spaces of every width",
      "a\u00a0b\u2003c\u2009d\u200ae\u202ff\u205fg\u3000h\ti",
      "a b c d e f g h i",
    ],
    ["line and paragraph separators", "a\u2028b\u2029c", "a\nb\nc"],
    ["what nobody sees", "a\u00adb\u200bc\u2060d\ufeffe", "abcde"],
    ["accents that come apart from their letter", "cafe\u0301 U\u0308ber", "café Über"],
  ])("writes %s plainly where that saves a segment", (_, dear, cheap) => {
    const text = makeCheaper(`${LONG} ${dear}`);

    expect(text).toBe(`${LONG} ${cheap}`);
    expect(segment(text)).toEqual({ encoding: "GSM-7", segments: 1 });
  });

  test.each([
    ["in a short text, which is one segment anyhow", "It’s “fine” — isn’t it…"],
    ["beside an emoji, which costs the same", `${LONG} It’s fine 👋`],
    ["beside a letter that GSM lacks", `${LONG} It’s ça`],
    ["in another script", `${"Привет, ".repeat(20)}— «да»…`],
    ["in a text that is cheap", `${LONG} It's "fine" - isn't it...`],
  ])("leaves quotes and dashes %s", (_, text) => {
    expect(makeCheaper(text)).toBe(text);
  });

  test("leaves every accented letter, those that GSM has and those that it lacks", () => {
    const text = `${LONG} “${"àéùñÖßåøÆÇ"}” ${"çêíóúãõœŁ"}`;

    expect(makeCheaper(text)).toBe(text);
    expect(makeCheaper(`${LONG} “${"àéùñÖßåøÆÇ"}”`)).toBe(`${LONG} "àéùñÖßåøÆÇ"`);
  });

  test("leaves the joiners that shape letters and emoji", () => {
    const text = `${LONG} 👩‍👧 \u200c\u200d ${LONG}`;

    expect(makeCheaper(text)).toContain("👩‍👧 \u200c\u200d");
  });

  test("writes plainly beside a letter that stays dear, where it still saves", () => {
    const zeroWidth = `${"a".repeat(60)}ç${"\u200b".repeat(20)}`;

    const text = makeCheaper(zeroWidth);

    expect(text).toBe(`${"a".repeat(60)}ç`);
    expect(segment(text).segments).toBe(1);
  });

  test("never makes a text dearer, and changes nothing twice", () => {
    const texts = Array.from({ length: 300 }, (_, index) =>
      "… It’s “so” — ж•".repeat(1 + (index % 17)).slice(index % 13, 20 + index),
    );

    const dearer = texts.filter(
      (text) => segment(makeCheaper(text)).segments > segment(text).segments,
    );

    expect(dearer).toEqual([]);
    expect(texts.map(makeCheaper).map(makeCheaper)).toEqual(texts.map(makeCheaper));
  });
});

import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { SegmentedMessage } from "sms-segments-calculator";
import { isPlainGsm, isPlainUcs } from "../../../src/channels/twilio/gsm.ts";
import { type Encoding, segment } from "../../../src/channels/twilio/segments.ts";

const ROOT = join(import.meta.dir, "..", "..", "..");

const FAMILY = "👩‍👩‍👧‍👦";

const TABLE: readonly (readonly [string, string, Encoding, number])[] = [
  ["nothing", "", "GSM-7", 1],
  ["160 letters", "a".repeat(160), "GSM-7", 1],
  ["161 letters", "a".repeat(161), "GSM-7", 2],
  ["306 letters", "a".repeat(306), "GSM-7", 2],
  ["307 letters", "a".repeat(307), "GSM-7", 3],
  ["459 letters", "a".repeat(459), "GSM-7", 3],
  ["460 letters", "a".repeat(460), "GSM-7", 4],
  ["1,600 letters", "a".repeat(1600), "GSM-7", 11],
  ["160 letters with the accents that GSM has", "àéùñÖß¿Δ".repeat(20), "GSM-7", 1],
  ["160 at signs", "@".repeat(160), "GSM-7", 1],
  ["70 Chinese letters", "中".repeat(70), "UCS-2", 1],
  ["71 Chinese letters", "中".repeat(71), "UCS-2", 2],
  ["134 Chinese letters", "中".repeat(134), "UCS-2", 2],
  ["135 Chinese letters", "中".repeat(135), "UCS-2", 3],
  ["1,600 Cyrillic letters", "ж".repeat(1600), "UCS-2", 24],
  ["80 euro signs, which cost two", "€".repeat(80), "GSM-7", 1],
  ["81 euro signs", "€".repeat(81), "GSM-7", 2],
  ["153 brackets, none of which can be cut in two", "]".repeat(153), "GSM-7", 3],
  ["159 letters and one that costs two", `${"a".repeat(159)}|`, "GSM-7", 2],
  ["158 letters and one that costs two", `${"a".repeat(158)}|`, "GSM-7", 1],
  ["every letter that costs two", "^{}\\[~]|€\f", "GSM-7", 1],
  ["letters that cost two, beside an emoji", `${"|".repeat(68)}😘`, "UCS-2", 1],
  ["69 letters and an emoji", `${"a".repeat(69)}😘`, "UCS-2", 2],
  ["68 letters and an emoji", `${"a".repeat(68)}😘`, "UCS-2", 1],
  ["35 emoji", "😀".repeat(35), "UCS-2", 1],
  ["36 emoji", "😀".repeat(36), "UCS-2", 2],
  ["66 letters and an emoji at the border", `${"a".repeat(66)}😀${"a".repeat(65)}`, "UCS-2", 2],
  ["66 letters and an emoji across the border", `${"a".repeat(66)}😀${"a".repeat(67)}`, "UCS-2", 3],
  ["six families, joined by ZWJ", FAMILY.repeat(6), "UCS-2", 1],
  ["seven families", FAMILY.repeat(7), "UCS-2", 2],
  ["flags", "🇺🇸".repeat(18), "UCS-2", 2],
  ["70 accents as one letter each", "é".repeat(70), "GSM-7", 1],
  ["70 accents as two letters each", "e\u0301".repeat(70), "UCS-2", 3],
  ["one curly quote among 70", `${"a".repeat(69)}’`, "UCS-2", 1],
  ["one curly quote among 71", `${"a".repeat(70)}’`, "UCS-2", 2],
  ["a small ç, which GSM lacks", "ç", "UCS-2", 1],
  ["a backtick, which GSM lacks", "`", "UCS-2", 1],
  ["a tab, which GSM lacks", "\t", "UCS-2", 1],
  ["80 letters, LF, 79 letters", `${"a".repeat(80)}\n${"a".repeat(79)}`, "GSM-7", 1],
  ["80 letters, CRLF, 79 letters", `${"a".repeat(80)}\r\n${"a".repeat(79)}`, "GSM-7", 2],
  ["305 letters with CRLF", `${"a".repeat(200)}\r\n${"a".repeat(105)}`, "GSM-7", 3],
];

const CASES = TABLE.map(([name, text, encoding, segments]) => ({ name, text, encoding, segments }));

describe("segment()", () => {
  test.each(CASES)("counts $name", ({ text, encoding, segments }) => {
    expect(segment(text)).toEqual({ encoding, segments });
  });

  test.each(CASES)("counts $name as Twilio's calculator does", ({ text }) => {
    const calculated = new SegmentedMessage(text);

    expect(segment(text)).toEqual({
      encoding: calculated.encodingName,
      segments: calculated.segmentsCount,
    });
  });

  test("knows each of the first 65,536 characters as Twilio's calculator does", () => {
    const different = everyCharacter().filter(
      (character) => segment(character).encoding !== new SegmentedMessage(character).encodingName,
    );

    expect(different).toEqual([]);
  });

  test("takes no two characters for one that it calls plain, in any company", () => {
    const plain = everyCharacter().filter(isPlainUcs);

    const joined = [plain, plain.toSorted(byLastDigits)]
      .flatMap(toSlices)
      .flatMap((text) => new SegmentedMessage(text).graphemes)
      .filter((grapheme) => grapheme.length > 1);

    expect(plain.length).toBeGreaterThan(50_000);
    expect(joined).toEqual([]);
  }, 30_000);

  test("never takes more than one place for what it calls plain", () => {
    const wide = everyCharacter()
      .filter(isPlainGsm)
      .filter((character) => new SegmentedMessage(character.repeat(160)).segmentsCount > 1);

    expect(wide).toEqual([]);
  });
});

test.each([
  ["short or plain", '"Hi 👋", "a".repeat(1600)', "false"],
  ["long and in another script", '"ж".repeat(71), "It’s " + "a".repeat(71)', "false"],
  ["long and with emoji", '"Hi 👋".repeat(20)', "true"],
])("segment() loads the calculator for what is %s: %s: %s", (_, texts, isLoaded) => {
  const program = `
    const { segment } = await import("./src/channels/twilio/segments.ts");
    [${texts}].map(segment);
    console.log(Object.keys(require.cache).some((path) => path.includes("sms-segments-calculator")));
  `;

  const { stdout } = Bun.spawnSync([process.execPath, "-e", program], { cwd: ROOT });

  expect(stdout.toString().trim()).toBe(isLoaded);
});

function everyCharacter(): readonly string[] {
  return Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
}

/** Of some hundred characters, each slice with the first of the next. */
function toSlices(characters: readonly string[]): readonly string[] {
  const count = Math.ceil(characters.length / 300);
  return Array.from({ length: count }, (_, index) =>
    characters.slice(index * 300, index * 300 + 301).join(""),
  );
}

/** Brings characters of different scripts together. */
function byLastDigits(one: string, other: string): number {
  return (one.charCodeAt(0) % 251) - (other.charCodeAt(0) % 251);
}

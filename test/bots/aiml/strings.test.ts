import { describe, expect, test } from "bun:test";
import {
  ABSENT,
  addString,
  createStrings,
  findString,
  stringAt,
} from "../../../src/bots/aiml/strings.ts";

// Long enough to have every table grow many times.
const many = Array.from({ length: 5_000 }, (_, index) => `word ${index * 7_919}`);

describe("addString()", () => {
  test("numbers strings in the order they came, each once", () => {
    const strings = createStrings();

    const numbers = ["a", "b", "a", "", "c", ""].map((text) => addString(strings, text));

    expect(numbers).toEqual([0, 1, 0, 2, 3, 2]);
  });

  test("finds every one of thousands again", () => {
    const strings = createStrings();

    const numbers = many.map((text) => addString(strings, text));

    expect(many.map((text) => findString(strings, text))).toEqual(numbers);
    expect(numbers.map((number) => stringAt(strings, number))).toEqual(many);
  });
});

describe("findString()", () => {
  test.each(["", "wor", "word", "word 00", "WORD 0"])("does not find %p among others", (text) => {
    const strings = createStrings();
    for (const each of many) addString(strings, each);

    expect(findString(strings, text)).toBe(ABSENT);
  });
});

describe("stringAt()", () => {
  test.each([
    ["letters of every script", "Ünï 漢字 عربى"],
    ["characters beyond the first 65,536", "👩‍🚀"],
    ["half a character", "\uD83D"],
    ["more characters than a call takes arguments", "x".repeat(200_000)],
  ])("gives back %s", (_, text) => {
    const strings = createStrings();

    const number = addString(strings, text);

    expect(stringAt(strings, number)).toBe(text);
  });

  test("is empty for a number that no string has", () => {
    expect([ABSENT, 0, 7].map((number) => stringAt(createStrings(), number))).toEqual(["", "", ""]);
  });
});

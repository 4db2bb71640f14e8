import { describe, expect, test } from "bun:test";
import { isAlike, toOutline } from "../../src/conversation/resemblance.ts";

describe("isAlike()", () => {
  test.each([
    ["You said 1", "you said 23!"],
    ["Received at 12:03:55", "Received at 13:10:01"],
    ["I am driving, call you later", "I am driving - call you later."],
    ["Sorry, we are closed until Monday 8 am", "Sorry, we are closed until Mondays 9 am"],
    ["Ｈｅｌｌｏ １", "hello 2"],
    ["", ""],
  ])("%p is like %p", (one, other) => {
    expect(isAlike(toOutline(one), toOutline(other))).toBe(true);
  });

  test.each([
    ["weather in Paris", "weather in London"],
    ["yes", "no"],
    ["hello", ""],
    ["tell me a joke", "tell me a joke, and then another one about cats"],
    ["你好吗", "再见"],
  ])("%p is not like %p", (one, other) => {
    expect(isAlike(toOutline(one), toOutline(other))).toBe(false);
  });
});

describe("toOutline()", () => {
  test("keeps the words, and tells numbers apart", () => {
    const outline = toOutline("  It's 12:05, Ada! ");

    expect(outline).toEqual({ words: "it s 12 05 ada", shape: "it s 0 0 ada", number: 1205 });
  });

  test("looks no further than tells a text from others", () => {
    const outline = toOutline("long ".repeat(1000));

    expect(outline.words.length).toBeLessThanOrEqual(160);
  });
});

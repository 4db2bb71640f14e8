import { expect, test } from "bun:test";
import { toColumns, toJsonLine, toOneLine } from "../../src/cli/output.ts";

test("toColumns() aligns every column and leaves no space at the end of a line", () => {
  const text = toColumns([
    ["a", "bb", "c"],
    ["aaa", "b", ""],
  ]);

  expect(text).toBe("a    bb  c\naaa  b\n");
});

test("toColumns() of no rows is nothing", () => {
  expect(toColumns([])).toBe("");
});

test.each([
  ["hello", "hello"],
  ["\u001B[31mred\u0007", "[31mred"],
  ["one\r\n\ttwo\u2028", "one two"],
  ["\u202Eturned", "turned"],
  ["twelve chars", "twelve c…"],
  ["🙂🙂🙂🙂🙂🙂🙂🙂🙂", "🙂🙂🙂🙂🙂🙂🙂🙂🙂"],
])("toOneLine() of %j is %j", (text, wanted) => {
  const line = toOneLine(text, 9);

  expect(line).toBe(wanted);
});

test("toJsonLine() leaves nothing in it that a terminal would obey", () => {
  const value = "\u001B[2J\u007F\u009B3J\u202E🙂é";

  const line = toJsonLine(value);

  expect(line).toBe('"\\u001b[2J\\u007f\\u009b3J\\u202e🙂é"\n');
  expect(JSON.parse(line)).toBe(value);
});

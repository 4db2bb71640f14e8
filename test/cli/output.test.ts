import { expect, test } from "bun:test";
import { toColumns } from "../../src/cli/output.ts";

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

import { describe, expect, test } from "bun:test";
import { nestingOf } from "../../../src/bots/aiml/evaluate.ts";
import { MAX_MARKUP_DEPTH } from "../../../src/bots/aiml/limits.ts";
import { endOf, startOf, toXml, withElements } from "../../../src/bots/aiml/markup.ts";
import { toTree } from "../../../src/bots/aiml/markup-tree.ts";
import { isElement, type Node, textOf } from "../../../src/bots/aiml/xml.ts";

describe("toTree()", () => {
  test.each([
    ["plain text", 'a <b> & "c"', ['a <b> & "c"']],
    ["an element", `a${startOf("b", "", false)}c${endOf("b")}d`, ["a", ["b", [], ["c"]], "d"]],
    ["an empty one", startOf("br", "", true), [["br", [], []]]],
    [
      "attributes",
      startOf("a", 'href="x?a=1&amp;b=2" title="two  words"', true),
      [
        [
          "a",
          [
            ["href", "x?a=1&b=2"],
            ["title", "two words"],
          ],
          [],
        ],
      ],
    ],
    ["an end too many", `a${endOf("b")}c`, ["a", "c"]],
    ["an end too few", `a${startOf("b", "", false)}c`, ["a", ["b", [], ["c"]]]],
    ["nothing", "", []],
  ])("makes %s", (_, raw, expected: unknown[]) => {
    const nodes = toTree(raw);

    expect(nodes.map(toPlain)).toEqual(expected);
  });

  test("keeps the text of what is nested too deep", () => {
    const raw = `${startOf("b", "", false).repeat(MAX_MARKUP_DEPTH + 50)}deep`;

    const [tree = ""] = toTree(raw);

    expect(nestingOf([tree])).toBe(MAX_MARKUP_DEPTH);
    expect(textOf([tree])).toBe("deep");
  });

  test("reads damaged attributes as fast as whole ones", () => {
    const raw = startOf("a", "a".repeat(100_000), true);

    const started = performance.now();
    const nodes = toTree(raw);

    expect(performance.now() - started).toBeLessThan(1_000);
    expect(nodes.map(toPlain)).toEqual([["a", [], []]]);
  });
});

describe("withElements()", () => {
  test.each([
    ["a start and an end", "<b>bold</b>"],
    ["attributes", '<a href="https://example.com/?a=1&amp;b=2">page</a>'],
    ["an empty element", "one<br/>two"],
  ])("fences %s", (_, text) => {
    const fenced = withElements(text);

    expect(toXml(fenced)).toBe(text);
  });

  test.each(["1 < 2 > 0", "a<", "<>", "< b>", "</>", "<3"])("takes %p as text", (text) => {
    const fenced = withElements(text);

    expect(fenced).toBe(text);
  });
});

/** Without the places, which a made element has none of. */
function toPlain(node: Node): unknown {
  return isElement(node) ? [node.name, node.attributes, node.children.map(toPlain)] : node;
}

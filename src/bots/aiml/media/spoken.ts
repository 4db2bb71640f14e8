import type { Element, Node } from "../xml.ts";
import { SPLIT } from "./marks.ts";

/** The words of an answer; of cards only where there are no others. */
export function toSpoken(nodes: readonly Node[]): string {
  const said = wordsOf(nodes, SHOWN);
  return said.trim() === "" ? wordsOf(nodes, SHOWN_IN_CARDS) : said;
}

/** The words of an element's inside on one line. */
export function lineOf(nodes: readonly Node[]): string {
  return wordsOf(nodes, SHOWN_IN_CARDS).replace(/\s+/g, " ").trim();
}

function wordsOf(nodes: readonly Node[], shown: ReadonlySet<string>): string {
  const toWords = (element: Element) => {
    if (shown.has(element.name)) return " ";
    if (element.name === "split") return SPLIT;
    const inside = wordsOf(element.children, shown);
    return APART.has(element.name) ? ` ${inside} ` : inside;
  };
  return nodes.map((node) => (typeof node === "string" ? node : toWords(node))).join("");
}

/** Shown beside the words or meant for machines, and no part of a sentence. */
const SHOWN_IN_CARDS: ReadonlySet<string> = new Set(
  "button reply link image img video location delay oob postback".split(" "),
);
const SHOWN: ReadonlySet<string> = new Set([...SHOWN_IN_CARDS, "card", "carousel"]);

/** Their words do not run into those around them. */
const APART: ReadonlySet<string> = new Set(
  "br p div h1 h2 h3 item li list olist ul ol card carousel title subtitle text url".split(" "),
);

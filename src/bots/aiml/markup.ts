/*
 * A template's answer is one string. What people typed and what a template says is text in it, taken
 * as it is; an element is fenced by characters that Unicode promises will never mean anything. They are
 * taken out of whatever comes from outside, so no text can turn into an element, and an element holds
 * no white space, so words can be split without cutting one in two.
 */
const OPEN = "\uFDD0";
const CLOSE = "\uFDD1";
const GAP = "\uFDD2";
const OUTSIDERS = /[\uFDD0-\uFDEF\uFFFE\uFFFF]/g;
const ELEMENTS = /(\uFDD0[^\uFDD1]*\uFDD1)/;

/** Text from outside, without the characters that fence elements. */
export function withoutFences(text: string): string {
  return text.replace(OUTSIDERS, "");
}

/** The start of an element, or all of it when it is empty. */
export function startOf(name: string, attributes: string, isEmpty: boolean): string {
  const inside = attributes ? `${GAP}${attributes.replace(/\s+/g, GAP)}` : "";
  return `${OPEN}${name}${inside}${isEmpty ? "/" : ""}${CLOSE}`;
}

/** The end of an element. */
export function endOf(name: string): string {
  return `${OPEN}/${name}${CLOSE}`;
}

/** Applies `change` to the text and leaves elements as they are. */
export function mapText(raw: string, change: (text: string) => string): string {
  if (!raw.includes(OPEN)) return change(raw);
  return raw
    .split(ELEMENTS)
    .map((part) => (part.startsWith(OPEN) ? part : change(part)))
    .join("");
}

/** Every run of white space becomes one space; none at either end. */
export function collapse(raw: string): string {
  return /^\s|\s$|\s\s|[^\S ]/.test(raw) ? raw.replace(/\s+/g, " ").trim() : raw;
}

/** The answer as XML: text escaped, elements written out. */
export function toXml(raw: string): string {
  return raw
    .split(ELEMENTS)
    .map((part) => (part.startsWith(OPEN) ? writtenOut(part) : escapeXml(part)))
    .join("");
}

/** Text that is safe inside XML, attribute values included. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

/** What a person reads: line ends where elements make them, the other elements' text. */
export function toPlainText(raw: string): string {
  if (!raw.includes(OPEN)) return collapse(raw);
  let hidden = 0;
  let text = "";
  for (const part of raw.split(ELEMENTS)) {
    if (!part.startsWith(OPEN)) text += hidden > 0 ? "" : part.replace(/\s+/g, " ");
    else {
      const name = nameIn(part);
      if (UNSEEN.has(name) && !part.endsWith(`/${CLOSE}`)) hidden += part[1] === "/" ? -1 : 1;
      if (hidden === 0) text += name === "br" ? "\n" : BLOCKS.has(name) ? lineStart(text) : "";
    }
  }
  return text
    .replace(/ *\n */g, "\n")
    .replace(/ {2,}/g, " ")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Meant for machines: never read out. */
const UNSEEN: ReadonlySet<string> = new Set(["oob", "delay", "postback"]);

/** On lines of their own. */
const BLOCKS: ReadonlySet<string> = new Set(
  "p split li item list olist ul ol card carousel title subtitle button reply link".split(" "),
);

function lineStart(text: string): string {
  return /(^|\n) *$/.test(text) ? "" : "\n";
}

function writtenOut(element: string): string {
  return `<${element.slice(1, -1).replaceAll(GAP, " ")}>`;
}

function nameIn(element: string): string {
  return /^\/?([^\uFDD2/]*)/.exec(element.slice(1, -1))?.[1]?.toLowerCase() ?? "";
}

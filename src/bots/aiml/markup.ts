import type { Element } from "./xml.ts";

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
const ELEMENTS = /(\uFDD0[^\uFDD0\uFDD1]*\uFDD1)/;

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

/** The first characters of an answer; no element is cut in two. */
export function firstOf(raw: string, length: number): string {
  if (raw.length <= length) return raw;
  const start = raw.slice(0, length);
  return start.lastIndexOf(OPEN) > start.lastIndexOf(CLOSE)
    ? start.slice(0, start.lastIndexOf(OPEN))
    : start;
}

/** Applies `change` to the text and leaves elements as they are. */
export function mapText(raw: string, change: (text: string) => string): string {
  if (!hasElements(raw)) return change(raw);
  return partsOf(raw)
    .map((part) => (part.startsWith(OPEN) ? part : change(part)))
    .join("");
}

/** Every run of white space becomes one space; none at either end. */
export function collapse(raw: string): string {
  return /^\s|\s$|\s\s|[^\S ]/.test(raw) ? raw.replace(/\s+/g, " ").trim() : raw;
}

/** The answer as XML: text escaped, elements written out. */
export function toXml(raw: string): string {
  return partsOf(raw)
    .map((part) => (part.startsWith(OPEN) ? writtenOut(part) : escapeXml(part)))
    .join("");
}

/** Text that is safe inside XML, attribute values included. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

/** Whether there is more than text in an answer. */
export function hasElements(raw: string): boolean {
  return raw.includes(OPEN);
}

/** The text between elements, and the elements' starts and ends, in order. */
export function partsOf(raw: string): readonly string[] {
  return raw.split(ELEMENTS);
}

/** The start or end of an element, taken apart; an empty element is both. */
export interface Tag {
  /** In lower case. */
  readonly name: string;
  readonly written: string;
  readonly isStart: boolean;
  readonly isEnd: boolean;
  /** As they stand between the name and the end: `attributesOf` reads them. */
  readonly attributes: string;
}

/** What a part of an answer is; undefined for text. */
export function tagOf(part: string): Tag | undefined {
  if (!part.startsWith(OPEN)) return undefined;
  const isEnd = part[1] === "/";
  const isEmpty = part.endsWith(`/${CLOSE}`);
  const inside = part.slice(isEnd ? 2 : 1, isEmpty ? -2 : -1);
  const gap = inside.indexOf(GAP);
  const written = gap < 0 ? inside : inside.slice(0, gap);
  const attributes = gap < 0 ? "" : inside.slice(gap);
  return {
    name: written.toLowerCase(),
    written,
    isStart: !isEnd,
    isEnd: isEnd || isEmpty,
    attributes,
  };
}

/** Attributes as they were before they were written into markup. */
export function attributesOf({ attributes }: Tag): Element["attributes"] {
  return Array.from(attributes.matchAll(ATTRIBUTE), ([, name = "", value = ""]) => [
    name,
    value.replaceAll(GAP, " ").replace(/&\w+;/g, (entity) => CHARACTERS.get(entity) ?? entity),
  ]);
}

/** Fences the elements in a text of the bot's own that no XML reader has seen, such as a property. */
export function withElements(text: string): string {
  return text.replace(WRITTEN, (tag) => {
    const [, end, name = "", attributes = "", isEmpty] = WRITTEN_TAG.exec(tag) ?? [];
    return end ? endOf(name) : startOf(name, attributes.trim(), isEmpty !== "");
  });
}

const WRITTEN_TAG = /<(\/?)([a-z][\w:-]*)((?:\s+[\w:-]+="[^"<>]*")*)\s*(\/?)>/i;
const WRITTEN = new RegExp(WRITTEN_TAG, "gi");

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

const CHARACTERS: ReadonlyMap<string, string> = new Map(
  Object.entries(ESCAPES).map(([character, entity]) => [entity, character]),
);

const ATTRIBUTE = /\uFDD2([^\s="\uFDD2]+)="([^"]*)"/g;

function writtenOut(element: string): string {
  return `<${element.slice(1, -1).replaceAll(GAP, " ")}>`;
}

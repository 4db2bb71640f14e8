import type { Category } from "./categories.ts";
import { MAX_READ_CATEGORIES } from "./limits.ts";
import { type Element, isElement, type Node } from "./xml.ts";

/** Categories as texts, one after another: few of them are ever wanted, and those are read then. */
export interface CategoryTexts {
  /** UTF-8. */
  bytes: Uint8Array;
  /** Where each one's text ends; it begins where that of the one before ends. */
  ends: Int32Array;
  count: number;
  /** Names of the files they come from. */
  readonly files: string[];
}

export function createCategoryTexts(): CategoryTexts {
  return { bytes: new Uint8Array(4_096), ends: new Int32Array(64), count: 0, files: [] };
}

/** Adds a category; its number. */
export function addCategory(texts: CategoryTexts, category: Category): number {
  const { file, line, column, pattern, that, topic, template } = category;
  if (texts.files.at(-1) !== file) texts.files.push(file);
  const parts = [pattern, that, topic, template].map(fromNodes);
  write(texts, JSON.stringify([texts.files.length - 1, line, column, ...parts]));
  return texts.count - 1;
}

/** Categories by number; an array is one. */
export interface CategoryList {
  at(number: number): Category | undefined;
}

/** Reads each category when it is first wanted. */
export function createCategoryReader(texts: CategoryTexts): CategoryList {
  const read = new Map<number, Category>();
  return {
    at(number) {
      const known = read.get(number);
      if (known) return known;
      const category = categoryAt(texts, number);
      if (read.size >= MAX_READ_CATEGORIES) read.clear();
      if (category) read.set(number, category);
      return category;
    },
  };
}

function categoryAt(texts: CategoryTexts, number: number): Category | undefined {
  if (number < 0 || number >= texts.count) return undefined;
  const text = decoder.decode(texts.bytes.subarray(startOf(texts, number), texts.ends[number]));
  const [file, line, column, ...parts] = JSON.parse(text);
  const [pattern, that, topic, template] = parts.map((nodes: Brief[]) =>
    nodes.map((node) => toNode(node, { line, column })),
  );
  return { file: texts.files[file] ?? "", line, column, pattern, that, topic, template };
}

/** A node in few characters: text, or an element's name, attributes and children. */
type Brief = string | readonly [name: string, Element["attributes"], children: readonly Brief[]];

const decoder = new TextDecoder();
const encoder = new TextEncoder();

function fromNodes(nodes: readonly Node[]): unknown[] {
  return nodes.map((node) =>
    isElement(node) ? [node.written ?? node.name, node.attributes, fromNodes(node.children)] : node,
  );
}

/** Inside a category nothing but its own place is asked for. */
function toNode(brief: Brief, place: Pick<Element, "line" | "column">): Node {
  if (typeof brief === "string") return brief;
  const [written, attributes, nodes] = brief;
  const name = written.toLowerCase();
  const children = nodes.map((node) => toNode(node, place));
  return { name, ...(name !== written && { written }), attributes, children, ...place };
}

function startOf({ ends }: CategoryTexts, number: number): number {
  return number === 0 ? 0 : (ends[number - 1] ?? 0);
}

function write(texts: CategoryTexts, text: string): void {
  const start = startOf(texts, texts.count);
  makeRoom(texts, start + text.length * MAX_BYTES_PER_UNIT);
  const { written } = encoder.encodeInto(text, texts.bytes.subarray(start));
  texts.ends[texts.count++] = start + written;
}

const MAX_BYTES_PER_UNIT = 3;

function makeRoom(texts: CategoryTexts, length: number): void {
  if (length > texts.bytes.length) {
    const bytes = new Uint8Array(Math.max(length, texts.bytes.length * 2));
    bytes.set(texts.bytes);
    texts.bytes = bytes;
  }
  if (texts.count === texts.ends.length) {
    const ends = new Int32Array(texts.count * 2 + 64);
    ends.set(texts.ends);
    texts.ends = ends;
  }
}

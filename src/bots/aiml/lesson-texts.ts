import type { Category } from "./categories.ts";
import { isStrings, parseJson } from "./json.ts";
import { MAX_XML_DEPTH } from "./limits.ts";
import type { Node } from "./xml.ts";

/** A learned category as it is kept in a memory. */
export function toText({ pattern, that, topic, template }: Category): string {
  return JSON.stringify([pattern, that, topic, template]);
}

/** The category that `toText` wrote down; undefined where the text was damaged since. */
export function fromText(text: string): Category | undefined {
  const parts = parseJson(text);
  if (!Array.isArray(parts) || !parts.every((part) => isNodes(part, 0))) return undefined;
  const [pattern, that, topic, template] = parts;
  if (!pattern || !that || !topic || !template) return undefined;
  return { pattern, that, topic, template, file: "learned", line: 0, column: 0 };
}

function isNodes(value: unknown, depth: number): value is Node[] {
  return (
    depth <= MAX_XML_DEPTH && Array.isArray(value) && value.every((node) => isNode(node, depth))
  );
}

function isNode(value: unknown, depth: number): value is Node {
  if (typeof value === "string") return true;
  return isPlain(value) && isPlainElement(value) && isNodes(value["children"], depth + 1);
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isPlainElement({ name, written, attributes }: Readonly<Record<string, unknown>>): boolean {
  if (typeof name !== "string" || !["string", "undefined"].includes(typeof written)) return false;
  return Array.isArray(attributes) && attributes.every((pair) => isStrings(pair, 2));
}

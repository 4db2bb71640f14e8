import { type Element, isElement, type Node } from "../xml.ts";
import { constantAttribute, hasAttribute, isAttributeOf } from "./elements.ts";

/** A piece of an srai's text: words, a star by its number, or what only a talk can tell. */
type Piece = string | { readonly star: number } | typeof UNKNOWN;

const UNKNOWN = Symbol("what only a talk can tell");

/** An srai of a template. */
export interface Call {
  readonly name: string;
  readonly line: number;
  readonly column: number;
  readonly pieces: readonly Piece[];
  /** Made whenever the template is: in no condition and no choice. */
  readonly isCertain: boolean;
}

/** The srais of a template. `property` reads the bot's properties. */
export function callsIn(
  template: readonly Node[],
  property: (name: string) => string | undefined,
): Call[] {
  const calls: Call[] = [];
  const add = ({ name, line, column }: Element, pieces: readonly Piece[], isCertain: boolean) =>
    calls.push({ name, line, column, pieces, isCertain });
  const visit = (node: Node, isCertain: boolean) => {
    if (!isElement(node)) return;
    // Where the other bot cannot be reached, the category for that is asked.
    if (node.name === "sraix" && !hasAttribute(node, "default")) add(node, ["SRAIXFAILED"], false);
    if (NEVER.has(node.name)) return;
    if (node.name === "sr") add(node, [{ star: 1 }], isCertain);
    if (node.name === "srai")
      add(
        node,
        node.children.flatMap((child) => piecesOf(child, property)),
        isCertain,
      );
    for (const child of node.children) visit(child, isCertain && !SOMETIMES.has(node.name));
  };
  for (const node of template) visit(node, true);
  return calls;
}

/** A text that is always the same; undefined for another. */
export function constantOf({ pieces }: Pick<Call, "pieces">): string | undefined {
  const words = pieces.filter((piece) => typeof piece === "string");
  return words.length === pieces.length ? words.join("") : undefined;
}

/** Whether a template may change what its srais lead to: by the topic, or by a new category. */
export function changesContext(template: readonly Node[]): boolean {
  return template.some((node) => {
    if (!isElement(node)) return false;
    if (node.name.startsWith("learn")) return true;
    if (node.name === "set" && hasAttribute(node, "name")) {
      const name = constantAttribute(node, "name");
      if (name === undefined || name === "topic") return true;
    }
    return changesContext(node.children);
  });
}

/** Never evaluated, or not as part of this template. */
const NEVER: ReadonlySet<string> = new Set(["system", "javascript", "sraix", "learn", "learnf"]);

const SOMETIMES: ReadonlySet<string> = new Set(["condition", "random"]);

/** They change the case of letters alone, which does not count. */
const CASES: ReadonlySet<string> = new Set(["uppercase", "lowercase", "formal", "sentence"]);

function piecesOf(node: Node, property: (name: string) => string | undefined): Piece[] {
  if (!isElement(node)) return [node];
  if (node.name === "think") return [];
  if (node.name === "star") return [starOf(node)];
  if (node.name === "bot") return [property(constantAttribute(node, "name") ?? "") ?? UNKNOWN];
  if (!CASES.has(node.name)) return [UNKNOWN];
  return node.children.flatMap((child) =>
    isElement(child) && isAttributeOf(child, node) ? [] : piecesOf(child, property),
  );
}

function starOf(element: Element): Piece {
  if (!hasAttribute(element, "index")) return { star: 1 };
  const index = Number.parseInt(constantAttribute(element, "index") ?? "", 10);
  return Number.isNaN(index) ? UNKNOWN : { star: Math.max(1, index) };
}

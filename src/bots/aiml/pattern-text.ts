import { collapse } from "./markup.ts";
import { attributeOf, type Element, isElement, type Node, textOf } from "./xml.ts";

/** A pattern, that or topic as its author wrote it: words, `<set>NAME</set>`, `<bot name="…"/>`. */
export function patternText(nodes: readonly Node[]): string {
  return collapse(nodes.map((node) => (isElement(node) ? elementText(node) : node)).join(""));
}

/** The set or property that an element of a pattern names, in either form. */
export function nameIn(element: Element): string {
  return (attributeOf(element, "name") ?? textOf(element.children)).trim();
}

function elementText(element: Element): string {
  const { name } = element;
  if (name === "bot") return `<bot name="${nameIn(element)}"/>`;
  return `<${name}>${nameIn(element)}</${name}>`;
}

/** An element of a file, as plain data: local name in lower case, attributes in order and as written. */
export interface Element {
  readonly name: string;
  /** The name as it stands in the file, where that is not in lower case. */
  readonly written?: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly children: readonly Node[];
  readonly line: number;
  readonly column: number;
}

export type Node = string | Element;

/** Whether a node is an element, not text. */
export function isElement(node: Node): node is Element {
  return typeof node !== "string";
}

/** All text below, elements taken away. */
export function textOf(nodes: readonly Node[]): string {
  return nodes.map((node) => (isElement(node) ? textOf(node.children) : node)).join("");
}

/** The value of an attribute written as one, in whatever case. */
export function attributeOf(element: Element, name: string): string | undefined {
  return element.attributes.find(([own]) => own === name || localName(own) === name)?.[1];
}

/** What a name is compared by: without its prefix, in lower case. */
export function localName(written: string): string {
  return written.slice(written.indexOf(":") + 1).toLowerCase();
}

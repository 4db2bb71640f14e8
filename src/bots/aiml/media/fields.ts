import { attributeOf, type Element, type Node } from "../xml.ts";
import { lineOf } from "./spoken.ts";

/** What a rich media element is given as an attribute or a child element; empty where it is not. */
export function field(element: Element, name: string): string {
  const child = element.children.find((node) => isNamed(node, [name]));
  const nodes = typeof child === "object" ? child.children : [attributeOf(element, name) ?? ""];
  return lineOf(nodes);
}

/** The text field, or else what stands plainly inside. */
export function textField(element: Element): string {
  return field(element, "text") || lineOf(without(element, ["text", "url", "postback", "image"]));
}

/** An element's inside, but for the child elements named. */
export function without({ children }: Element, names: readonly string[]): readonly Node[] {
  return children.filter((node) => !isNamed(node, names));
}

/** An address that a phone can open; empty for scripts, data and what only means something beside the bot's files. */
export function webAddress(text: string): string {
  const address = text.replace(/\s/g, "%20");
  return /^(https?:\/\/|www\.)./i.test(address) ? address : "";
}

/** A label and the address it is for; either may be empty. */
export function labelled(label: string, address: string): string {
  if (label === "" || address === "" || label === address) return address || label;
  return `${label}${label.endsWith(":") ? "" : ":"} ${address}`;
}

function isNamed(node: Node, names: readonly string[]): boolean {
  return typeof node === "object" && names.includes(node.name);
}

import type { Option } from "../options.ts";
import type { Element, Node } from "../xml.ts";
import { field, labelled, textField, webAddress, without } from "./fields.ts";
import { INDENT, LINE, LINE_END, OPTION, SPLIT } from "./marks.ts";
import { lineOf } from "./spoken.ts";

/** An answer with marks for lines, messages and options, and the options by index. */
interface Rendered {
  readonly text: string;
  readonly options: readonly Option[];
}

/** Renders an answer's nodes; those without a rendering of their own are only their text. */
export function render(nodes: readonly Node[]): Rendered {
  const scene: Scene = { options: [], waiting: [], listDepth: 0, isCard: false };
  const text = inside(nodes, scene) + released(scene);
  return { text, options: scene.options };
}

interface Scene {
  readonly options: Option[];
  /** Lines of options that follow the message's text. */
  readonly waiting: string[];
  readonly listDepth: number;
  readonly isCard: boolean;
}

type Rendering = (element: Element, scene: Scene) => string;

function inside(nodes: readonly Node[], scene: Scene): string {
  return nodes
    .map((node) => {
      if (typeof node === "string") return node;
      return (renderings.get(node.name) ?? content)(node, scene);
    })
    .join("");
}

function content({ children }: Element, scene: Scene): string {
  return inside(children, scene);
}

function block(element: Element, scene: Scene): string {
  return line(content(element, scene));
}

function line(text: string): string {
  return LINE + text + LINE;
}

function nothing(): string {
  return " ";
}

function split(_: Element, scene: Scene): string {
  return released(scene) + SPLIT;
}

function released({ waiting }: Scene): string {
  return waiting.splice(0).join("");
}

function anchor(element: Element, scene: Scene): string {
  const text = content(element, scene);
  const address = webAddress(field(element, "href"));
  if (address === "" || text.trim() === address) return text;
  return text.trim() === "" ? address : `${text} (${address})`;
}

function picture(element: Element): string {
  const given = field(element, "src") || field(element, "url") || lineOf(element.children);
  return line(webAddress(given));
}

function link(element: Element): string {
  return line(labelled(textField(element), webAddress(field(element, "url"))));
}

function button(element: Element, scene: Scene): string {
  const label = textField(element);
  const postback = field(element, "postback");
  const isLink = webAddress(field(element, "url")) !== "" || postback === "";
  if (isLink && field(element, "url") !== "") return link(element);
  return offered({ label: label || postback, postback: postback || label }, scene);
}

/** The options of a card belong to it; all others follow the text. */
function offered(option: Option, { options, waiting, isCard }: Scene): string {
  if (option.label === "") return "";
  const index = options.push(option) - 1;
  const text = line(OPTION + index + OPTION + option.label);
  if (isCard) return text;
  waiting.push(text);
  return " ";
}

function card(element: Element, scene: Scene): string {
  const parts = [
    field(element, "title"),
    field(element, "subtitle"),
    webAddress(field(element, "image")),
    inside(without(element, ["title", "subtitle", "image"]), { ...scene, isCard: true }),
  ];
  return EMPTY_LINE + parts.map(line).join("") + EMPTY_LINE;
}

const EMPTY_LINE = LINE_END + LINE_END;

function list({ children }: Element, scene: Scene): string {
  return listed(children, scene, () => "- ");
}

function numberedList({ children }: Element, scene: Scene): string {
  return listed(children, scene, (number) => `${number}. `);
}

function listed(nodes: readonly Node[], scene: Scene, mark: (number: number) => string): string {
  const indent = INDENT.repeat(Math.min(scene.listDepth, MAX_INDENTS));
  const within = { ...scene, listDepth: scene.listDepth + 1 };
  let number = 0;
  const toLine = (element: Element) => {
    const text = content(element, within);
    // An item that begins with a list is only there to nest it.
    if (STARTS_WITH_LIST.test(text)) return text;
    const bare = text.replace(LEADING_BREAKS, "");
    return bare === "" ? "" : line(indent + mark(++number) + bare);
  };
  const toText = (node: Node) =>
    typeof node === "object" && ITEMS.has(node.name) ? toLine(node) : inside([node], within);
  return line(nodes.map(toText).join(""));
}

/** A phone's line is short. */
const MAX_INDENTS = 3;
const ITEMS: ReadonlySet<string> = new Set(["item", "li"]);
const STARTS_WITH_LIST = new RegExp(`^[ ${LINE}]*${INDENT}`);
const LEADING_BREAKS = new RegExp(`^[ ${LINE}${LINE_END}]+`);

const renderings: ReadonlyMap<string, Rendering> = new Map<string, Rendering>([
  ["a", anchor],
  ["br", () => LINE_END],
  ["button", button],
  ["card", card],
  ["carousel", block],
  ["delay", nothing],
  ["div", block],
  ["h1", block],
  ["h2", block],
  ["h3", block],
  ["image", picture],
  ["img", picture],
  ["item", block],
  ["li", block],
  ["link", link],
  ["list", list],
  // Where someone is, the words around it ask better than any sentence of ours in one language.
  ["location", nothing],
  ["ol", numberedList],
  ["olist", numberedList],
  ["p", block],
  ["postback", nothing],
  ["reply", button],
  ["split", split],
  ["subtitle", block],
  ["title", block],
  ["ul", list],
  ["video", picture],
]);

import { MAX_XML_DEPTH } from "./limits.ts";

/** An element of a file, as plain data: local name in lower case, attributes in order. */
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

/** The text is not well-formed XML; `line` and `column` count from 1. */
export class XmlError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(problem: string, line: number, column: number) {
    super(problem);
    this.name = "XmlError";
    this.line = line;
    this.column = column;
  }
}

/**
 * Reads a file's one root element and throws an XmlError at the first fault. Entities that a file declares
 * for itself are not known, so none can grow or reach outside. Regular expressions do the scanning: at
 * start-up they run at full speed at once, where a loop over characters is still to be compiled.
 */
export function parseXml(text: string): Element {
  const source = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const scan: Scan = {
    source,
    at: 0,
    open: [],
    root: undefined,
    line: 1,
    lineStart: 0,
    counted: 0,
  };
  const odd = source.search(FORBIDDEN);
  if (odd !== -1) throw faultAt(scan, odd, "a character that XML does not allow");
  while (scan.at < source.length) {
    const tag = source.indexOf("<", scan.at);
    const end = tag === -1 ? source.length : tag;
    if (end > scan.at) readText(scan, end);
    if (tag !== -1) readMarkup(scan);
  }
  const unclosed = scan.open.at(-1);
  if (unclosed) throw faultAt(scan, source.length, `expected </${unclosed.full}>, found the end`);
  if (!scan.root) throw faultAt(scan, source.length, "expected an element, found none");
  return scan.root;
}

/** Whether a node is an element, not text. */
export function isElement(node: Node): node is Element {
  return typeof node !== "string";
}

/** All text below, elements taken away. */
export function textOf(nodes: readonly Node[]): string {
  return nodes.map((node) => (isElement(node) ? textOf(node.children) : node)).join("");
}

/** The value of an attribute written as one. */
export function attributeOf(element: Element, name: string): string | undefined {
  return element.attributes.find(([own]) => own === name)?.[1];
}

interface Scan {
  readonly source: string;
  at: number;
  /** The elements around the place being read, each with its name as the end must repeat it. */
  readonly open: { readonly full: string; readonly children: Node[] }[];
  root: Element | undefined;
  /** The line that `counted` is in, and where that line starts. */
  line: number;
  lineStart: number;
  counted: number;
}

const NAME = "[A-Za-z_:\\u00B7-\\uFFFD][\\w:.\\u00B7-\\uFFFD-]*";
const START = new RegExp(`<(${NAME})`, "y");
const ATTRIBUTE = new RegExp(`\\s+(${NAME})\\s*=\\s*("[^<"]*"|'[^<']*')`, "y");
const START_END = /\s*(\/?)>/y;
const END = new RegExp(`</(${NAME})\\s*>`, "y");
const DOCTYPE = /<!DOCTYPE[^[>]*(?:\[[^\]]*\]\s*)?>/y;
const REFERENCE = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([\w.-]+));|&/gi;
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not be there
const FORBIDDEN = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/;

/** Sections that begin and end with fixed marks; only the text of CDATA is kept. */
const SECTIONS = [
  { start: "<!--", end: "-->", isText: false },
  { start: "<![CDATA[", end: "]]>", isText: true },
  { start: "<?", end: "?>", isText: false },
] as const;

function readText(scan: Scan, end: number): void {
  const text = scan.source.slice(scan.at, end);
  if (scan.open.length > 0) addText(scan, withCharacters(scan, text, scan.at));
  else if (/\S/.test(text))
    throw faultAt(scan, scan.at + text.search(/\S/), "text outside the root");
  scan.at = end;
}

function readMarkup(scan: Scan): void {
  const mark = scan.source.charAt(scan.at + 1);
  if (mark === "/") readEnd(scan);
  else if (mark !== "!" && mark !== "?") readStart(scan);
  else if (!SECTIONS.some((section) => readSection(scan, section)) && !take(scan, DOCTYPE))
    throw faultAt(scan, scan.at, "a declaration that is none");
}

function readSection(scan: Scan, { start, end, isText }: (typeof SECTIONS)[number]): boolean {
  if (!scan.source.startsWith(start, scan.at)) return false;
  const inside = scan.at + start.length;
  const stop = scan.source.indexOf(end, inside);
  if (stop === -1) throw faultAt(scan, scan.at, `expected ${end} after ${start}, found none`);
  if (isText && scan.open.length > 0) addText(scan, scan.source.slice(inside, stop));
  scan.at = stop + end.length;
  return true;
}

function readStart(scan: Scan): void {
  const place = placeOf(scan, scan.at);
  const full = take(scan, START)?.[1];
  if (full === undefined) throw faultAt(scan, scan.at, "a < that begins no element");
  const attributes = readAttributes(scan);
  const end = take(scan, START_END);
  if (!end)
    throw faultAt(scan, scan.at, `an attribute of <${full}> that is not written name="value"`);
  const children: Node[] = [];
  addElement(scan, { ...toName(full), attributes, children, ...place });
  if (end[1] === "/") return;
  scan.open.push({ full, children });
  if (scan.open.length > MAX_XML_DEPTH)
    throw new XmlError(`elements nested over ${MAX_XML_DEPTH} deep`, place.line, place.column);
}

function readAttributes(scan: Scan): [string, string][] {
  const attributes: [string, string][] = [];
  const names = new Set<string>();
  let at = scan.at;
  for (let found = take(scan, ATTRIBUTE); found; found = take(scan, ATTRIBUTE)) {
    const [whole, full = "", quoted = ""] = found;
    const place = at + whole.indexOf(full);
    if (names.has(full)) throw faultAt(scan, place, `the attribute ${full} twice`);
    names.add(full);
    const value = withCharacters(scan, quoted.slice(1, -1).replace(/\s/g, " "), place);
    if (!/^xmlns(:|$)/.test(full)) attributes.push([toName(full).name, value]);
    at = scan.at;
  }
  return attributes;
}

function readEnd(scan: Scan): void {
  const at = scan.at;
  const full = take(scan, END)?.[1];
  const element = scan.open.pop();
  if (full !== undefined && full === element?.full) return;
  const found = full === undefined ? "an end that is none" : `</${full}>`;
  throw faultAt(scan, at, `expected ${element ? `</${element.full}>` : "no end"}, found ${found}`);
}

function take(scan: Scan, expression: RegExp): RegExpExecArray | null {
  expression.lastIndex = scan.at;
  const found = expression.exec(scan.source);
  if (found) scan.at = expression.lastIndex;
  return found;
}

function addElement(scan: Scan, element: Element): void {
  const parent = scan.open.at(-1);
  if (parent) parent.children.push(element);
  else if (scan.root) throw new XmlError("a second root element", element.line, element.column);
  else scan.root = element;
}

function addText({ open }: Scan, text: string): void {
  const children = open.at(-1)?.children ?? [];
  const last = children.at(-1);
  if (typeof last === "string") children[children.length - 1] = last + text;
  else if (text !== "") children.push(text);
}

function withCharacters(scan: Scan, text: string, at: number): string {
  if (!text.includes("&")) return text;
  let result = "";
  let copied = 0;
  for (const reference of text.matchAll(REFERENCE)) {
    const character = toCharacter(reference);
    if (character === undefined)
      throw faultAt(scan, at + reference.index, `an & that begins no character: ${reference[0]}`);
    result += text.slice(copied, reference.index) + character;
    copied = reference.index + reference[0].length;
  }
  return result + text.slice(copied);
}

function toCharacter([, decimal, hexadecimal, name]: RegExpExecArray): string | undefined {
  if (name !== undefined) return ENTITIES.get(name);
  const code = decimal ? Number(decimal) : Number.parseInt(hexadecimal ?? "", 16);
  if (!(code > 0 && code <= 0x10ffff)) return undefined;
  const character = String.fromCodePoint(code);
  return FORBIDDEN.test(character) ? undefined : character;
}

function toName(full: string): Pick<Element, "name" | "written"> {
  const written = full.slice(full.indexOf(":") + 1);
  const name = written.toLowerCase();
  return name === written ? { name } : { name, written };
}

function faultAt(scan: Scan, at: number, problem: string): XmlError {
  const { line, column } = placeOf(scan, at);
  return new XmlError(problem, line, column);
}

/** Counts lines from where it stopped the last time: a file is read from front to back. */
function placeOf(scan: Scan, at: number): { line: number; column: number } {
  for (let end = scan.source.indexOf("\n", scan.counted); end !== -1 && end < at; ) {
    scan.line++;
    scan.lineStart = end + 1;
    scan.counted = end + 1;
    end = scan.source.indexOf("\n", scan.counted);
  }
  return { line: scan.line, column: at - scan.lineStart + 1 };
}

/** XML's own, and those of HTML that old files use without a declaration. */
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["apos", "'"],
  ["copy", "©"],
  ["gt", ">"],
  ["hellip", "…"],
  ["ldquo", "“"],
  ["lsquo", "‘"],
  ["lt", "<"],
  ["mdash", "—"],
  ["nbsp", "\u00A0"],
  ["ndash", "–"],
  ["quot", '"'],
  ["rdquo", "”"],
  ["reg", "®"],
  ["rsquo", "’"],
  ["trade", "™"],
]);

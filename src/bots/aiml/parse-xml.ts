import { SaxesParser } from "saxes";
import { createEntities } from "./entities.ts";
import { MAX_XML_DEPTH } from "./limits.ts";
import { withoutFences } from "./markup.ts";
import { type Element, isElement, type Node } from "./xml.ts";

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

const ENTITIES = createEntities();

/**
 * Reads a file's one root element and throws an XmlError at the first fault. Entities that a file
 * declares for itself are not known, so none can grow or reach outside.
 */
export function parseXml(text: string): Element {
  const parser = new SaxesParser();
  parser.ENTITIES = ENTITIES;
  parser.on("error", ({ message }) => {
    throw faultAt(parser, message.replace(/^\d+:\d+: /, ""));
  });
  const top = growTree(parser);
  parser.write(text.replace(/^\uFEFF/, "")).close();
  const root = top.find(isElement);
  if (!root) throw faultAt(parser, "expected an element, found none");
  return root;
}

/** The nodes on top of the document, filled while the parser reads. */
function growTree(parser: SaxesParser): readonly Node[] {
  const top: Node[] = [];
  const open = [top];
  let place = { line: 1, column: 1 };
  const addHere = (piece: string) => addText(open.at(-1) ?? top, piece);
  parser.on("opentagstart", ({ name }) => {
    place = { line: parser.line, column: Math.max(1, parser.column - name.length - 1) };
  });
  parser.on("opentag", ({ name, attributes }) => {
    if (open.length > MAX_XML_DEPTH)
      throw faultAt(parser, `elements nested over ${MAX_XML_DEPTH} deep`);
    const children: Node[] = [];
    open.at(-1)?.push({ ...toName(name), attributes: toPairs(attributes), children, ...place });
    open.push(children);
  });
  parser.on("closetag", () => {
    open.pop();
  });
  parser.on("text", addHere);
  parser.on("cdata", addHere);
  return top;
}

function faultAt({ line, column }: SaxesParser, problem: string): XmlError {
  return new XmlError(problem, line, column);
}

function toName(full: string): Pick<Element, "name" | "written"> {
  const written = full.slice(full.indexOf(":") + 1);
  const name = written.toLowerCase();
  return name === written ? { name } : { name, written };
}

function toPairs(attributes: Readonly<Record<string, string>>): Element["attributes"] {
  return Object.entries(attributes)
    .filter(([name]) => !/^xmlns(:|$)/.test(name))
    .map(([name, value]) => [name, withoutFences(value)] as const);
}

function addText(children: Node[], piece: string): void {
  const last = children.at(-1);
  const text = withoutFences(piece);
  if (typeof last === "string") children[children.length - 1] = last + text;
  else children.push(text);
}

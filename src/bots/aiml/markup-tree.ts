import { MAX_MARKUP_DEPTH } from "./limits.ts";
import { attributesOf, partsOf, type Tag, tagOf } from "./markup.ts";
import type { Element, Node } from "./xml.ts";

interface OpenElement {
  readonly name: string;
  readonly children: Node[];
}

/**
 * An answer's text and elements as nodes again; all that people typed stays text. Elements may have lost
 * their ends (`<first>` cuts them off): an end closes the nearest start of its name, or nothing, and what
 * stays open ends with the answer.
 */
export function toTree(raw: string): readonly Node[] {
  const top: Node[] = [];
  const open: OpenElement[] = [{ name: "", children: top }];
  let tooDeep = 0;
  for (const part of partsOf(raw)) {
    const tag = tagOf(part);
    if (!tag) addText(open, part);
    else if (tag.isStart && tag.isEnd) addElement(open, tag);
    else if (tag.isStart && open.length > MAX_MARKUP_DEPTH) tooDeep++;
    else if (tag.isStart) open.push(addElement(open, tag));
    else if (tooDeep > 0) tooDeep--;
    else close(open, tag.name);
  }
  return top;
}

function addText(open: readonly OpenElement[], text: string): void {
  if (text !== "") open.at(-1)?.children.push(text.replace(/\s+/g, " "));
}

function addElement(open: readonly OpenElement[], tag: Tag): OpenElement {
  const { name, written } = tag;
  const children: Node[] = [];
  const attributes = attributesOf(tag);
  // In no file any more.
  const element: Element = { name, attributes, children, line: 0, column: 0 };
  open.at(-1)?.children.push(written === name ? element : { ...element, written });
  return { name, children };
}

function close(open: OpenElement[], name: string): void {
  const start = open.findLastIndex((element) => element.name === name);
  if (start > 0) open.length = start;
}

import { MAX_MARKUP_DEPTH } from "./limits.ts";
import { attributesOf, partsOf, tagOf } from "./markup.ts";

/** An element of an answer; its name in lower case. */
export interface MarkupElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly MarkupNode[];
}

export type MarkupNode = string | MarkupElement;

interface OpenElement {
  readonly name: string;
  readonly children: MarkupNode[];
}

/**
 * An answer's text and elements as a tree. Elements may have lost their ends (`<first>` cuts them off):
 * an end closes the nearest start of its name, or nothing, and what stays open ends with the answer.
 */
export function toTree(raw: string): readonly MarkupNode[] {
  const top: MarkupNode[] = [];
  const open: OpenElement[] = [{ name: "", children: top }];
  let tooDeep = 0;
  for (const part of partsOf(raw)) {
    const tag = tagOf(part);
    if (!tag) addText(open, part);
    else if (tag.isStart && tag.isEnd) addElement(open, { ...tag, attributes: attributesOf(tag) });
    else if (tag.isStart && open.length > MAX_MARKUP_DEPTH) tooDeep++;
    else if (tag.isStart) open.push(addElement(open, { ...tag, attributes: attributesOf(tag) }));
    else if (tooDeep > 0) tooDeep--;
    else close(open, tag.name);
  }
  return top;
}

function addText(open: readonly OpenElement[], text: string): void {
  if (text !== "") open.at(-1)?.children.push(text.replace(/\s+/g, " "));
}

function addElement(
  open: readonly OpenElement[],
  { name, attributes }: Omit<MarkupElement, "children">,
): OpenElement {
  const element = { name, attributes, children: [] };
  open.at(-1)?.children.push(element);
  return element;
}

function close(open: OpenElement[], name: string): void {
  const start = open.findLastIndex((element) => element.name === name);
  if (start > 0) open.length = start;
}

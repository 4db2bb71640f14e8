import { MAX_XML_DEPTH } from "./limits.ts";
import { endOf, startOf, toXml } from "./markup.ts";
import type { Node } from "./xml.ts";

/** What a template said as nodes: its elements are elements again, all that people typed stays text. */
export function toNodes(raw: string): readonly Node[] {
  const top: Node[] = [];
  const open = [top];
  for (const [token, end, name, attributes = "", isEmpty] of toXml(raw).matchAll(TOKENS)) {
    const here = open.at(-1) ?? top;
    if (name === undefined) here.push(unescapeXml(token));
    else if (!end) {
      const children: Node[] = [];
      here.push({ ...toName(name), attributes: toPairs(attributes), children, line: 0, column: 0 });
      if (!isEmpty) open.push(children);
    } else if (open.length > 1) open.pop();
    if (open.length > MAX_XML_DEPTH) return [raw];
  }
  return top;
}

/** Fences the elements in a text of the bot's own that no XML reader has seen, such as a property. */
export function withElements(text: string): string {
  return text.replace(WRITTEN, (tag) => {
    const [, end, name = "", attributes = "", isEmpty] = WRITTEN_TAG.exec(tag) ?? [];
    return end ? endOf(name) : startOf(name, attributes.trim(), isEmpty !== "");
  });
}

const TOKENS = /<(\/?)([^\s/>]+)([^>]*?)(\/?)>|[^<]+/g;
const ATTRIBUTES = /(?<!\S)([^\s=]+)="([^"]*)"/g;
const WRITTEN_TAG = /<(\/?)([a-z][\w:-]*)((?:\s+[\w:-]+="[^"<>]*")*)\s*(\/?)>/i;
const WRITTEN = new RegExp(WRITTEN_TAG, "gi");

function toName(written: string) {
  const name = written.toLowerCase();
  return name === written ? { name } : { name, written };
}

function toPairs(attributes: string) {
  return Array.from(
    attributes.matchAll(ATTRIBUTES),
    ([, name = "", value = ""]) => [name, unescapeXml(value)] as const,
  );
}

function unescapeXml(text: string): string {
  return text.replace(/&(amp|lt|gt|quot);/g, (_, name: string) => CHARACTERS[name] ?? "");
}

const CHARACTERS: Readonly<Record<string, string>> = { amp: "&", gt: ">", lt: "<", quot: '"' };

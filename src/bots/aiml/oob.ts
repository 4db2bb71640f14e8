import { hasElements, partsOf, tagOf, toXml } from "./markup.ts";

/** An answer without what is meant for machines, and that: each `<oob>` as XML, in order. */
export interface Sorted {
  readonly rest: string;
  readonly oob: readonly string[];
}

/** Takes the `<oob>` elements out of an answer; one within another stays part of it. */
export function takeOutOob(raw: string): Sorted {
  if (!hasElements(raw)) return { rest: raw, oob: [] };
  const oob: string[] = [];
  let rest = "";
  let inside = "";
  let depth = 0;
  for (const part of partsOf(raw)) {
    const tag = tagOf(part);
    const isOob = tag?.name === "oob";
    if (isOob && tag.isStart) depth++;
    if (depth > 0) inside += part;
    else if (!isOob) rest += part;
    if (isOob && tag.isEnd && depth > 0 && --depth === 0) {
      oob.push(toXml(inside));
      inside = "";
    }
  }
  return { rest, oob };
}

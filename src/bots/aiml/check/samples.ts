import { type BotFile, splitName } from "../bot-file.ts";
import { collapse } from "../markup.ts";
import { nameIn } from "../pattern-text.ts";
import { isElement, type Node } from "../xml.ts";
import type { Entry } from "./entries.ts";
import { isItems, readJsonArray } from "./json.ts";
import type { Lookup } from "./lookup.ts";
import { tokensOf } from "./patterns.ts";

/** Makes texts that a pattern is for; undefined where it needs a set that is not there. */
export type ToSample = (entry: Entry) => string | undefined;

export function createSamples(files: readonly BotFile[], lookup: Lookup): ToSample {
  const members = firstMembers(files);
  const toText = (node: Node): string | undefined => {
    if (!isElement(node)) return tokensOf(node).map(toWord).join(" ");
    const name = nameIn(node).toLowerCase();
    if (node.name === "set") return members.get(name) ?? (name === "number" ? "7" : undefined);
    return node.name === "bot" ? lookup.property(name) : undefined;
  };
  return ({ nodes }) => {
    const pieces = nodes.map(toText);
    if (pieces.includes(undefined)) return undefined;
    return collapse(pieces.join(" ")) || STRANGER;
  };
}

/** A word that no bot knows, upper case. */
export const STRANGER = "QZVXWQ";

const SAMPLES: ReadonlyMap<string, string> = new Map([
  ["*", STRANGER],
  ["_", STRANGER],
  ["#", ""],
  ["^", ""],
]);

function toWord(token: string): string {
  return SAMPLES.get(token) ?? token.replace(/^\$(?=.)/, "");
}

function firstMembers(files: readonly BotFile[]): ReadonlyMap<string, string> {
  return new Map(
    files.flatMap(({ name, text }) => {
      const { stem, ending } = splitName(name);
      const items = ending === "set" ? readJsonArray(text) : [];
      const value = isItems(items) ? items[0]?.value : undefined;
      const member = Array.isArray(value) ? value.join(" ") : value;
      return typeof member === "string" ? [[stem, member] as const] : [];
    }),
  );
}

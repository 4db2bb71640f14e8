import { isProblem, readCategories } from "../categories.ts";
import { patternText } from "../pattern-text.ts";
import { type Element, isElement, type Node, textOf } from "../xml.ts";
import { type Call, callsIn, changesContext } from "./calls.ts";
import { type Place, showPlace } from "./finding.ts";
import type { Lookup } from "./lookup.ts";

/**
 * A category of a file, and what the rules about whole bots ask of it: the trees of all templates would
 * be too much to keep.
 */
export interface Entry extends Place {
  readonly nodes: readonly Node[];
  /** The pattern as people write it. */
  readonly pattern: string;
  /** Patterns that its template teaches. */
  readonly learned: readonly (readonly Node[])[];
  readonly calls: readonly Call[];
  /** Its template may change what srais lead to. */
  readonly changesContext: boolean;
  /** Equal for templates that say the same. */
  readonly says: string;
  /** Any that, any topic. */
  readonly isPlain: boolean;
  readonly path: string;
}

/** All categories of a bot, in the order they are read. */
export interface Entries {
  readonly all: readonly Entry[];
  /** The one that counts of those on one path. */
  winner(entry: Entry): Entry;
  /** The one that stands at a place. */
  at(place: Place): Entry | undefined;
}

/** Takes the categories out of a file's root element. */
export function readEntries(root: Element, file: string, lookup: Lookup): Entry[] {
  return readCategories(root, file).flatMap((category) => {
    if (isProblem(category)) return [];
    const { line, column, pattern, that, topic, template } = category;
    return [
      {
        file,
        line,
        column,
        nodes: pattern,
        pattern: patternText(pattern),
        learned: learnedPatterns(template),
        calls: callsIn(template, lookup.property),
        changesContext: changesContext(template),
        says: toKey(template),
        isPlain: isAny(that) && isAny(topic),
        path: lookup.pathOf(category),
      },
    ];
  });
}

/** Makes a bot's categories findable. */
export function createEntries(all: readonly Entry[]): Entries {
  const byPath = new Map(all.map((entry) => [entry.path, entry]));
  const byPlace = new Map(all.map((entry) => [showPlace(entry), entry]));
  return {
    all,
    winner: (entry) => byPath.get(entry.path) ?? entry,
    at: (place) => byPlace.get(showPlace(place)),
  };
}

/** Whether a pattern has wildcards alone. */
export function isCatchAll(pattern: string): boolean {
  return /^[*^#_\s]*$/.test(pattern);
}

function isAny(nodes: readonly Node[]): boolean {
  const text = textOf(nodes).trim();
  return !nodes.some(isElement) && (text === "" || text === "*");
}

function learnedPatterns(template: readonly Node[]): (readonly Node[])[] {
  return template
    .filter(isElement)
    .flatMap(({ name, children }) => (name === "pattern" ? [children] : learnedPatterns(children)));
}

function toKey(template: readonly Node[]): string {
  return JSON.stringify(template, (key, value) =>
    PLACES.has(key) ? undefined : typeof value === "string" ? value.replace(/\s+/g, " ") : value,
  );
}

const PLACES: ReadonlySet<string> = new Set(["line", "column", "written"]);

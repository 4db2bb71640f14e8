import { type BotFile, splitName } from "../bot-file.ts";
import { builtInMap } from "../built-in-maps.ts";
import { nameIn } from "../pattern-text.ts";
import { type Element, isElement } from "../xml.ts";
import { CATEGORY_PARTS, constantAttribute, hasAttribute } from "./elements.ts";
import { type Fault, type Finding, type Place, toFinding } from "./finding.ts";
import { isItems, readJsonArray } from "./json.ts";
import type { Suggest } from "./surroundings.ts";

type Kind = "set" | "map" | "property";

/** A name in a bot's categories that a file has to explain. */
export interface Reference extends Place {
  readonly kind: Kind;
  readonly name: string;
}

/** Every set, map and property that a file's categories name. */
export function referencesIn(root: Element, file: string): Reference[] {
  const found: Reference[] = [];
  const visit = (element: Element, isPattern: boolean, parent: Element | undefined) => {
    const named = referenceOf(element, isPattern, parent);
    const { line, column } = element;
    if (named?.name) found.push({ ...named, file, line, column });
    const isPart = parent?.name === "category" && CATEGORY_PARTS.includes(element.name);
    const isInPattern = isPart ? element.name !== "template" : isPattern && element.name !== "eval";
    for (const child of element.children) if (isElement(child)) visit(child, isInPattern, element);
  };
  visit(root, false, undefined);
  return found;
}

/** What a bot's files have, by kind; names in lower case. Undefined where a broken file hides them. */
type Known = Readonly<Record<Kind, readonly string[] | undefined>>;

/** What the files of a bot that are no categories have. */
export function knownNames(lists: readonly BotFile[]): Known {
  const named = (wanted: string) => lists.filter(({ name }) => splitName(name).ending === wanted);
  const stems = (wanted: string) => named(wanted).map(({ name }) => splitName(name).stem);
  const read = named("properties").map(({ text }) => readJsonArray(text));
  const properties = read.filter(isItems).flat();
  const isWhole = read.every(isItems);
  return {
    set: stems("set"),
    map: stems("map"),
    property: isWhole ? properties.map(({ value }) => keyOf(value)) : undefined,
  };
}

/** Tells of each name that no file explains, at the first place that has it. */
export function checkReferences(
  references: readonly Reference[],
  known: Known,
  suggest: Suggest,
): Finding[] {
  const first = new Map<string, Reference>();
  const counts = new Map<string, number>();
  for (const reference of references) {
    const { kind, name } = reference;
    const key = `${kind} ${name.toLowerCase()}`;
    const names = known[kind];
    if (!names || names.includes(name.toLowerCase()) || isBuiltIn(reference)) continue;
    if (!first.has(key)) first.set(key, reference);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...first].map(([key, reference]) => {
    const meant = suggest(reference.name.toLowerCase(), known[reference.kind] ?? []);
    return toFinding(reference, missing(reference, (counts.get(key) ?? 1) - 1, meant));
  });
}

function keyOf(item: unknown): string {
  return Array.isArray(item) ? String(item[0]).toLowerCase() : "";
}

function referenceOf(
  element: Element,
  isPattern: boolean,
  parent: Element | undefined,
): Pick<Reference, "kind" | "name"> | undefined {
  const { name } = element;
  if (name === "set" && isPattern) return { kind: "set", name: nameIn(element) };
  if (name === "bot" && isPattern) return { kind: "property", name: nameIn(element) };
  if (name === "bot" && parent?.name !== "sraix")
    return { kind: "property", name: constantAttribute(element, "name")?.trim() ?? "" };
  if (name === "map" && hasAttribute(element, "name"))
    return { kind: "map", name: constantAttribute(element, "name")?.trim() ?? "" };
  return undefined;
}

/** A number has a successor, a word a plural: a map that knows either is built in. */
function isBuiltIn({ kind, name }: Reference): boolean {
  const lower = name.toLowerCase();
  if (kind === "set") return lower === "number";
  return kind === "map" && ["1", "cat"].some((key) => builtInMap(lower, key) !== undefined);
}

const WORDS = {
  set: { code: "missing-set", wanted: "a file", ending: ".set", effect: "It never matches" },
  map: {
    code: "missing-map",
    wanted: "a file",
    ending: ".map",
    effect: "It says what default-map says",
  },
  property: {
    code: "missing-property",
    wanted: "it in a",
    ending: ".properties",
    effect: "It says what default-property says",
  },
} as const;

function missing({ kind, name }: Reference, others: number, meant: string | undefined): Fault {
  const { code, wanted, ending, effect } = WORDS[kind];
  const file = kind === "property" ? `${ending} file` : `${name}${ending}`;
  const more = others === 0 ? "" : ` (${others} more ${others === 1 ? "place" : "places"})`;
  return {
    code,
    message: `Cannot find the ${kind} "${name}": expected ${wanted} ${file}, found none${more}`,
    hint: meant ? `Did you mean ${meant}?` : effect,
  };
}

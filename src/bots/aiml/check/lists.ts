import { type BotFile, splitName } from "../bot-file.ts";
import { collapse } from "../markup.ts";
import { type Fault, type Finding, toFinding } from "./finding.ts";
import { isItems, type JsonItem, placeIn, readJsonArray } from "./json.ts";

/** Tells all that is wrong in a set, map, substitution, properties or pdefaults file. */
export function checkList({ name, text: raw }: BotFile): Finding[] {
  const kind = KINDS.get(splitName(name).ending);
  if (!kind) return [];
  const text = raw.replace(/^\uFEFF/, "");
  const at = (start: number, fault: Fault) =>
    toFinding({ file: name, ...placeIn(text, start) }, fault);
  const items = readJsonArray(text);
  if (!isItems(items)) {
    const message = `Cannot read the file: expected ${items.wanted}, found ${items.found}`;
    return [at(items.start, { code: "bad-json", message, hint: `Like this: ${kind.example}` })];
  }
  const repeated = repeatedKeys(items, kind);
  const told = repeated.slice(0, MOST_TOLD);
  const bad = items.filter(({ value }) => !kind.fits(value));
  return [
    ...bad.map(({ start, value }) => at(start, badItem(value, kind.example))),
    ...told.map(({ start, key, counting }, index) => {
      const line = placeIn(text, counting).line;
      const more = index === MOST_TOLD - 1 ? repeated.length - MOST_TOLD : 0;
      return at(start, repeatedKey({ key, line, more }, kind));
    }),
  ];
}

/** A list that was put together from others repeats itself by the thousand. */
const MOST_TOLD = 10;

/** The substitutions that have a use. */
export const SUBSTITUTIONS: readonly string[] = [
  "normal",
  "denormal",
  "person",
  "person2",
  "gender",
];

interface ListKind {
  readonly fits: (value: unknown) => boolean;
  readonly example: string;
  /** Two items of one key: which counts. */
  readonly winner?: "first" | "last";
  readonly toKey?: (key: string) => string;
}

const toMapKey = (key: string) => collapse(key).toUpperCase();

const KINDS: ReadonlyMap<string, ListKind> = new Map<string, ListKind>([
  // A member that is there twice does no harm.
  ["set", { fits: isMember, example: '[["red"], ["dark", "red"]]' }],
  ["map", { fits: isPair, example: '[["France", "Paris"]]', winner: "first", toKey: toMapKey }],
  [
    "substitution",
    {
      fits: isPair,
      example: '[[" can\'t ", " can not "]]',
      winner: "first",
      toKey: (key) => key.replace(/\s+/g, " ").toLowerCase(),
    },
  ],
  [
    "properties",
    {
      fits: isPair,
      example: '[["name", "Ada"]]',
      winner: "last",
      toKey: (key) => key.toLowerCase(),
    },
  ],
  ["pdefaults", { fits: isPair, example: '[["name", "friend"]]', winner: "last", toKey: String }],
]);

function isMember(value: unknown): boolean {
  return typeof value === "string" || isTexts(value);
}

function isPair(value: unknown): value is readonly [string, string] {
  return isTexts(value) && value.length === 2;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function badItem(value: unknown, example: string): Fault {
  const found = JSON.stringify(value).slice(0, 60);
  return {
    code: "bad-item",
    message: `Cannot read the item: expected texts as in ${example}, found ${found}`,
    hint: "All of the file is left out",
  };
}

interface Repeated {
  readonly key: string;
  /** Where the item that does not count begins, and the one that does. */
  readonly start: number;
  readonly counting: number;
}

/** Items of one key that say different things, in the file's order: only one of them counts. */
function repeatedKeys(items: readonly JsonItem[], { winner, toKey }: ListKind): Repeated[] {
  if (!toKey) return [];
  const repeated: Repeated[] = [];
  const seen = new Map<string, JsonItem>();
  for (const item of winner === "last" ? items.toReversed() : items) {
    if (!isPair(item.value)) continue;
    const [key, text] = item.value;
    const counting = seen.get(toKey(key));
    if (!counting) seen.set(toKey(key), item);
    else if (isPair(counting.value) && counting.value[1] !== text)
      repeated.push({ key, start: item.start, counting: counting.start });
  }
  return repeated.toSorted((one, other) => one.start - other.start);
}

function repeatedKey(
  { key, line, more }: { readonly key: string; readonly line: number; readonly more: number },
  { winner }: ListKind,
): Fault {
  const others = more === 0 ? "" : ` (and ${more} more like it in this file)`;
  return {
    code: "duplicate-key",
    message: `Cannot use "${key}": expected each key once, found it in line ${line} too with another value${others}`,
    hint: `The ${winner} one counts; delete the other`,
  };
}

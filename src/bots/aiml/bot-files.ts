import { type BotFile, baseName, isAiml, splitName } from "./bot-file.ts";
import { type Category, isProblem, type Problem, readCategories } from "./categories.ts";
import { isStrings, parseJson } from "./json.ts";
import { MAX_KEY_LENGTH } from "./limits.ts";
import { withoutFences } from "./markup.ts";
import { parseXml, XmlError } from "./parse-xml.ts";

type Pairs = readonly (readonly [string, string])[];

/** All that a bot's files say. Names of sets, maps and substitutions are in lower case. */
export interface BotData {
  /** Read from the files as they are asked for, once: a large bot's categories are never all in memory. */
  readonly categories: Iterable<Category>;
  readonly sets: Map<string, readonly string[]>;
  readonly maps: Map<string, Pairs>;
  readonly substitutions: Map<string, Pairs>;
  readonly properties: Map<string, string>;
  readonly defaults: Map<string, string>;
  readonly problems: Problem[];
}

/** Reads files in the order of their names, so that the last one wins; what is broken is told and left out. */
export function readBotFiles(files: readonly BotFile[]): BotData {
  const sorted = inReadingOrder(files);
  const problems: Problem[] = [];
  const lists: Lists = {
    sets: new Map(),
    maps: new Map(),
    substitutions: new Map(),
    properties: new Map(),
    defaults: new Map(),
  };
  // Patterns cannot be understood before substitutions and properties are known.
  for (const file of sorted.filter(({ name }) => !isAiml(name))) {
    const fault = readListFile(file, lists);
    if (fault) problems.push({ file: file.name, line: 1, column: 1, ...fault });
  }
  const categories = categoriesOf(
    sorted.filter(({ name }) => isAiml(name)),
    problems,
  );
  return { categories, ...lists, problems };
}

/** Files as they are read: by name, whatever folder they are in. */
export function inReadingOrder<File extends Named>(files: readonly File[]): File[] {
  return [...files].sort(byName);
}

type Named = Pick<BotFile, "name">;

function byName(one: Named, other: Named): number {
  const [first, second] = [baseName(one.name), baseName(other.name)];
  return first < second ? -1 : first > second ? 1 : one.name < other.name ? -1 : 1;
}

type Lists = Omit<BotData, "categories" | "problems">;

function readListFile(file: BotFile, lists: Lists): Fault | undefined {
  const { stem, ending } = splitName(file.name);
  const text = readText(file);
  return typeof text === "string" ? READERS.get(ending)?.(text, lists, stem) : text;
}

// What cannot be read is left out like what cannot be understood: the rest of the bot still answers.
function readText(file: BotFile): string | Fault {
  try {
    return withoutFences(file.text).normalize();
  } catch (error) {
    return { problem: `Cannot read the file: ${error instanceof Error ? error.message : error}` };
  }
}

/** Reads one file into the lists; says what is wrong where it cannot. */
type Reader = (text: string, lists: Lists, stem: string) => Fault | undefined;

interface Fault {
  readonly problem: string;
  readonly line?: number;
  readonly column?: number;
}

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["set", (text, { sets }, stem) => readList(text, toMember, (items) => sets.set(stem, items))],
  ["map", (text, { maps }, stem) => readList(text, toPair, (items) => maps.set(stem, items))],
  [
    "substitution",
    (text, { substitutions }, stem) =>
      readList(text, toSubstitution, (items) => substitutions.set(stem, items)),
  ],
  [
    "properties",
    (text, { properties }) =>
      readList(text, toPair, (items) => {
        for (const [name, value] of items) properties.set(name.toLowerCase(), value);
      }),
  ],
  [
    "pdefaults",
    (text, { defaults }) =>
      readList(text, toPair, (items) => {
        for (const [name, value] of items) defaults.set(name, value);
      }),
  ],
]);

function* categoriesOf(files: readonly BotFile[], problems: Problem[]): Generator<Category> {
  for (const file of files)
    for (const read of readAiml(file)) {
      if (isProblem(read)) problems.push(read);
      else yield read;
    }
}

function readAiml(file: BotFile): (Category | Problem)[] {
  const { name } = file;
  const text = readText(file);
  if (typeof text !== "string") return [{ file: name, line: 1, column: 1, ...text }];
  try {
    return readCategories(parseXml(text), name);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    const { line, column, message } = error;
    const place = { line, column: Math.max(1, column) };
    return [{ file: name, ...place, problem: `Cannot read the file as XML: ${message}` }];
  }
}

function readList<Item>(
  text: string,
  toItem: (value: unknown) => Item | undefined,
  keep: (items: Item[]) => void,
): Fault | undefined {
  const list = parseJson(text.replace(/^\uFEFF/, ""));
  if (!Array.isArray(list)) return { problem: "Cannot read the file: expected a JSON array" };
  const items: Item[] = [];
  for (const [index, value] of list.entries()) {
    const item = toItem(value);
    if (item === undefined) return { problem: badItem(index, value) };
    items.push(item);
  }
  keep(items);
  return undefined;
}

function badItem(index: number, value: unknown): string {
  const found = hasLongKey(value) ? `one of ${value[0]?.length} characters` : shown(value);
  return `Cannot read item ${index + 1}: expected strings as this kind of file has them, found ${found}`;
}

/** What stands in what is left out: it may be nested deeper than can be written. */
function shown(value: unknown): string {
  const shallow = (inner: unknown) => (typeof inner === "object" && inner ? "..." : inner);
  return JSON.stringify(Array.isArray(value) ? value.map(shallow) : shallow(value)).slice(0, 60);
}

function toMember(value: unknown): string | undefined {
  if (typeof value === "string") return withoutFences(value);
  return isStrings(value) ? withoutFences(value.join(" ")) : undefined;
}

function toPair(value: unknown): [string, string] | undefined {
  if (!isStrings(value, 2)) return undefined;
  const [key = "", text = ""] = value;
  return [withoutFences(key), withoutFences(text)];
}

function toSubstitution(value: unknown): [string, string] | undefined {
  return hasLongKey(value) ? undefined : toPair(value);
}

function hasLongKey(value: unknown): value is string[] {
  return isStrings(value) && (value[0]?.length ?? 0) > MAX_KEY_LENGTH;
}

import { type Category, isProblem, type Problem, readCategories } from "./categories.ts";
import { withoutFences } from "./markup.ts";
import { parseXml, XmlError } from "./xml.ts";

/** A file of a bot, its bytes already text. */
export interface BotFile {
  readonly name: string;
  readonly text: string;
}

type Pairs = readonly (readonly [string, string])[];

/** All that a bot's files say. Names of sets, maps and substitutions are in lower case. */
export interface BotData {
  readonly categories: Category[];
  readonly sets: Map<string, readonly string[]>;
  readonly maps: Map<string, Pairs>;
  readonly substitutions: Map<string, Pairs>;
  readonly properties: Map<string, string>;
  readonly defaults: Map<string, string>;
  readonly problems: Problem[];
}

/** Reads files in the order of their names, so that the last one wins; what is broken is told and left out. */
export function readBotFiles(files: readonly BotFile[]): BotData {
  const data: BotData = {
    categories: [],
    sets: new Map(),
    maps: new Map(),
    substitutions: new Map(),
    properties: new Map(),
    defaults: new Map(),
    problems: [],
  };
  for (const file of [...files].sort(byName)) readFile(file, data);
  return data;
}

/** The endings of the files that a bot is made of. */
export function isBotFile(name: string): boolean {
  return READERS.has(splitName(name).ending);
}

/** A file's bytes as text, by what its XML declaration says of the encoding. */
export function decodeBotFile(bytes: Uint8Array): string {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 200));
  const encoding = /^[^<]*<\?xml[^>]*encoding\s*=\s*["']([\w-]+)["']/i.exec(start)?.[1] ?? "utf-8";
  return new TextDecoder(LATIN.test(encoding) ? "latin1" : "utf-8").decode(bytes);
}

const LATIN = /^(iso-?8859-?1|latin-?1|windows-1252|us-ascii)$/i;

function byName(one: BotFile, other: BotFile): number {
  const [first, second] = [baseName(one.name), baseName(other.name)];
  return first < second ? -1 : first > second ? 1 : one.name < other.name ? -1 : 1;
}

function baseName(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

function splitName(name: string): { stem: string; ending: string } {
  const base = baseName(name).toLowerCase();
  const dot = base.lastIndexOf(".");
  if (dot === -1) return { stem: base, ending: "" };
  return { stem: base.slice(0, dot), ending: base.slice(dot + 1) };
}

function readFile(file: BotFile, data: BotData): void {
  const { stem, ending } = splitName(file.name);
  const problem = READERS.get(ending)?.({ ...file, text: withoutFences(file.text) }, data, stem);
  if (problem) data.problems.push({ file: file.name, line: 1, column: 1, ...problem });
}

/** Reads one file into the data; says what is wrong where it cannot. */
type Reader = (file: BotFile, data: BotData, stem: string) => Fault | undefined;

interface Fault {
  readonly problem: string;
  readonly line?: number;
  readonly column?: number;
}

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["aiml", readAiml],
  ["set", (file, { sets }, stem) => readList(file, toMember, (items) => sets.set(stem, items))],
  ["map", (file, { maps }, stem) => readList(file, toPair, (items) => maps.set(stem, items))],
  [
    "substitution",
    (file, { substitutions }, stem) =>
      readList(file, toPair, (items) => substitutions.set(stem, items)),
  ],
  [
    "properties",
    (file, { properties }) =>
      readList(file, toPair, (items) => {
        for (const [name, value] of items) properties.set(name.toLowerCase(), value);
      }),
  ],
  [
    "pdefaults",
    (file, { defaults }) =>
      readList(file, toPair, (items) => {
        for (const [name, value] of items) defaults.set(name, value);
      }),
  ],
]);

function readAiml({ name, text }: BotFile, { categories, problems }: BotData): Fault | undefined {
  try {
    for (const read of readCategories(parseXml(text), name))
      if (isProblem(read)) problems.push(read);
      else categories.push(read);
    return undefined;
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    const { line, column, message } = error;
    return { line, column, problem: `Cannot read the file as XML: ${message}` };
  }
}

function readList<Item>(
  { text }: BotFile,
  toItem: (value: unknown) => Item | undefined,
  keep: (items: Item[]) => void,
): Fault | undefined {
  const list = parseJson(text);
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

function badItem(index: number, value: unknown): string {
  const found = JSON.stringify(value).slice(0, 60);
  return `Cannot read item ${index + 1}: expected strings as this kind of file has them, found ${found}`;
}

function toMember(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return isStrings(value) ? value.join(" ") : undefined;
}

function toPair(value: unknown): [string, string] | undefined {
  if (!isStrings(value) || value.length !== 2) return undefined;
  const [key = "", text = ""] = value;
  return [key, text];
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

import { splitName } from "../bot-file.ts";
import { inReadingOrder } from "../bot-files.ts";
import { type Finding, toFinding } from "./finding.ts";
import { SUBSTITUTIONS } from "./lists.ts";

/** Tells what file names alone give away: two files for one thing, and files that have no use. */
export function checkNames(read: readonly Named[], ignored: readonly string[]): Finding[] {
  return [...replacedFiles(read), ...uselessSubstitutions(read), ...ignoredFiles(ignored)];
}

interface Named {
  readonly name: string;
}

const ONE_OF_A_NAME: ReadonlySet<string> = new Set(["set", "map", "substitution"]);

/** Endings of what other programs read, or people leave behind, and what to do about it. */
const IGNORED: readonly (readonly [ending: string, hint: string])[] = [
  ["bak", "A copy; delete it, or end its name with .aiml"],
  ["old", "A copy; delete it, or end its name with .aiml"],
  ["orig", "A copy; delete it, or end its name with .aiml"],
  ["aiml~", "A copy that an editor made"],
  ["csv", "Write its categories as .aiml"],
  ["aimlif", "Write its categories as .aiml"],
  ["txt", "Write a set as .set, a map as .map, both in JSON"],
];

/** They are not meant to be read by a bot. */
const FOR_PEOPLE = /(^|[\\/])(readme|licen[cs]e|copying|changelog|changes|notice|authors)[^\\/]*$/i;

function replacedFiles(files: readonly Named[]): Finding[] {
  const last = new Map<string, string>();
  return inReadingOrder(files)
    .toReversed()
    .flatMap(({ name: file }) => {
      const { stem, ending } = splitName(file);
      if (!ONE_OF_A_NAME.has(ending)) return [];
      const winner = last.get(`${stem}.${ending}`);
      last.set(`${stem}.${ending}`, winner ?? file);
      if (!winner) return [];
      const message = `Cannot use the file: expected one ${ending} "${stem}", found ${winner} too, which is read later`;
      return [atTop(file, { code: "duplicate-file", message, hint: "Put both into one file" })];
    });
}

function uselessSubstitutions(files: readonly Named[]): Finding[] {
  return files
    .map(({ name }) => name)
    .filter((name) => splitName(name).ending === "substitution")
    .filter((name) => !SUBSTITUTIONS.includes(splitName(name).stem))
    .map((file) => {
      const message = `Cannot use the file: expected ${SUBSTITUTIONS.join(", ")}, found "${splitName(file).stem}"`;
      return atTop(file, { code: "ignored-file", message, hint: "No element asks for it" });
    });
}

/** One finding for an ending, however many files have it. */
function ignoredFiles(names: readonly string[]): Finding[] {
  return IGNORED.flatMap(([ending, hint]) => {
    const [file, ...others] = names
      .filter((name) => name.toLowerCase().endsWith(`.${ending}`) && !FOR_PEOPLE.test(name))
      .toSorted();
    if (file === undefined) return [];
    const more = others.length === 0 ? "" : `, and ${others.length} more like it`;
    const message = `Cannot use the file: expected a bot's file, found .${ending}${more}`;
    return [atTop(file, { code: "ignored-file", message, hint })];
  });
}

function atTop(file: string, fault: Parameters<typeof toFinding>[1]): Finding {
  return toFinding({ file, line: 1, column: 1 }, fault);
}

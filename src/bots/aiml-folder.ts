import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { SettingsError } from "../errors.ts";
import { type BotFile, decodeBotFile, isAiml, isBotFile } from "./aiml/bot-file.ts";

/** The files of a bot, each read when its text is asked for. Throws a SettingsError where there are none. */
export function readAimlFolder(folder: string): readonly BotFile[] {
  return listAimlFolder(folder).map((path) => ({
    name: relative(folder, path),
    get text() {
      return decodeBotFile(readFileSync(path));
    },
  }));
}

/** The same for as long as the files' names and all they hold are the same. */
export function keyOfFolder(folder: string): string {
  const contents = createReader();
  const hashes = listAimlFolder(folder).map(
    (path) => `${relative(folder, path)}\n${Bun.hash(contents(path))}\n`,
  );
  return Bun.hash(hashes.join("")).toString(36);
}

/** Paths of the files of a bot, sorted. Throws a SettingsError where there are none. */
export function listAimlFolder(folder: string): readonly string[] {
  return listFolder(folder).filter(isBotFile).sort();
}

/** Paths of all files in a folder. Throws a SettingsError where none of them is a bot's. */
export function listFolder(folder: string): readonly string[] {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) throw notUsable(folder, stats ? "a file" : "nothing");
  const paths = filesBelow(folder);
  if (!paths.some(isBotFile)) throw notUsable(folder, "none in it");
  return paths;
}

/** Whether a folder holds a bot's categories. */
export function hasAiml(folder: string): boolean {
  return filesBelow(folder).some(isAiml);
}

/** Reads one file after another into the same bytes: memory that is new costs more than the reading. */
function createReader(): (path: string) => Uint8Array {
  let bytes = new Uint8Array(2 ** 20);
  return (path) => {
    const file = openIfAllowed(path);
    if (file === undefined) return new Uint8Array();
    let length = 0;
    for (let more = 1; more > 0; length += more) {
      if (length === bytes.length) bytes = enlarged(bytes);
      more = readSync(file, bytes, length, bytes.length - length, null);
    }
    closeSync(file);
    return bytes.subarray(0, length);
  };
}

function enlarged(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(bytes.length * 2);
  larger.set(bytes);
  return larger;
}

// A file that may not be read is a problem of the compiled bot, and told there.
function openIfAllowed(path: string): number | undefined {
  try {
    return openSync(path, "r");
  } catch {
    return undefined;
  }
}

// A link to a directory is not followed: it may lead back here, and a walk that follows it never ends.
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    if (entry.isFile()) return [path];
    return statSync(path, { throwIfNoEntry: false })?.isFile() ? [path] : [];
  });
}

function notUsable(folder: string, found: string): SettingsError {
  return new SettingsError(
    `Cannot use BOT: expected a folder with AIML files at "${folder}", found ${found}`,
    { code: "bot-folder", hint: "Give the folder after the colon: BOT=aiml:path/to/bot" },
  );
}

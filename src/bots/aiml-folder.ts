import {
  accessSync,
  closeSync,
  constants,
  type Dirent,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from "node:fs";
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

/** What a look from outside tells of a bot's files. */
export interface Look {
  /** Their names, sizes, times and places on the disk. */
  readonly state: string;
  /** When the last of them was changed, in milliseconds since 1970. */
  readonly changedAt: number;
}

/** Looks at the files of a bot without reading them. Throws a SettingsError where there are none. */
export function lookAtFolder(folder: string): Look {
  let changedAt = 0;
  const files = listAimlFolder(folder).map((path) => {
    // Nobody sets the ctime: whatever is done to a file moves it.
    const { ino, size, mtimeMs, ctimeMs } = statSync(path);
    changedAt = Math.max(changedAt, mtimeMs, ctimeMs);
    return `${path} ${ino} ${size} ${mtimeMs} ${ctimeMs}`;
  });
  return { state: files.join("\n"), changedAt };
}

/** Paths of the files of a bot, sorted. Throws a SettingsError where there are none. */
function listAimlFolder(folder: string): readonly string[] {
  return listFolder(folder)
    .filter((path) => isBotFile(path) || path.endsWith(UNLISTED))
    .sort();
}

/** Paths of all files in a folder. Throws a SettingsError where none of them is a bot's. */
export function listFolder(folder: string): readonly string[] {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) throw notUsable(folder, stats ? "a file" : "nothing");
  if (!canBeListed(folder)) throw notUsable(folder, "one that may not be read");
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
    const file = path.endsWith(UNLISTED) ? undefined : openIfAllowed(path);
    if (file === undefined) return new Uint8Array();
    let length = readSync(file, bytes, 0, bytes.length, null);
    for (let more = length; more > 0 && length === bytes.length; length += more) {
      bytes = enlarged(bytes);
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

/**
 * What begins with a dot is the editor's or the system's, not the bot's. A link to a directory is not
 * followed: it may lead back here, and a walk that follows it never ends.
 */
function filesBelow(folder: string): string[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return canBeListed(path) ? filesBelow(path) : [path + UNLISTED];
    return entry.isFile() || isLinkToFile(path) ? [path] : [];
  });
}

function entriesOf(folder: string): Dirent[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter(({ name }) => !name.startsWith(".") && name !== "node_modules");
}

/** Ends the path of a folder that may not be looked into: reading it tells why. */
const UNLISTED = "/";

function canBeListed(folder: string): boolean {
  try {
    accessSync(folder, constants.R_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isLinkToFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    // Links that lead to each other lead to no file.
    return false;
  }
}

function notUsable(folder: string, found: string): SettingsError {
  return new SettingsError(
    `Cannot use BOT: expected a folder with AIML files at "${folder}", found ${found}`,
    { code: "bot-folder", hint: "Give the folder after the colon: BOT=aiml:path/to/bot" },
  );
}

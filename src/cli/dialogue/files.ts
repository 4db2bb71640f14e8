import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { UsageError } from "../../errors.ts";
import type { DialogueFile } from "./parse.ts";

const ENDING = ".dialogue";

/** The files that are named, and of a directory all dialogues below it. Throws a UsageError where there is none. */
export function readDialogueFiles(paths: readonly string[], cwd: string): DialogueFile[] {
  const names = new Set(paths.flatMap((path) => findNames(path, cwd)));
  return [...names].map((name) => ({ name, text: readFileSync(resolve(cwd, name), "utf8") }));
}

function findNames(path: string, cwd: string): string[] {
  const stats = statSync(resolve(cwd, path), { throwIfNoEntry: false });
  if (!stats) throw notUsable(path, "nothing");
  if (!stats.isDirectory()) return [path];
  const names = namesBelow(path, cwd);
  if (names.length === 0) throw notUsable(path, "none in it");
  return names;
}

// A link to a directory is not followed: it may lead back here. Packages bring files that are not the author's.
function namesBelow(folder: string, cwd: string): string[] {
  return readdirSync(resolve(cwd, folder), { withFileTypes: true })
    .filter(({ name }) => !name.startsWith(".") && name !== "node_modules")
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const name = join(folder, entry.name);
      if (entry.isDirectory()) return namesBelow(name, cwd);
      return entry.isFile() && name.endsWith(ENDING) ? [name] : [];
    });
}

function notUsable(path: string, found: string): UsageError {
  return new UsageError(
    `Cannot test "${path}": expected a dialogue file or a directory with *${ENDING} files, found ${found}`,
    { hint: "See: botline help test" },
  );
}

import { readFileSync } from "node:fs";
import { closestMatch } from "leven";
import { explain, SettingsError } from "../errors.ts";
import { isBotFile } from "./aiml/bot-file.ts";
import { type CheckedBot, checkBot } from "./aiml/check/check.ts";
import type { SourceFile } from "./aiml/check/encoding.ts";
import { type Finding, sortFindings, toFinding } from "./aiml/check/finding.ts";
import { listFolder } from "./aiml-folder.ts";
import { starterFiles } from "./starter/starter.ts";

/**
 * Tells every problem of the bot that `BOT=aiml:folder` or `BOT=aiml` asks for. Throws a SettingsError for
 * a bot of another kind, and for a folder without a bot.
 */
export function checkAiml(spec: string): CheckedBot {
  const [, kind, , folder] = /^([^:]*)(:(.*))?$/s.exec(spec.trim()) ?? [];
  if (kind !== "aiml") throw notAiml(spec);
  return folder ? checkFolder(folder) : checkStarter();
}

function checkFolder(folder: string): CheckedBot {
  const paths = listFolder(folder);
  const unreadable: Finding[] = [];
  const files = paths.filter(isBotFile).flatMap((name): SourceFile[] => {
    try {
      return [{ name, bytes: readFileSync(name) }];
    } catch (error) {
      unreadable.push(notReadable(name, error));
      return [];
    }
  });
  const ignored = paths.filter((path) => !isBotFile(path));
  const { findings, counts } = checkBot({ files, ignored, suggest });
  return { findings: sortFindings([...findings, ...unreadable]), counts };
}

function checkStarter(): CheckedBot {
  const encoder = new TextEncoder();
  const files = starterFiles.map(({ name, text }) => ({ name, bytes: encoder.encode(text) }));
  return checkBot({ files, ignored: [], suggest });
}

function suggest(word: string, known: readonly string[]): string | undefined {
  return closestMatch(word, [...known], { maxDistance: MOST_EDITS[word.length] ?? 2 });
}

/** By length: in a short word every wrong letter makes it another one. */
const MOST_EDITS: readonly number[] = [0, 0, 0, 1];

function notReadable(file: string, error: unknown): Finding {
  const message = `Cannot read the file: ${explain(error)}`;
  const hint = "All of the file is left out";
  return toFinding({ file, line: 1, column: 1 }, { code: "unreadable-file", message, hint });
}

function notAiml(spec: string): SettingsError {
  return new SettingsError(`Cannot check BOT: expected a bot of AIML files, found "${spec}"`, {
    code: "settings",
    hint: "Give its folder: botline check path/to/bot",
  });
}

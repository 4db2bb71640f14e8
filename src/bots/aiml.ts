import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { BotError, explain, SettingsError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { BotFile } from "./aiml/bot-files.ts";
import { decodeBotFile, isBotFile } from "./aiml/bot-files.ts";
import { compileBot } from "./aiml/compile.ts";
import { createInterpreter, type Interpreter } from "./aiml/interpreter.ts";
import { fromSnapshot } from "./aiml/snapshot.ts";
import type { Bot, BotKind } from "./bot.ts";
import { starterSnapshot } from "./starter/snapshot.ts" with { type: "macro" };

/** The embedded AIML interpreter, with the bot inside the executable or one in a folder. */
export const aiml: BotKind<Record<never, never>> = {
  name: "aiml",
  summary: "the embedded AIML 2.1 interpreter; aiml:DIR runs the bot in a folder",
  settings: {},
  create({ argument, log }) {
    const bot =
      argument === "" ? fromSnapshot(starterSnapshot()) : compileBot(readFolder(argument, log));
    for (const { file, line, problem } of bot.problems)
      log.warn("bot.file_left_out", { file, line, problem });
    if (bot.size === 0) throw nothingLoaded(argument);
    const { now } = Date;
    const { random } = Math;
    return toBot(createInterpreter({ bot, now, random, program: "botline" }), log);
  },
};

function toBot(interpreter: Interpreter, log: Log): Bot {
  return {
    name: "aiml",
    async reply({ message }, memory, signal) {
      signal.throwIfAborted();
      const question = { text: message.text, personId: message.from, memory };
      const { text, remember, limit } = interpreter.answer(question);
      if (limit) log.warn("bot.limit_reached", { limit });
      return { text, remember };
    },
    async check() {},
  };
}

function readFolder(folder: string, log: Log): readonly BotFile[] {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) throw notUsable(folder, stats ? "a file" : "nothing");
  const paths = filesBelow(folder).filter(isBotFile);
  if (paths.length === 0) throw notUsable(folder, "none in it");
  return paths.flatMap((path) => readBotFile(folder, path, log));
}

// What cannot be read is left out like what cannot be understood: the rest of the bot still answers.
function readBotFile(folder: string, path: string, log: Log): readonly BotFile[] {
  const name = relative(folder, path);
  try {
    return [{ name, text: decodeBotFile(readFileSync(path)) }];
  } catch (error) {
    log.warn("bot.file_left_out", { file: name, problem: explain(error) });
    return [];
  }
}

// A link to a directory is not followed: it may lead back here, and a walk that follows it never ends.
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return statSync(path, { throwIfNoEntry: false })?.isFile() ? [path] : [];
  });
}

function notUsable(folder: string, found: string): SettingsError {
  return new SettingsError(
    `Cannot use BOT: expected a folder with AIML files at "${folder}", found ${found}`,
    { code: "bot-folder", hint: "Give the folder after the colon: BOT=aiml:path/to/bot" },
  );
}

function nothingLoaded(argument: string): BotError {
  const where = argument === "" ? "the starter bot" : `the bot in "${argument}"`;
  return new BotError(`Cannot start ${where}: expected at least one category, found none`, {
    code: "bot-empty",
    hint: "The warnings before this line say what is wrong with each file",
  });
}

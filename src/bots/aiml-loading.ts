import { basename, join, resolve } from "node:path";
import { BotError, explain } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Problem } from "./aiml/categories.ts";
import type { CompiledBot } from "./aiml/compile.ts";
import { fromSnapshot, toSnapshot } from "./aiml/snapshot.ts";
import { keyOfFolder, lookAtFolder, readAimlFolder } from "./aiml-folder.ts";
import { aimlVersion } from "./aiml-version.ts" with { type: "macro" };
import { readCompiled, writeCompiled } from "./compiled-file.ts";

export interface Loading {
  /** Refuse a bot of which something was left out. */
  readonly strict: boolean;
  /** The folder where what was compiled is kept for the next start; undefined: nowhere. */
  readonly keepIn?: string | undefined;
  readonly log: Log;
}

/**
 * The bot in a folder: as it was kept when its files were last compiled, compiled anew when one of them has
 * changed. Throws a SettingsError for a folder without a bot, a BotError for one that cannot be used.
 */
export async function loadAimlFolder(folder: string, loading: Loading): Promise<CompiledBot> {
  const bot = await compileOnce(folder, loading);
  if (loading.strict && bot.problems.length > 0) throw toBroken(folder, bot);
  if (bot.size === 0) throw toEmpty(folder, bot);
  return bot;
}

/** Logs what was left out of a bot that is now taken into service. */
export function tellLeftOut({ problems }: CompiledBot, log: Log): void {
  for (const { file, line, problem } of problems)
    log.warn("bot.file_left_out", { file, line, problem });
}

async function compileOnce(folder: string, { keepIn, log }: Loading): Promise<CompiledBot> {
  if (keepIn === undefined) return compile(folder);
  const path = join(keepIn, nameFor(folder));
  const label = labelOf(folder);
  const kept = await readCompiled(path, label);
  if (kept) {
    // They look otherwise and hold the same: a new machine, or a copy. The next start goes by their look.
    if (!kept.isByLook && label.look() !== "") keep(path, { label, content: kept.content, log });
    return fromSnapshot(kept.content);
  }
  const key = label.key();
  const bot = await compile(folder);
  // What was compiled is what the key stands for only where nobody wrote in between.
  if (keyOf(folder) === key) keep(path, { label, content: toSnapshot(bot), log });
  return bot;
}

/** What tells whether a kept bot is still the folder's, each part made when it is asked for, and once. */
function labelOf(folder: string) {
  let [look, key]: (string | undefined)[] = [];
  return {
    look: () => (look ??= lookOf(folder)),
    key: () => (key ??= keyOf(folder)),
  };
}

/** Empty while a change would not show: two within one tick of the disk's clock look alike. */
function lookOf(folder: string): string {
  const { state, changedAt } = lookAtFolder(folder);
  return Date.now() - changedAt > SETTLED_AFTER_MS ? `${aimlVersion()} ${state}` : "";
}

// Longer than the tick of any disk's clock.
const SETTLED_AFTER_MS = 3_000;

function keyOf(folder: string): string {
  return `${aimlVersion()} ${keyOfFolder(folder)}`;
}

async function compile(folder: string): Promise<CompiledBot> {
  // Loaded only here: reading XML is the half of the interpreter that a waking server does not need.
  const { compileBot } = await import("./aiml/compile.ts");
  return compileBot(readAimlFolder(folder));
}

interface Keeping {
  readonly label: ReturnType<typeof labelOf>;
  readonly content: Uint8Array;
  readonly log: Log;
}

/** Where it cannot be kept the next start takes its time again; texts are answered all the same. */
function keep(path: string, { label, content, log }: Keeping): void {
  try {
    writeCompiled(path, { look: label.look(), key: label.key() }, content);
  } catch (error) {
    log.warn("bot.compiled_not_kept", { cause: explain(error) });
  }
}

/** By the folder's own name: the folder of the next release takes the place of the last one's. */
function nameFor(folder: string): string {
  return `${basename(resolve(folder)).slice(0, MAX_NAME_LENGTH)}.aiml-compiled`;
}

// A file's name may take 255 bytes.
const MAX_NAME_LENGTH = 50;

function toBroken(folder: string, { problems }: CompiledBot): BotError {
  return new BotError(
    `Cannot start the bot in "${folder}": expected no problems, found ${problems.length}${firstOf(problems)}`,
    {
      code: "bot-broken",
      hint: "botline check tells all there is to mend; without AIML_STRICT it is left out",
    },
  );
}

function toEmpty(folder: string, { problems }: CompiledBot): BotError {
  return new BotError(
    `Cannot start the bot in "${folder}": expected at least one category, found none${firstOf(problems)}`,
    { code: "bot-empty" },
  );
}

function firstOf([problem]: readonly Problem[]): string {
  return problem ? `: ${problem.file}:${problem.line}: ${problem.problem}` : "";
}

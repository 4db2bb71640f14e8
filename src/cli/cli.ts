import { explain, hintOf, UsageError } from "../errors.ts";
import { createLog } from "../log.ts";
import type { Command } from "./command.ts";
import { findCommand } from "./find-command.ts";
import { checkPositionals, flagsOf, parseFlags } from "./flags.ts";
import type { Env, Io, Output } from "./io.ts";
import { commands } from "./table.ts";
import { manual } from "./usage.ts";

/** Runs the command that `argv` names and returns its exit code: 0, 1 for a failure, 2 for wrong usage. */
export async function runCli(argv: readonly string[], env: Env, io: Io): Promise<number> {
  try {
    const { command, words } = split(argv);
    const flags = await flagsOf(command);
    const parsed = await parseFlags(flags, words);
    if (parsed.flags["help"]) {
      io.stdout.write(manual(command, flags));
      return 0;
    }
    checkPositionals(command, parsed.positionals);
    await command.run({ ...parsed, env, io });
    return 0;
  } catch (error) {
    tell(error, io.stderr);
    return error instanceof UsageError ? 2 : 1;
  }
}

/** One log line for an error that nobody caught. */
export function reportCrash(error: unknown, stderr: Output): void {
  const log = createLog({
    level: "error",
    format: stderr.isTTY ? "text" : "json",
    write: (line) => stderr.write(line),
  });
  log.error("program.crashed", { cause: explain(error) });
}

const DEFAULT_COMMAND = "serve";

/** What people type out of habit. */
const ALIASES: Readonly<Record<string, string>> = {
  "--version": "version",
  "-v": "version",
  "-V": "version",
  "--help": "help",
  "-h": "help",
};

function split(argv: readonly string[]): { command: Command; words: readonly string[] } {
  const [first = DEFAULT_COMMAND, ...rest] = argv;
  const alias = Object.hasOwn(ALIASES, first) ? ALIASES[first] : undefined;
  if (alias) return { command: findCommand(alias, commands), words: rest };
  // `botline --port 4000` serves.
  if (first.startsWith("-"))
    return { command: findCommand(DEFAULT_COMMAND, commands), words: argv };
  return { command: findCommand(first, commands), words: rest };
}

function tell(error: unknown, stderr: Output): void {
  const hint = hintOf(error);
  stderr.write(`${explain(error)}\n${hint ? `${hint}\n` : ""}`);
}

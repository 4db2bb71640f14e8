import { UsageError } from "../errors.ts";
import type { Call, Command, Flag, FlagTable } from "./command.ts";
import { settingFlags } from "./setting-flags.ts";
import { closest } from "./suggest.ts";

/** What a command line said, before it is known whether the command can take all of it. */
export type Parsed = Pick<Call, "flags" | "positionals" | "given">;

/** All flags of a command: its own, the settings it takes, and `--help`. */
export async function flagsOf(command: Command): Promise<FlagTable> {
  const settings = command.takesSettings ? await settingFlags() : {};
  return { ...settings, ...command.flags, help: HELP };
}

/** Reads a command's words against its flags. Throws a UsageError at the first that does not fit. */
export async function parseFlags(flags: FlagTable, words: readonly string[]): Promise<Parsed> {
  const tokens = words.length === 0 ? [] : await tokenize(flags, words);
  const values = defaultsOf(flags);
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind === "option") values[token.name] = readFlag(token, flags);
  }
  return { flags: values, positionals, given: settingsGiven(flags, values) };
}

/** Throws a UsageError unless the words that are no flags are as many as the command takes. */
export function checkPositionals(command: Command, found: readonly string[]): void {
  const { name, positionals: wanted, examples } = command;
  const hint = `For example: ${examples[0]}`;
  const surplus = wanted.at(-1)?.repeats ? undefined : found[wanted.length];
  const missing = wanted[found.length];
  if (surplus !== undefined) {
    const most = wanted.map((each) => each.name).join(" ");
    const takes = most ? `${most} alone` : "no words";
    throw new UsageError(`Cannot use "${surplus}": ${name} takes ${takes}`, { hint });
  }
  if (missing?.required)
    throw new UsageError(`Cannot run ${name}: expected ${missing.name}, found nothing`, { hint });
}

async function tokenize(flags: FlagTable, words: readonly string[]) {
  // Loaded only here: a server that wakes without flags is 2 ms sooner awake.
  const { parseArgs } = await import("node:util");
  const options = toOptions(flags);
  const how = { strict: false, allowPositionals: true, tokens: true } as const;
  return parseArgs({ args: [...words], options, ...how }).tokens;
}

const HELP: Flag = { type: "boolean", help: "Show this" };

type Values = Record<string, string | boolean | undefined>;

function toOptions(flags: FlagTable) {
  const options = Object.entries(flags).map(([name, { type }]) => [name, { type }] as const);
  return { ...Object.fromEntries(options), help: { type: "boolean", short: "h" } } as const;
}

function defaultsOf(flags: FlagTable): Values {
  const defaults = Object.entries(flags).map(([name, flag]) => [
    name,
    flag.type === "boolean" ? false : flag.default,
  ]);
  return Object.fromEntries(defaults);
}

interface Option {
  readonly name: string;
  /** As it was typed, with its dashes. */
  readonly rawName: string;
  readonly value?: string | undefined;
  /** Typed as `--name=value`. */
  readonly inlineValue?: boolean | undefined;
}

function readFlag({ name, rawName, ...typed }: Option, flags: FlagTable): string | boolean {
  const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
  if (!flag) throw toUnknown(rawName, flags);
  if (flag.type === "boolean") {
    if (typed.value === undefined) return true;
    throw new UsageError(`Cannot read ${rawName}: expected no value, found "${typed.value}"`);
  }
  if (typed.value === undefined)
    throw new UsageError(`Cannot read ${rawName}: expected a value, found nothing`);
  // `--port --host x` is a port forgotten rather than a port called --host.
  if (!typed.inlineValue && typed.value.startsWith("-"))
    throw new UsageError(`Cannot read ${rawName}: expected a value, found another flag`, {
      hint: `Where it is the value: ${rawName}=VALUE`,
    });
  if (typed.value === "" && !flag.emptyCounts)
    throw new UsageError(`Cannot read ${rawName}: expected ${flag.value}, found an empty value`, {
      hint: flag.help,
    });
  return typed.value;
}

function toUnknown(rawName: string, flags: FlagTable): UsageError {
  const known = Object.keys(flags).map((name) => `--${name}`);
  const isShort = !rawName.startsWith("--");
  return new UsageError(`Cannot read ${rawName}: no such flag`, {
    hint: isShort ? 'Words that begin with "-" go after "--"' : closest(rawName, known),
  });
}

function settingsGiven(flags: FlagTable, values: Values): Record<string, string> {
  const given = Object.entries(flags).flatMap(([name, { setting }]) => {
    const value = values[name];
    return setting && value !== undefined && value !== false
      ? [[setting, String(value)] as const]
      : [];
  });
  return Object.fromEntries(given);
}

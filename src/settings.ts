import type { Static, TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { SettingsError } from "./errors.ts";

/** One setting: read from a flag, the environment, `.env`, or a file that `NAME_FILE` points at. */
export interface Setting<Schema extends TSchema = TSchema> {
  readonly schema: Schema;
  /** What it does, for `botline config` and `help`; ends without a full stop. */
  readonly help: string;
  /** What a value must look like, for people: "a whole number from 0 to 65535". */
  readonly wanted: string;
  readonly default?: Static<Schema>;
  readonly unit?: string;
  /** Masked wherever settings are shown, and never taken from the command line. */
  readonly secret?: boolean;
  /** The flag's name where it is not the setting's own in kebab-case. */
  readonly flag?: string;
  /** Set by the platform, not by people: no flag. */
  readonly isPlatforms?: boolean;
  /** An empty value says something of its own; elsewhere it counts as not set. */
  readonly emptyCounts?: boolean;
}

export type SettingsTable = Readonly<Record<string, Setting>>;

/** The values of a table, each of its schema's type; undefined where not set and without default. */
export type SettingsValues<Table extends SettingsTable> = {
  readonly [Name in keyof Table]: Table[Name] extends { readonly default: unknown }
    ? Static<Table[Name]["schema"]>
    : Static<Table[Name]["schema"]> | undefined;
};

/** Where a setting may stand, the strongest first. */
export interface Source {
  /** Said by `botline config`: "flag", "environment", ".env". */
  readonly origin: string;
  readonly values: Readonly<Record<string, string | undefined>>;
}

export interface SettingsRead<Table extends SettingsTable> {
  readonly values: SettingsValues<Table>;
  readonly origins: Readonly<Record<string, string>>;
}

/**
 * Reads every setting of the table from the first source that has it.
 * Throws one SettingsError that names all problems.
 */
export function readSettings<Table extends SettingsTable>(
  table: Table,
  sources: readonly Source[],
  readFile: (path: string) => string = noFiles,
): SettingsRead<Table> {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  const origins: Record<string, string> = {};
  for (const [name, setting] of Object.entries(table)) {
    const found = find(name, setting, { sources, readFile, problems });
    values[name] = found ? parse(name, setting, { text: found.text, problems }) : setting.default;
    origins[name] = found?.origin ?? (setting.default === undefined ? "not set" : "default");
  }
  if (problems.length > 0) throw toError(problems);
  return { values: Object.freeze(values) as SettingsValues<Table>, origins };
}

function toError(problems: readonly string[]): SettingsError {
  return new SettingsError(problems.join("\n"), { code: "settings" });
}

/** The flag that sets a setting: `BOT_TIMEOUT_MS` → `bot-timeout-ms`. */
export function flagOf(name: string, setting: Setting): string {
  return setting.flag ?? name.toLowerCase().replaceAll("_", "-");
}

interface Found {
  readonly text: string;
  readonly origin: string;
}

interface Search {
  readonly sources: readonly Source[];
  readonly readFile: (path: string) => string;
  readonly problems: string[];
}

function find(name: string, setting: Setting, search: Search): Found | undefined {
  for (const { origin, values } of search.sources) {
    const text = values[name];
    const path = values[`${name}_FILE`];
    const isSet = text !== undefined && (text !== "" || setting.emptyCounts);
    if (isSet && path)
      search.problems.push(`Cannot choose between ${name} and ${name}_FILE: set one of them`);
    if (isSet) return { text, origin };
    if (path) return readSecret(name, path, search);
  }
  return undefined;
}

function readSecret(name: string, path: string, { readFile, problems }: Search): Found | undefined {
  try {
    return { text: readFile(path).trim(), origin: `file ${path}` };
  } catch {
    problems.push(`Cannot read ${name}_FILE: expected a readable file, found "${path}"`);
    return undefined;
  }
}

interface Text {
  readonly text: string;
  readonly problems: string[];
}

function parse(name: string, setting: Setting, { text, problems }: Text): unknown {
  const value = fromText(setting.schema, text.trim());
  if (Value.Check(setting.schema, value)) return value;
  // A secret is never repeated, not even a wrong one.
  const found = setting.secret ? `${text.length} characters` : JSON.stringify(text);
  problems.push(`Cannot read ${name}: expected ${setting.wanted}, found ${found}`);
  return undefined;
}

function fromText(schema: TSchema, text: string): unknown {
  switch (schema["type"]) {
    case "integer":
    case "number":
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
    case "boolean":
      return BOOLEANS[text.toLowerCase()] ?? text;
    case "array":
      return text.split(",").map((item) => item.trim());
    default:
      return text;
  }
}

const BOOLEANS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  "1": true,
  false: false,
  no: false,
  off: false,
  "0": false,
};

function noFiles(path: string): string {
  throw new Error(`no file at ${path}`);
}

import { maskCredentials } from "../errors.ts";
import type { Setting } from "../settings.ts";
import type { Command } from "./command.ts";
import { toColumns } from "./output.ts";
import { readAppSettings } from "./sources.ts";

const flags = {
  json: { type: "boolean", help: "One array of objects: name, value, unit, from, help" },
} as const;

/** Prints what the settings are and where each came from. */
export const config: Command<typeof flags> = {
  name: "config",
  summary: "prints the settings as they are in force, and where each came from",
  flags,
  takesSettings: true,
  positionals: [],
  examples: ["botline config", "botline config --json"],
  async run(call) {
    const { settingsTable } = await import("../app/settings.ts");
    const read = await readAppSettings(call);
    const rows = Object.entries<Setting>(settingsTable).map(([name, setting]) =>
      toRow(name, setting, read),
    );
    call.io.stdout.write(call.flags.json ? `${JSON.stringify(rows, null, 2)}\n` : toTable(rows));
  },
};

interface Read {
  readonly values: Readonly<Record<string, unknown>>;
  readonly origins: Readonly<Record<string, string>>;
}

interface Row {
  readonly name: string;
  /** Secrets masked; null where not set. */
  readonly value: unknown;
  readonly unit?: string | undefined;
  readonly from: string | undefined;
  readonly help: string;
}

function toRow(name: string, setting: Setting, { values, origins }: Read): Row {
  const value = values[name] ?? null;
  const { unit, help, secret } = setting;
  return {
    name,
    value: secret ? mask(value) : withoutPassword(value),
    unit,
    from: origins[name],
    help,
  };
}

function withoutPassword(value: unknown): unknown {
  return typeof value === "string" ? maskCredentials(value) : value;
}

function mask(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mask);
  return typeof value === "string" ? `••••${endOf(value)}` : value;
}

/** Two characters tell two long secrets apart and give neither away; of a short one nothing is shown. */
function endOf(secret: string): string {
  return secret.length < 16 ? "" : secret.slice(-2);
}

function toTable(rows: readonly Row[]): string {
  const head = ["NAME", "VALUE", "FROM"];
  return toColumns([head, ...rows.map(({ name, from = "", ...row }) => [name, toCell(row), from])]);
}

function toCell({ value, unit }: Pick<Row, "value" | "unit">): string {
  if (value === null) return "-";
  const text = typeof value === "string" ? toPrintable(value) : String(value);
  return unit ? `${text} ${unit}` : text;
}

// An empty value and one with line ends must be seen for what they are.
function toPrintable(text: string): string {
  return text === "" || /\p{Cc}/u.test(text) ? JSON.stringify(text) : text;
}

import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { AppSettings, settingsTable } from "../app/settings.ts";
import { SettingsError } from "../errors.ts";
import { createLog, type Log } from "../log.ts";
import type { SettingsRead, Source } from "../settings.ts";
import type { Call } from "./command.ts";
import type { Env, Io } from "./io.ts";

/** All settings as they stand for this call: each value, and where it came from. */
export type AppSettingsRead = SettingsRead<typeof settingsTable>;

/** A call's share in the settings. */
export type SettingsCall = Pick<Call, "given" | "env" | "io">;

/** Reads the settings that matter to a command; the others keep their defaults, whatever was set. */
export async function readAppSettings(
  { given, env, io }: SettingsCall,
  matters: (name: string) => boolean = () => true,
): Promise<AppSettingsRead> {
  const [{ settingsTable }, { readSettings }] = await Promise.all([
    import("../app/settings.ts"),
    import("../settings.ts"),
  ]);
  const sources: readonly Source[] = [
    { origin: "flag", values: given },
    { origin: "environment", values: env },
    { origin: ".env", values: await readDotEnv(io.cwd) },
  ];
  const kept = sources.map((source) => ({ ...source, values: keep(source.values, matters) }));
  return readSettings(settingsTable, kept, (path) => readFileSync(resolve(io.cwd, path), "utf8"));
}

/** The settings of a bot that is talked with here: what is wrong with a server's is no matter. */
export async function readTalkSettings(call: SettingsCall): Promise<AppSettings> {
  const { values } = await readAppSettings(call, (name) => !SERVER_ONLY.has(name));
  return values;
}

const SERVER_ONLY = new Set([
  "PORT",
  "HOST",
  "TWILIO_AUTH_TOKEN",
  "TWILIO_ACCOUNT_SID",
  "PUBLIC_URL",
  "DATABASE_URL",
  "LOG_LEVEL",
  "LOG_FORMAT",
]);

/** A log for whoever sits at the terminal: what is worth a warning, to stderr. */
export function createTalkLog({ stderr }: Io): Log {
  return createLog({ level: "warn", format: "text", write: (line) => stderr.write(line) });
}

/** A server's log: to stderr, in the form and from the level that the settings name. */
export function createServerLog({ LOG_FORMAT, LOG_LEVEL }: AppSettings, { stderr }: Io): Log {
  const auto = stderr.isTTY ? "text" : "json";
  return createLog({
    level: LOG_LEVEL,
    format: LOG_FORMAT === "auto" ? auto : LOG_FORMAT,
    write: (line) => stderr.write(line),
  });
}

async function readDotEnv(cwd: string): Promise<Env> {
  const path = join(cwd, ".env");
  if (!existsSync(path)) return {};
  const { parseEnv } = await import("node:util");
  try {
    return parseEnv(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new SettingsError(`Cannot read ${path}: expected a file you may read`, { cause });
  }
}

function keep(values: Env, matters: (name: string) => boolean): Env {
  const entries = Object.entries(values);
  return Object.fromEntries(entries.filter(([name]) => matters(name.replace(/_FILE$/, ""))));
}

import { join } from "node:path";
import type { FlagTable } from "./command.ts";
import { readAppSettings, type SettingsCall } from "./sources.ts";

/** The flag of a command that reads the server's database. */
export const databaseFlag = {
  type: "string",
  value: "PATH",
  help: "The server's database; where not given, DATABASE_URL or the one beside the program",
  setting: "DATABASE_URL",
} as const satisfies FlagTable[string];

/** The database that a server started here would use. */
export async function findDatabase(call: SettingsCall): Promise<string> {
  const { values } = await readAppSettings(call, (name) => name === "DATABASE_URL");
  return values.DATABASE_URL ?? join(call.io.homeDir, "botline.db");
}

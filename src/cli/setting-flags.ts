import type { Setting } from "../settings.ts";
import type { Flag, FlagTable } from "./command.ts";

/** Every setting that a person may type, as a flag. */
export async function settingFlags(): Promise<FlagTable> {
  // Loaded only here: `help` and `--version` need no settings, and answer in a few milliseconds.
  const [{ settingsTable }, { flagOf }] = await Promise.all([
    import("../app/settings.ts"),
    import("../settings.ts"),
  ]);
  const flags = Object.entries<Setting>(settingsTable)
    .filter(([, setting]) => !setting.secret && !setting.isPlatforms)
    .map(([name, setting]) => [flagOf(name, setting), toFlag(name, setting)] as const);
  return Object.fromEntries(flags);
}

function toFlag(name: string, setting: Setting): Flag {
  const { unit, help, emptyCounts = false } = setting;
  // What is off unless it is named needs no value: `--watch`.
  if (setting.default === false) return { type: "boolean", help, setting: name };
  return {
    type: "string",
    value: unit ?? "VALUE",
    help: setting.default === undefined ? help : `${help} (default: ${setting.default})`,
    setting: name,
    emptyCounts,
  };
}

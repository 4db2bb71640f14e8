import type { CheckedBot } from "../bots/aiml/check/check.ts";
import type { BotOptions } from "../bots/bot.ts";
import { botKinds, createBot } from "../bots/table.ts";
import type { AppSettings } from "./settings.ts";

/** Makes the bot that the settings name. */
export function openBot(settings: AppSettings, options: Omit<BotOptions, "argument" | "settings">) {
  return createBot(botOf(settings), { settings, timeoutMs: settings.BOT_TIMEOUT_MS, ...options });
}

function botOf(settings: AppSettings): string {
  return settings.BOT ?? usualBot(settings);
}

// The app of 2016 knew no BOT: whose key is set is the bot that is meant.
function usualBot(settings: Readonly<Record<string, unknown>>): string {
  const meant = botKinds.find((kind) =>
    Object.entries(kind.settings).some(([name, { secret }]) => secret && settings[name]),
  );
  return meant?.name ?? "aiml";
}

/**
 * Tells every problem of an AIML bot: of the one in a folder, else of the one that the settings name. Throws a
 * SettingsError where that is no bot of AIML files.
 */
export async function checkBot(settings: AppSettings, folder?: string): Promise<CheckedBot> {
  const { checkAiml } = await import("../bots/check.ts");
  return checkAiml(folder === undefined ? botOf(settings) : `aiml:${folder}`);
}

import leven from "leven";
import { SettingsError } from "../errors.ts";
import { aiml } from "./aiml.ts";
import type { Bot, BotKind, BotOptions } from "./bot.ts";
import { echo } from "./echo.ts";
import { pandorabots } from "./pandorabots.ts";

/** Every kind of bot, in the order help shows them. */
export const botKinds: readonly BotKind[] = [aiml, pandorabots, echo];

/**
 * Makes the bot that `BOT=kind:argument` asks for. Throws a SettingsError for a kind that is not in the table, or
 * what the kind itself throws.
 */
export function createBot(spec: string, options: Omit<BotOptions, "argument">): Bot {
  // Only the first colon parts the two: an argument may be a path or an address.
  const [name = "", ...rest] = spec.trim().split(":");
  const kind = botKinds.find((each) => each.name === name);
  if (!kind) throw toUnknownKind(name);
  return kind.create({ ...options, argument: rest.join(":") });
}

function toUnknownKind(name: string): SettingsError {
  const names = botKinds.map((kind) => kind.name);
  return new SettingsError(
    `Cannot read BOT: expected one of ${names.join(", ")}, found "${name}"`,
    { code: "settings", hint: `Did you mean "${nearest(name, names)}"?` },
  );
}

function nearest(name: string, names: readonly string[]): string | undefined {
  return names.toSorted((a, b) => leven(name, a) - leven(name, b))[0];
}

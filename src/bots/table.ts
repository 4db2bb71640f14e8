import { Type } from "@sinclair/typebox";
import leven from "leven";
import { SettingsError } from "../errors.ts";
import type { SettingsTable } from "../settings.ts";
import { aiml } from "./aiml.ts";
import type { Bot, BotKind, BotOptions } from "./bot.ts";
import { echo } from "./echo.ts";
import { pandorabots } from "./pandorabots.ts";

/** Every kind of bot, in the order help shows them. */
export const botKinds: readonly BotKind[] = [aiml, pandorabots, echo];

const names = botKinds.map(({ name }) => name);

/** The setting that chooses the bot, and those of every kind. */
export const botSettings = {
  ...settingsOfKinds(),
  BOT: {
    schema: Type.String({ pattern: `^(${names.join("|")})(:|$)` }),
    wanted: `${names.join(", ")}, with what the kind needs behind a colon`,
    help: "Who answers: aiml (a starter bot), aiml:DIRECTORY (your AIML files), pandorabots, echo",
  },
};

/**
 * Makes the bot that `BOT=kind:argument` asks for. Rejects with a SettingsError for a kind that is not in the table, or
 * what the kind itself throws.
 */
export async function createBot(spec: string, options: Surroundings): Promise<Bot> {
  return make(spec, options);
}

type Surroundings = Omit<BotOptions, "argument" | "createBot">;

function make(spec: string, options: Surroundings): Bot | Promise<Bot> {
  // Only the first colon parts the two: an argument may be a path or an address.
  const [name = "", ...rest] = spec.trim().split(":");
  const kind = botKinds.find((each) => each.name === name);
  if (!kind) throw toUnknownKind(name);
  return kind.create({
    ...options,
    argument: rest.join(":"),
    createBot: (other) => make(other, options),
  });
}

function settingsOfKinds(): SettingsTable {
  return Object.assign({}, ...botKinds.map(({ settings }) => settings));
}

function toUnknownKind(name: string): SettingsError {
  return new SettingsError(
    `Cannot read BOT: expected one of ${names.join(", ")}, found "${name}"`,
    { code: "settings", hint: `Did you mean "${nearest(name, names)}"?` },
  );
}

function nearest(name: string, names: readonly string[]): string | undefined {
  return names.toSorted((a, b) => leven(name, a) - leven(name, b))[0];
}

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { BotOptions } from "../../../src/bots/bot.ts";
import { botSettings, createBot } from "../../../src/bots/table.ts";
import { type Log, silentLog } from "../../../src/log.ts";
import { readSettings } from "../../../src/settings.ts";
import { emptyDirectory } from "../../fakes/directory.ts";
import { category } from "../aiml/talk.ts";

/** The bot that is texted. */
export const desk =
  category("ASK * ABOUT *", `<sraix><bot><star/></bot><star index="2"/></sraix>`) +
  category("ALICE *", `<sraix bot="drwallace/alice" host="10.0.0.1"><star/></sraix>`) +
  category("ODD", `<sraix bot="ODD">x</sraix>`) +
  category("SRAIXFAILED", "No one there");
/** One that it asks. */
export const weather =
  category("RAIN", "Not <b>today</b>.") +
  category("I AM *", `Hello <set name="name"><star/></set>`) +
  category("WHO", `<get name="name"/>`) +
  category("TEACH", `<learnf>${category("TAUGHT", "Yes")}</learnf>ok`) +
  category("DESK", `<sraix bot="desk" default="The desk is busy">ask weather about rain</sraix>`);

/** Directories with a bot each, beside one another; the one that is texted is `desk`. */
export function createBots(others: Readonly<Record<string, string>>): string {
  const parent = emptyDirectory();
  const files = { "desk/desk.aiml": desk, ...others };
  for (const [name, aiml] of Object.entries(files)) {
    mkdirSync(dirname(join(parent, name)), { recursive: true });
    writeFileSync(join(parent, name), `<aiml>${aiml}</aiml>`);
  }
  return join(parent, "desk");
}

/** The bot in a directory, as `BOT=aiml:folder` makes it. */
export function open(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
  surroundings: Pick<BotOptions, "now" | "timeoutMs"> & { readonly log?: Log } = {},
) {
  const sources = [{ origin: "environment", values: environment }];
  const settings = readSettings(botSettings, sources).values;
  return createBot(`aiml:${folder}`, { settings, log: silentLog, ...surroundings });
}

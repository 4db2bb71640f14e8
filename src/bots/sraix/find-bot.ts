import { statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Type } from "@sinclair/typebox";
import { SettingsError } from "../../errors.ts";
import type { SettingsTable } from "../../settings.ts";
import { hostedBot } from "../pandorabots/settings.ts";
import type { FindBot, OtherBot } from "./inquiries.ts";

const NAME = "[A-Za-z0-9][A-Za-z0-9_.-]*";
const IS_NAME = new RegExp(`^${NAME}$`);

/** Whom a bot's `<sraix>` may ask. */
export const sraixSettings = {
  SRAIX_BOTS: {
    schema: Type.Array(Type.String({ pattern: `^${NAME}=(aiml:.+|pandorabots(:.+)?)$` })),
    help: "Bots that <sraix> may ask, by name: weather=aiml:DIRECTORY,trivia=pandorabots:NAME",
    wanted: "NAME=aiml:DIRECTORY or NAME=pandorabots:NAME, several with commas",
  },
} as const satisfies SettingsTable;

interface Reach {
  /** `NAME=BOT` each. */
  readonly listed: readonly string[];
  /** The directory of the bot that asks; empty where it has none. */
  readonly folder: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly hasAiml: (folder: string) => boolean;
  /** Makes the bot that `BOT=spec` would; undefined for a kind that is out of reach. */
  readonly open: (spec: string) => OtherBot | undefined;
}

/**
 * Finds bots by the names that templates use: those listed, then directories beside the bot's own, then bots of the
 * Pandorabots account. A template gives a name and no more: it leads to no other path or address.
 */
export function createFindBot({ listed, folder, settings, hasAiml, open }: Reach): FindBot {
  const specs = new Map(listed.map(toEntry));
  const beside = folder === "" ? () => undefined : createBeside(resolve(folder), hasAiml);
  const opened = new Map<string, OtherBot | undefined>();
  for (const spec of specs.values()) {
    // A mistake in a setting is told at the start; the files of a bot are read when it is first asked.
    if (spec.startsWith("aiml:")) expectAiml(spec.slice("aiml:".length), hasAiml);
    else opened.set(spec, open(spec));
  }
  const openOnce = (spec: string) => {
    if (!opened.has(spec)) opened.set(spec, open(spec));
    return opened.get(spec);
  };
  return (name) => {
    const spec = specs.get(name) ?? beside(name);
    if (spec !== undefined) return openOnce(spec);
    const hosted = hostedBot(name, settings);
    return hosted === undefined ? undefined : open(hosted);
  };
}

function toEntry(entry: string): [string, string] {
  const at = entry.indexOf("=");
  return [entry.slice(0, at), entry.slice(at + 1)];
}

function expectAiml(path: string, hasAiml: Reach["hasAiml"]): void {
  if (isDirectory(path) && hasAiml(path)) return;
  throw new SettingsError(
    `Cannot use SRAIX_BOTS: expected a directory with AIML files at "${path}", found none`,
    { code: "bot-folder" },
  );
}

function createBeside(own: string, hasAiml: Reach["hasAiml"]) {
  const bots = new Set<string>();
  return (name: string): string | undefined => {
    const path = join(dirname(own), name);
    if (!IS_NAME.test(name) || path === own || !isDirectory(path)) return undefined;
    if (!bots.has(path) && !hasAiml(path)) return undefined;
    bots.add(path);
    return `aiml:${path}`;
  };
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

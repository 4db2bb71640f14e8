import { Type } from "@sinclair/typebox";
import { SettingsError } from "../../errors.ts";
import type { SettingsTable, SettingsValues } from "../../settings.ts";
import type { BotOptions } from "../bot.ts";
import type { Host } from "./talk.ts";

// The host refuses any other name.
const BOTNAME = "^[0-9a-z]{3,64}$";

/** The settings of the hosted bot; the names of the 2016 app are among them. */
export const settings = {
  PANDORABOTS_URL: {
    schema: Type.String({ pattern: "^https?://[^\\s/?#@]+(/[^\\s?#]*)?$" }),
    help: "Where the Pandorabots API is",
    wanted: "an address that begins with https:// or http://",
    default: "https://api.pandorabots.com",
  },
  PANDORABOTS_BOTKEY: {
    schema: Type.String({ minLength: 1 }),
    help: "The key of one bot, from the Pandorabots dashboard; stands for app_id, user_key and botname",
    wanted: "the bot's botkey",
    secret: true,
  },
  PANDORABOTS_APP_ID: {
    schema: Type.String({ pattern: "^[0-9A-Za-z_-]+$" }),
    help: "The account's app_id, where there is no botkey",
    wanted: "letters and digits",
  },
  PANDORABOTS_USER_KEY: {
    schema: Type.String({ minLength: 1 }),
    help: "The account's user_key, where there is no botkey",
    wanted: "the account's user_key",
    secret: true,
  },
  PANDORABOTS_BOTNAME: {
    schema: Type.String({ pattern: BOTNAME }),
    help: "The bot's name, where BOT=pandorabots:NAME does not give it",
    wanted: "3 to 64 small letters and digits",
  },
  PANDORABOTS_RECENT: {
    schema: Type.Boolean(),
    help: "Answer from the last compiled version while the bot's files are being changed",
    wanted: "true or false",
    default: true,
  },
  PANDORABOTS_TIMEOUT_MS: {
    schema: Type.Integer({ minimum: 1, maximum: 600_000 }),
    help: "How long one call of the API may take",
    wanted: "a whole number from 1 to 600000",
    unit: "ms",
    default: 8000,
  },
} as const satisfies SettingsTable;

/** Who to ask and with which keys. Throws one SettingsError for all that is missing. */
export function toHost({ argument, settings: values }: BotOptions<typeof settings>): Host {
  const base = values.PANDORABOTS_URL.replace(/\/+$/, "");
  const { path, key, botname } = toAccess(argument, values);
  return {
    service: `Pandorabots (${base})`,
    base,
    path,
    botname,
    fields: { ...key, ...(values.PANDORABOTS_RECENT && { recent: "true" }) },
    maxInput: MAX_INPUT[URL.parse(base)?.hostname ?? ""] ?? DEFAULT_MAX_INPUT,
    timeoutMs: values.PANDORABOTS_TIMEOUT_MS,
  };
}

/** What BOT would be for the account's bot of this name; undefined where there is no account or can be no such bot. */
export function hostedBot(
  name: string,
  values: Readonly<Record<string, unknown>>,
): string | undefined {
  // A botkey alone does not do: it answers for its own bot, whatever the name.
  const hasAccount = values["PANDORABOTS_APP_ID"] && values["PANDORABOTS_USER_KEY"];
  return hasAccount && new RegExp(BOTNAME).test(name) ? `pandorabots:${name}` : undefined;
}

// Characters that `input` may have, by host.
const MAX_INPUT: Readonly<Record<string, number>> = { "aiaas.pandorabots.com": 500 };
const DEFAULT_MAX_INPUT = 2000;

type Access = Pick<Host, "path" | "botname"> & { readonly key: Readonly<Record<string, string>> };

function toAccess(argument: string, values: SettingsValues<typeof settings>): Access {
  if (argument && !new RegExp(BOTNAME).test(argument)) throw toBadName(argument);
  const botname = argument || (values.PANDORABOTS_BOTNAME ?? "");
  const { PANDORABOTS_BOTKEY: botkey, PANDORABOTS_APP_ID, PANDORABOTS_USER_KEY } = values;
  // A botkey speaks for its own bot alone: one asked for by name is better reached through the account.
  if (botkey && !(argument && PANDORABOTS_APP_ID && PANDORABOTS_USER_KEY))
    return { path: "", key: { botkey }, botname };
  if (PANDORABOTS_APP_ID && PANDORABOTS_USER_KEY && botname)
    return {
      path: `/${PANDORABOTS_APP_ID}/${botname}`,
      key: { user_key: PANDORABOTS_USER_KEY },
      botname,
    };
  throw toMissing({ PANDORABOTS_APP_ID, PANDORABOTS_USER_KEY, PANDORABOTS_BOTNAME: botname });
}

function toBadName(argument: string): SettingsError {
  const { wanted } = settings.PANDORABOTS_BOTNAME;
  return new SettingsError(
    `Cannot read BOT: expected ${wanted} after "pandorabots:", found "${argument}"`,
    { code: "settings" },
  );
}

function toMissing(account: Readonly<Record<string, string | undefined>>): SettingsError {
  const names = Object.keys(account);
  const missing = names.filter((name) => !account[name]);
  return new SettingsError(
    `Cannot use BOT=pandorabots: expected PANDORABOTS_BOTKEY, or ${names.join(" + ")};` +
      ` found no PANDORABOTS_BOTKEY and no ${missing.join(", no ")}`,
    { code: "settings", hint: "The Pandorabots dashboard shows the keys of your bots" },
  );
}

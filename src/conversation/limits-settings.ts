import { Type } from "@sinclair/typebox";
import type { Setting, SettingsTable, SettingsValues } from "../settings.ts";

const MOST = 1_000_000_000;

/** What nobody who texts with their thumbs reaches, and a new user's wallet survives. */
export const limitSettings = {
  PERSON_TEXTS_PER_MINUTE: count(30, "How many texts of one person are answered in a minute"),
  PERSON_TEXTS_PER_DAY: count(300, "How many texts one person is sent in a day (UTC)"),
  PERSON_SEGMENTS_PER_DAY: count(1000, "How many paid segments one person is sent in a day"),
  TEXTS_PER_MINUTE: count(2000, "How many texts of all people are answered in a minute"),
  TEXTS_PER_DAY: count(10_000, "How many texts all people are sent in a day (UTC)"),
  SEGMENTS_PER_DAY: count(20_000, "How many paid segments all people are sent in a day"),
  COST_PER_DAY_USD: {
    schema: Type.Number({ minimum: 0, maximum: MOST }),
    wanted: "an amount such as 25 or 7.50; 0 for no limit",
    help: "What the texts of one day may cost, by botline's own estimate; 0: no limit",
    unit: "USD",
    default: 25,
  },
  ALLOW_PREFIXES: prefixes("Only numbers that begin so are answered; all where not set"),
  DENY_PREFIXES: prefixes("Numbers that begin so are never answered, whatever is allowed"),
  LOOP_BREAKER: {
    schema: Type.Boolean(),
    wanted: "true or false",
    help: "Falls silent for an hour where another machine seems to answer the bot",
    default: true,
  },
} as const satisfies SettingsTable;

export type LimitSettings = SettingsValues<typeof limitSettings>;

function count(usual: number, help: string) {
  return {
    schema: Type.Integer({ minimum: 0, maximum: MOST }),
    wanted: "a whole number; 0 for no limit",
    help: `${help}; 0: no limit`,
    default: usual,
  } as const satisfies Setting;
}

function prefixes(help: string) {
  return {
    schema: Type.Array(Type.String({ pattern: "^\\+\\d{1,15}$" })),
    wanted: 'beginnings of numbers with commas between, such as "+1,+44"',
    help,
    default: [],
  } satisfies Setting;
}

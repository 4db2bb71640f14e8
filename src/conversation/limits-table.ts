import type { LimitSettings } from "./limits-settings.ts";
import type { Used } from "./usage-now.ts";

/** One limit: what of all that is used it looks at. */
export interface Limit {
  readonly setting: CountSetting;
  readonly whose: "person" | "all";
  readonly span: "minute" | "day";
  readonly counts: string;
  used(used: Used): number;
}

type CountSetting = {
  [Name in keyof LimitSettings]: LimitSettings[Name] extends number ? Name : never;
}[keyof LimitSettings];

/** Every limit. What lasts longest comes first: where two are reached, it is the one to tell of. */
export const LIMITS: readonly Limit[] = [
  {
    setting: "PERSON_TEXTS_PER_DAY",
    whose: "person",
    span: "day",
    counts: "texts",
    used: ({ day }) => day.own.texts,
  },
  {
    setting: "PERSON_SEGMENTS_PER_DAY",
    whose: "person",
    span: "day",
    counts: "segments",
    used: ({ day }) => day.own.segments,
  },
  {
    setting: "TEXTS_PER_DAY",
    whose: "all",
    span: "day",
    counts: "texts",
    used: ({ day }) => day.all.texts,
  },
  {
    setting: "SEGMENTS_PER_DAY",
    whose: "all",
    span: "day",
    counts: "segments",
    used: ({ day }) => day.all.segments,
  },
  {
    setting: "COST_PER_DAY_USD",
    whose: "all",
    span: "day",
    counts: "USD",
    // To the millionth: a hundred times 0.015 is less than 1.5.
    used: ({ day }) => Math.round(day.all.cost * 1e6) / 1e6,
  },
  {
    setting: "PERSON_TEXTS_PER_MINUTE",
    whose: "person",
    span: "minute",
    counts: "texts",
    used: ({ minute }) => minute.own,
  },
  {
    setting: "TEXTS_PER_MINUTE",
    whose: "all",
    span: "minute",
    counts: "texts",
    used: ({ minute }) => minute.all,
  },
];

/** The last words to who is over a limit. Each is one segment of plain characters. */
export const LAST_WORDS = {
  person: {
    minute: "That was a lot at once, so I'll pause for a moment. Please text me again in a minute.",
    day: "That was a lot for one day, so I'll pause here. Please text me again tomorrow.",
  },
  all: {
    minute: "I'm talking with a lot of people right now. Please text me again in a minute.",
    day: "I have talked with a lot of people today and must pause. Please text me again tomorrow.",
  },
} as const satisfies Readonly<Record<Limit["whose"], Readonly<Record<Limit["span"], string>>>>;

/** One line for people: which limits there are. */
export function describeLimits(settings: LimitSettings): string {
  const groups = [
    describeGroup("person", "per person", settings),
    describeGroup("all", "in all", settings),
    describePrefixes("only", settings.ALLOW_PREFIXES),
    describePrefixes("never", settings.DENY_PREFIXES),
  ].filter((group) => group !== "");
  return `Limits: ${groups.join("; ") || "none"}`;
}

function describeGroup(whose: Limit["whose"], words: string, settings: LimitSettings): string {
  const ofSpan = (span: Limit["span"]) =>
    LIMITS.filter((limit) => limit.whose === whose && limit.span === span)
      .filter(({ setting }) => settings[setting] > 0)
      .map(({ setting, counts }) => `${withCommas(settings[setting])} ${counts}`);
  const spans = (["minute", "day"] as const)
    .map((span) => ({ span, amounts: ofSpan(span) }))
    .filter(({ amounts }) => amounts.length > 0)
    .map(({ span, amounts }) => `${listOf(amounts)} a ${span}`);
  return spans.length === 0 ? "" : `${spans.join(", ")} ${words}`;
}

/** "a, b and c". */
function listOf(amounts: readonly string[]): string {
  return amounts.join(", ").replace(/, (?=\d[\d,.]* \w+$)/, " and ");
}

// By hand: the language tables cost milliseconds of the start.
function withCommas(amount: number): string {
  return String(amount).replace(/\B(?=(\d{3})+$)/g, ",");
}

function describePrefixes(word: string, prefixes: readonly string[]): string {
  return prefixes.length === 0 ? "" : `${word} ${prefixes.join(", ")}`;
}

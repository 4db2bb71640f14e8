/** A time as a wall clock and a calendar show it somewhere: its UTC fields are the ones shown there. */
export interface WallTime {
  readonly shown: Date;
  /** Milliseconds since 1970. */
  readonly instant: number;
  /** Minutes east of Greenwich. */
  readonly offset: number;
}

/**
 * What clocks show at an instant. `zone` is hours east of Greenwich or a name like `Europe/Paris`; the
 * machine's own where it is missing or makes no sense.
 */
export function wallTimeAt(instant: number, zone = ""): WallTime {
  const own = -new Date(instant).getTimezoneOffset();
  const offset = offsetOf(zone.trim(), instant) ?? own;
  return { shown: new Date(instant + offset * 60_000), instant, offset };
}

/** One part of a date format: text, or a field by its strftime letter. */
export type FormatPart =
  | { readonly text: string }
  | { readonly letter: string; readonly isPadded: boolean };

/** Reads a strftime format. */
export function readStrftime(format: string): FormatPart[] {
  const expanded = format.replace(
    /%[EO-]?([a-zA-Z])/g,
    (whole, letter) => SHORTHANDS[letter] ?? whole,
  );
  return Array.from(expanded.matchAll(/%([EO-]?)([a-zA-Z%])|%|[^%]+/g), ([text, flag, letter]) =>
    letter === undefined ? { text } : { letter, isPadded: flag !== "-" },
  );
}

/** Reads a format of Java's SimpleDateFormat. */
export function readJavaFormat(format: string): FormatPart[] {
  return Array.from(format.matchAll(/'((?:[^']|'')*)'|([a-zA-Z])\2*|[^a-zA-Z']+/g), (found) => {
    const [text, quoted, letter = ""] = found;
    if (quoted !== undefined) return { text: quoted === "" ? "'" : quoted.replaceAll("''", "'") };
    const count = text.length;
    const field = JAVA_LETTERS[letter]?.(count);
    return field ? { letter: field, isPadded: count > 1 } : { text };
  });
}

/** Writes a time in a format; `locale` is for the names of months and days. */
export function formatTime(time: WallTime, parts: readonly FormatPart[], locale = "en"): string {
  return parts
    .map((part) => {
      if ("text" in part) return part.text;
      const field = FIELDS[part.letter]?.(time, toLocale(locale)) ?? `%${part.letter}`;
      return part.isPadded ? field : field.replace(/^[0 ]+(?=\d)/, "");
    })
    .join("");
}

/** The names of months or days, the first one January or Sunday. */
export function namesOf(
  kind: "month" | "weekday",
  width: "long" | "short",
  locale: string,
): readonly string[] {
  const key = `${kind} ${width} ${locale}`;
  const known = NAMES.get(key);
  if (known) return known;
  if (NAMES.size >= MAX_NAMES) NAMES.clear();
  const names = makeNames(
    kind,
    new Intl.DateTimeFormat(locale, { [kind]: width, timeZone: "UTC" }),
  );
  NAMES.set(key, names);
  return names;
}

/** Making the formatter takes a tenth of a millisecond, and a format may ask for thousands of names. */
const NAMES = new Map<string, readonly string[]>();
const MAX_NAMES = 256;

function makeNames(kind: "month" | "weekday", format: Intl.DateTimeFormat): readonly string[] {
  // 1 January 2023 was a Sunday.
  const dates = Array.from({ length: kind === "month" ? 12 : 7 }, (_, index) =>
    kind === "month" ? Date.UTC(2023, index) : Date.UTC(2023, 0, 1 + index),
  );
  return dates.map((date) => format.format(date));
}

function toLocale(locale: string): string {
  const tag = locale.trim().replaceAll("_", "-");
  return /^[a-z]{2,3}(-([a-z]{2}|\d{3}|[a-z]{4}))?$/i.test(tag) ? tag : "en";
}

function offsetOf(zone: string, instant: number): number | undefined {
  if (/^[+-]?\d{1,2}(\.\d+)?$/.test(zone)) return Math.round(Number(zone) * 60);
  const format = clockOf(zone);
  if (!format) return undefined;
  const name = format.formatToParts(instant).find(({ type }) => type === "timeZoneName")?.value;
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name ?? "") ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}

function clockOf(zone: string): Intl.DateTimeFormat | undefined {
  const known = CLOCKS.get(zone);
  if (known || !isZoneName(zone)) return known;
  const clock = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  CLOCKS.set(zone, clock);
  return clock;
}

/** By zone: there are some hundred, and each takes as long to make as a reply. */
const CLOCKS = new Map<string, Intl.DateTimeFormat>();

let zones: ReadonlySet<string> | undefined;

function isZoneName(zone: string): boolean {
  zones ??= new Set(["UTC", ...Intl.supportedValuesOf("timeZone")]);
  return zones.has(zone);
}

const SHORTHANDS: Readonly<Record<string, string>> = {
  c: "%a %b %e %H:%M:%S %Y",
  D: "%m/%d/%y",
  F: "%Y-%m-%d",
  h: "%b",
  r: "%I:%M:%S %p",
  R: "%H:%M",
  T: "%H:%M:%S",
  v: "%e-%b-%Y",
  x: "%m/%d/%y",
  X: "%H:%M:%S",
};

type Field = (time: WallTime, locale: string) => string;

const FIELDS: Readonly<Record<string, Field>> = {
  A: ({ shown }, locale) => namesOf("weekday", "long", locale)[shown.getUTCDay()] ?? "",
  a: ({ shown }, locale) => namesOf("weekday", "short", locale)[shown.getUTCDay()] ?? "",
  B: ({ shown }, locale) => namesOf("month", "long", locale)[shown.getUTCMonth()] ?? "",
  b: ({ shown }, locale) => namesOf("month", "short", locale)[shown.getUTCMonth()] ?? "",
  C: ({ shown }) => digits(Math.floor(shown.getUTCFullYear() / 100), 2),
  d: ({ shown }) => digits(shown.getUTCDate(), 2),
  e: ({ shown }) => String(shown.getUTCDate()).padStart(2, " "),
  G: ({ shown }) => String(isoWeek(shown).year),
  g: ({ shown }) => digits(isoWeek(shown).year % 100, 2),
  H: ({ shown }) => digits(shown.getUTCHours(), 2),
  I: ({ shown }) => digits(shown.getUTCHours() % 12 || 12, 2),
  j: ({ shown }) => digits(dayOfYear(shown) + 1, 3),
  k: ({ shown }) => String(shown.getUTCHours()).padStart(2, " "),
  L: ({ shown }) => digits(shown.getUTCMilliseconds(), 3),
  l: ({ shown }) => String(shown.getUTCHours() % 12 || 12).padStart(2, " "),
  M: ({ shown }) => digits(shown.getUTCMinutes(), 2),
  m: ({ shown }) => digits(shown.getUTCMonth() + 1, 2),
  n: () => "\n",
  P: ({ shown }) => (shown.getUTCHours() < 12 ? "am" : "pm"),
  p: ({ shown }) => (shown.getUTCHours() < 12 ? "AM" : "PM"),
  S: ({ shown }) => digits(shown.getUTCSeconds(), 2),
  s: ({ instant }) => String(Math.floor(instant / 1000)),
  t: () => "\t",
  U: ({ shown }) => digits(weekOfYear(shown, shown.getUTCDay()), 2),
  u: ({ shown }) => String(shown.getUTCDay() || 7),
  V: ({ shown }) => digits(isoWeek(shown).week, 2),
  W: ({ shown }) => digits(weekOfYear(shown, (shown.getUTCDay() + 6) % 7), 2),
  w: ({ shown }) => String(shown.getUTCDay()),
  Y: ({ shown }) => String(shown.getUTCFullYear()),
  y: ({ shown }) => digits(shown.getUTCFullYear() % 100, 2),
  Z: ({ offset }) => (offset === 0 ? "UTC" : `GMT${clockOffset(offset, ":")}`),
  z: ({ offset }) => clockOffset(offset, ""),
  "%": () => "%",
};

/** The strftime letter for so many of one of Java's. */
const JAVA_LETTERS: Readonly<Record<string, (count: number) => string>> = {
  a: () => "p",
  D: () => "j",
  d: () => "d",
  E: (count) => (count > 3 ? "A" : "a"),
  H: () => "H",
  h: () => "I",
  k: () => "H",
  K: () => "I",
  L: toMonth,
  M: toMonth,
  m: () => "M",
  S: () => "L",
  s: () => "S",
  u: () => "u",
  w: () => "V",
  X: () => "z",
  // The draft's own example has the week's year for the year.
  Y: toYear,
  y: toYear,
  z: () => "Z",
  Z: () => "z",
};

function toMonth(count: number): string {
  return count > 3 ? "B" : count === 3 ? "b" : "m";
}

function toYear(count: number): string {
  return count === 2 ? "y" : "Y";
}

const DAY_MS = 86_400_000;

function digits(value: number, width: number): string {
  return String(value).padStart(width, "0");
}

/** 0 on 1 January. */
function dayOfYear(shown: Date): number {
  return Math.floor((shown.getTime() - Date.UTC(shown.getUTCFullYear(), 0)) / DAY_MS);
}

function weekOfYear(shown: Date, daysIntoWeek: number): number {
  return Math.floor((dayOfYear(shown) + 7 - daysIntoWeek) / 7);
}

/** A week belongs to the year that its Thursday is in. */
function isoWeek(shown: Date): { year: number; week: number } {
  const thursday = new Date(shown.getTime() + (4 - (shown.getUTCDay() || 7)) * DAY_MS);
  return { year: thursday.getUTCFullYear(), week: Math.floor(dayOfYear(thursday) / 7) + 1 };
}

function clockOffset(minutes: number, separator: string): string {
  const size = Math.abs(minutes);
  const sign = minutes < 0 ? "-" : "+";
  return `${sign}${digits(Math.floor(size / 60), 2)}${separator}${digits(size % 60, 2)}`;
}

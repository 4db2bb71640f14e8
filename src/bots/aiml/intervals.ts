import { type FormatPart, namesOf } from "./calendar.ts";

/**
 * Reads a date written in a format; undefined where it does not fit. What the format does not name is as in
 * `now`'s year, 1 January, midnight. The result's UTC fields are the ones written.
 */
export function parseTime(text: string, parts: readonly FormatPart[], now: Date): Date | undefined {
  const read: Read = { year: now.getUTCFullYear(), month: 1, day: 1, ...MIDNIGHT };
  let rest = text.trim();
  for (const part of parts) {
    const left = "text" in part ? afterText(rest, part.text) : afterField(rest, part.letter, read);
    if (left === undefined) return undefined;
    rest = left;
  }
  return toDate(read);
}

/** Whole units from one time to another, cut off towards zero; undefined for a unit that is none. */
export function unitsBetween(from: Date, to: Date, style: string): number | undefined {
  const unit = style.trim().toLowerCase().replace(/s?$/, "s");
  if (unit === "months") return monthsBetween(from, to);
  if (unit === "years") return Math.trunc(monthsBetween(from, to) / 12);
  const ms = UNIT_MS.get(unit);
  return ms === undefined ? undefined : Math.trunc((to.getTime() - from.getTime()) / ms);
}

interface Read {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  isAfternoon: boolean | undefined;
}

const MIDNIGHT = { hour: 0, minute: 0, second: 0, isAfternoon: undefined };

const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ["weeks", 604_800_000],
  ["days", 86_400_000],
  ["hours", 3_600_000],
  ["minutes", 60_000],
  ["seconds", 1_000],
]);

/** Commas and the like are lost on a date's way through srai, so they count for nothing. */
function afterText(rest: string, text: string): string | undefined {
  const wanted = text.replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
  const found = rest.replace(/^[^\p{L}\p{N}]+/u, "");
  const start = found.slice(0, wanted.length);
  return start.toLowerCase() === wanted ? found.slice(wanted.length) : undefined;
}

function afterField(rest: string, letter: string, read: Read): string | undefined {
  const found = rest.replace(/^[^\p{L}\p{N}+-]+/u, "");
  const name = NAMES[letter];
  if (name) return name(found, read);
  const number = NUMBERS[letter];
  const digits = number && /^\d+/.exec(found.slice(0, number.width))?.[0];
  if (!number || !digits) return undefined;
  number.put(read, Number(digits));
  return found.slice(digits.length);
}

interface NumberField {
  readonly width: number;
  readonly put: (read: Read, value: number) => void;
}

const HOUR: NumberField = { width: 2, put: (read, value) => Object.assign(read, { hour: value }) };

/** A week or a day of one: the date stands beside it. */
const UNUSED: NumberField = { width: 2, put: () => undefined };

const NUMBERS: Readonly<Record<string, NumberField>> = {
  d: { width: 2, put: (read, value) => Object.assign(read, { day: value }) },
  e: { width: 2, put: (read, value) => Object.assign(read, { day: value }) },
  H: HOUR,
  I: HOUR,
  j: { width: 3, put: (read, value) => Object.assign(read, { month: 1, day: value }) },
  k: HOUR,
  l: HOUR,
  M: { width: 2, put: (read, value) => Object.assign(read, { minute: value }) },
  m: { width: 2, put: (read, value) => Object.assign(read, { month: value }) },
  S: { width: 2, put: (read, value) => Object.assign(read, { second: value }) },
  U: UNUSED,
  u: UNUSED,
  V: UNUSED,
  W: UNUSED,
  w: UNUSED,
  Y: { width: 4, put: (read, value) => Object.assign(read, { year: value }) },
  y: { width: 2, put: (read, value) => Object.assign(read, { year: toCentury(value) }) },
};

const NAMES: Readonly<Record<string, (rest: string, read: Read) => string | undefined>> = {
  A: (rest) => afterName(rest, "weekday")?.rest,
  a: (rest) => afterName(rest, "weekday")?.rest,
  B: readMonth,
  b: readMonth,
  p: readHalf,
  P: readHalf,
  Z: afterZone,
  z: afterZone,
  n: (rest) => rest,
  t: (rest) => rest,
  "%": (rest) => rest,
};

/** As POSIX has it: 69 to 99 are the last century's. */
function toCentury(year: number): number {
  return year + (year < 69 ? 2000 : 1900);
}

function readMonth(rest: string, read: Read): string | undefined {
  const found = afterName(rest, "month");
  if (found) read.month = found.index + 1;
  return found?.rest;
}

function readHalf(rest: string, read: Read): string | undefined {
  const [text] = /^[ap]m?\b/i.exec(rest) ?? [];
  if (text) read.isAfternoon = /^p/i.test(text);
  return text && rest.slice(text.length);
}

/** Both ends of an interval are taken as they are shown. */
function afterZone(rest: string): string {
  return rest.replace(/^\p{L}*([+-]\d\d:?\d\d)?/u, "");
}

/** No month's or day's name is longer. */
const MAX_NAME_LENGTH = 20;

function afterName(text: string, kind: "month" | "weekday") {
  const lower = text.slice(0, MAX_NAME_LENGTH).toLowerCase();
  for (const width of ["long", "short"] as const) {
    const names = namesOf(kind, width, "en");
    const index = names.findIndex((name) => lower.startsWith(name.toLowerCase()));
    const name = names[index];
    if (name) return { index, rest: text.slice(name.length) };
  }
  return undefined;
}

function toDate({ year, month, day, hour, minute, second, isAfternoon }: Read): Date {
  const hours = isAfternoon === undefined ? hour : (hour % 12) + (isAfternoon ? 12 : 0);
  return new Date(Date.UTC(year, month - 1, day, hours, minute, second));
}

function monthsBetween(from: Date, to: Date): number {
  const years = to.getUTCFullYear() - from.getUTCFullYear();
  const months = years * 12 + to.getUTCMonth() - from.getUTCMonth();
  const shortBy = intoMonth(to) - intoMonth(from);
  if (months > 0 && shortBy < 0) return months - 1;
  if (months < 0 && shortBy > 0) return months + 1;
  return months;
}

/** Milliseconds since the month began. */
function intoMonth(time: Date): number {
  return time.getTime() - Date.UTC(time.getUTCFullYear(), time.getUTCMonth());
}

import {
  type FormatPart,
  formatTime,
  readJavaFormat,
  readStrftime,
  type WallTime,
  wallTimeAt,
} from "../calendar.ts";
import { parseTime, unitsBetween } from "../intervals.ts";
import { MAX_FORMAT_LENGTH } from "../limits.ts";
import { type Compiler, type Frame, permitted, type Tag } from "../piece.ts";
import type { Element } from "../xml.ts";

/** `<date format="…" timezone="…" locale="…"/>`: the time now. */
export const date: Tag = (element, compiler) => {
  const now = clockOf(element, compiler);
  const formatOf = formatReader(element, compiler, "%c");
  const locale = compiler.attribute(element, "locale");
  return (frame) => permitted(frame, formatTime(now(frame), formatOf(frame), locale?.(frame)));
};

/** `<interval style="…">`: whole units between its `<from>` and `<to>`. */
export const interval: Tag = (element, compiler) => {
  const now = clockOf(element, compiler);
  const formatOf = formatReader(element, compiler, "%B %d, %Y");
  const style = compiler.attribute(element, "style");
  const from = compiler.attribute(element, "from");
  const to = compiler.attribute(element, "to");
  return (frame) => {
    const { shown } = now(frame);
    const format = formatOf(frame);
    const start = from ? parseTime(from(frame), format, shown) : new Date(0);
    const end = to ? parseTime(to(frame), format, shown) : shown;
    const units = start && end && unitsBetween(start, end, style?.(frame) ?? "years");
    return units === undefined ? compiler.bot.unset : String(units);
  };
};

function clockOf(element: Element, { attribute, bot }: Compiler): (frame: Frame) => WallTime {
  const zone = attribute(element, "timezone");
  const home = bot.property("timezone");
  return (frame) => wallTimeAt(frame.turn.startedAt, (zone && toEast(zone(frame))) ?? home);
}

/** The draft counts hours west of Greenwich: its Central Europe is -1. */
function toEast(zone: string): string {
  const hours = Number(zone);
  return zone.trim() === "" || Number.isNaN(hours) ? zone : String(-hours);
}

function formatReader(element: Element, { attribute }: Compiler, otherwise: string) {
  const strftime = attribute(element, "format");
  const java = attribute(element, "jformat");
  return (frame: Frame): FormatPart[] => {
    const format = usable(strftime?.(frame));
    const javaFormat = usable(java?.(frame));
    if (format === "" && javaFormat !== "") return readJavaFormat(javaFormat);
    return readStrftime(format === "" ? otherwise : format);
  };
}

function usable(format = ""): string {
  return format.length > MAX_FORMAT_LENGTH ? "" : format;
}

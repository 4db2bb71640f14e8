const levels = ["debug", "info", "warn", "error"] as const;

export type Level = (typeof levels)[number];

/** Names and values of one event. Never a message's text, never a token. */
type Fields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Writes one line per event. */
export interface Log {
  debug(event: string, fields?: Fields): void;
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  error(event: string, fields?: Fields): void;
}

export interface LogOptions {
  readonly level: Level;
  /** `text` reads well on a terminal, `json` everywhere else. */
  readonly format: "text" | "json";
  readonly write: (line: string) => void;
  readonly now?: () => number;
}

/** A log that drops what is below `level` and masks whatever looks like a phone number. */
export function createLog({ level, format, write, now = Date.now }: LogOptions): Log {
  const least = levels.indexOf(level);
  const print = format === "json" ? toJson : toText;
  const at =
    (name: Level) =>
    (event: string, fields: Fields = {}) => {
      if (levels.indexOf(name) < least) return;
      write(`${print({ time: now(), level: name, event }, mask(fields))}\n`);
    };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/** The same log, whose lines have these fields as well, where they say nothing else of them. */
export function withFields(log: Log, fields: Fields): Log {
  const at =
    (name: Level) =>
    (event: string, own: Fields = {}) =>
      log[name](event, { ...fields, ...own });
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/** A log that says nothing, for tests and quiet commands. */
export const silentLog: Log = createLog({ level: "error", format: "text", write: () => {} });

/** An address for a log: its channel, its first two characters and its last four. */
export function maskAddress(address: string): string {
  const prefix = /^[a-z]+:/i.exec(address)?.[0] ?? "";
  const rest = address.slice(prefix.length);
  // A short code is a service's, not a person's.
  return rest.length <= 6 ? address : `${prefix}${rest.slice(0, 2)}…${rest.slice(-4)}`;
}

/** `+15550001111` → `+1…1111`: enough to tell people apart in a log, too little to call them. */
export function maskNumbers(text: string): string {
  return text.replace(PHONE_NUMBER, (number) => `${number.slice(0, 2)}…${number.slice(-4)}`);
}

// Runs inside identifiers (SM… and other hex) are no phone numbers.
const PHONE_NUMBER = /(?<![\p{L}\p{N}])\+?\d{7,}(?![\p{L}\p{N}])/gu;

function mask(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === "string" ? maskNumbers(value) : value,
    ]),
  );
}

interface Head {
  readonly time: number;
  readonly level: Level;
  readonly event: string;
}

function toJson(head: Head, fields: Fields): string {
  return JSON.stringify({ ...head, time: new Date(head.time).toISOString(), ...fields });
}

function toText({ time, level, event }: Head, fields: Fields): string {
  // In UTC: to learn the local time zone costs 7 ms of the start.
  const clock = new Date(time).toISOString().slice(11, 19);
  const pairs = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}=${quote(value)}`);
  return `${clock}Z ${level.padEnd(5)} ${event}${pairs.join("")}`;
}

function quote(value: Fields[string]): string {
  const text = String(value);
  return /^[^\s"=]+$/.test(text) ? text : JSON.stringify(text);
}

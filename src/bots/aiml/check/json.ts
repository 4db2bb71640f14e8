/** An item of a JSON array, and where in the text it begins. */
export interface JsonItem {
  readonly value: unknown;
  readonly start: number;
}

/** What a text is that is no JSON array. */
export interface JsonFault {
  readonly start: number;
  readonly wanted: string;
  readonly found: string;
}

/** The items of a JSON array with their places, or the first place that does not fit. */
export function readJsonArray(text: string): readonly JsonItem[] | JsonFault {
  const reader = { text, at: 0, depth: 0 };
  skipSpace(reader);
  if (text[reader.at] !== "[") return faultAt(reader, "a JSON array");
  const starts: [start: number, end: number][] = [];
  const fault = readList(reader, "]", () => {
    const start = reader.at;
    const inner = readValue(reader);
    starts.push([start, reader.at]);
    return inner;
  });
  if (fault) return fault;
  skipSpace(reader);
  if (reader.at < text.length) return faultAt(reader, "nothing after the array");
  return starts.map(([start, end]) => ({ value: JSON.parse(text.slice(start, end)), start }));
}

/** Whether the text was an array. */
export function isItems(read: readonly JsonItem[] | JsonFault): read is readonly JsonItem[] {
  return Array.isArray(read);
}

/** Line and column of a place in a text, from 1. */
export function placeIn(text: string, start: number): { line: number; column: number } {
  const before = text.slice(0, start);
  const line = before.split("\n").length;
  return { line, column: start - before.lastIndexOf("\n") };
}

interface Reader {
  readonly text: string;
  at: number;
  depth: number;
}

/** Deeper ones are no list of words. */
const MAX_DEPTH = 50;

const SPACE = /[ \t\r\n]*/y;
const PLAIN = /[[^"\\\p{Cc}][\x7f-\x9f]]*/vy;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

function readValue(reader: Reader): JsonFault | undefined {
  const { text, at } = reader;
  if (text[at] === "[") return readList(reader, "]", () => readValue(reader));
  if (text[at] === "{") return readList(reader, "}", () => readEntry(reader));
  if (takeString(reader) || take(reader, SCALAR)) return undefined;
  return faultAt(reader, text[at] === '"' ? 'a text that ends with "' : "a value");
}

function readEntry(reader: Reader): JsonFault | undefined {
  if (!takeString(reader)) return faultAt(reader, 'a name in "…"');
  skipSpace(reader);
  if (!takeMark(reader, ":")) return faultAt(reader, '":"');
  skipSpace(reader);
  return readValue(reader);
}

/** Reads from the opening bracket up to and with the closing one. */
function readList(
  reader: Reader,
  end: string,
  readItem: () => JsonFault | undefined,
): JsonFault | undefined {
  if (++reader.depth > MAX_DEPTH) return faultAt(reader, `lists nested up to ${MAX_DEPTH} deep`);
  reader.at++;
  skipSpace(reader);
  if (takeMark(reader, end)) return leave(reader);
  for (;;) {
    const fault = readItem();
    if (fault) return fault;
    skipSpace(reader);
    if (takeMark(reader, end)) return leave(reader);
    if (!takeMark(reader, ",")) return faultAt(reader, `"," or "${end}"`);
    skipSpace(reader);
  }
}

function leave(reader: Reader): undefined {
  reader.depth--;
}

function skipSpace(reader: Reader): void {
  take(reader, SPACE);
}

function take(reader: Reader, pattern: RegExp): boolean {
  pattern.lastIndex = reader.at;
  const isThere = pattern.test(reader.text);
  if (isThere) reader.at = pattern.lastIndex;
  return isThere;
}

function takeString(reader: Reader): boolean {
  const start = reader.at;
  if (!takeMark(reader, '"')) return false;
  do take(reader, PLAIN);
  while (take(reader, ESCAPE));
  if (takeMark(reader, '"')) return true;
  reader.at = start;
  return false;
}

function takeMark(reader: Reader, mark: string): boolean {
  const isThere = reader.text[reader.at] === mark;
  if (isThere) reader.at++;
  return isThere;
}

function faultAt({ text, at }: Reader, wanted: string): JsonFault {
  const rest =
    text
      .slice(at, at + 20)
      .split("\n")[0]
      ?.trim() ?? "";
  return { start: at, wanted, found: at >= text.length ? "the end of the file" : `"${rest}"` };
}

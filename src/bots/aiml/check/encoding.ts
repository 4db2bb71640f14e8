import { encodingOf, isLatin, isUtf16 } from "../bot-file.ts";
import { type Finding, toFinding } from "./finding.ts";

/** A file of a bot as it lies on the disk. */
export interface SourceFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Tells where a file's bytes are not the text that the file says they are. */
export function checkEncoding({ name, bytes }: SourceFile): Finding[] {
  const encoding = encodingOf(bytes);
  if (isUtf16(bytes) || isLatin(encoding)) return [];
  const place = firstBadByte(bytes);
  if (!place) return [];
  const found = /^utf-?8$/i.test(encoding)
    ? "bytes that are none"
    : `bytes that are none, in a file declared as ${encoding}`;
  const fault = {
    code: "bad-encoding",
    message: `Cannot read the text: expected UTF-8, found ${found}`,
    hint: HINT,
  } as const;
  return [toFinding({ file: name, ...place }, fault)];
}

const HINT = 'Save the file as UTF-8, or begin it with <?xml version="1.0" encoding="ISO-8859-1"?>';

const LINE_END = 10;

function firstBadByte(bytes: Uint8Array): { line: number; column: number } | undefined {
  if (isUtf8(bytes)) return undefined;
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const found = bytes.indexOf(LINE_END, start);
    const end = found === -1 ? bytes.length : found;
    const part = bytes.subarray(start, end);
    if (!isUtf8(part))
      return { line, column: new TextDecoder().decode(part).indexOf("\uFFFD") + 1 };
    start = end + 1;
  }
  return { line, column: 1 };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    // It says so by throwing, and nothing else is thrown here.
    return false;
  }
}

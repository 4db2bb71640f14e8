/** How bad it is: an error is left out or will not work, a warning is probably not meant. */
type Severity = "error" | "warning";

/** Every kind of problem; the names are for scripts and stay. */
const SEVERITIES = {
  "bad-encoding": "error",
  "bad-index": "error",
  "bad-item": "error",
  "bad-json": "error",
  "bad-xml": "error",
  "dead-condition": "error",
  "duplicate-category": "warning",
  "duplicate-file": "warning",
  "duplicate-key": "warning",
  "empty-choice": "warning",
  "empty-pattern": "error",
  "empty-srai": "warning",
  "endless-srai": "error",
  "glued-wildcard": "warning",
  "ignored-file": "warning",
  "left-out": "error",
  "misplaced-element": "error",
  "loose-element": "warning",
  "missing-attribute": "error",
  "missing-map": "error",
  "missing-part": "error",
  "missing-property": "warning",
  "missing-set": "error",
  "missing-star": "warning",
  "not-aiml": "error",
  "old-element": "warning",
  "repeated-part": "error",
  "same-category": "warning",
  "srai-to-nothing": "warning",
  "sraix-without-bot": "warning",
  "stray-content": "warning",
  "unknown-attribute": "warning",
  "unknown-element": "warning",
  "unreachable-category": "warning",
  "unreachable-item": "warning",
  "unreadable-file": "error",
  "unsafe-element": "error",
} as const satisfies Readonly<Record<string, Severity>>;

type Code = keyof typeof SEVERITIES;

/** Where something stands; line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What is wrong, before it is known where. */
export interface Fault {
  readonly code: Code;
  /** What cannot be done, what was wanted, what was found. */
  readonly message: string;
  readonly hint: string;
}

/** One problem of a bot. */
export interface Finding extends Place, Fault {
  readonly severity: Severity;
}

/** A fault with its place. */
export function toFinding({ file, line, column }: Place, { code, message, hint }: Fault): Finding {
  const severity = SEVERITIES[code];
  return { severity, code, file, line, column, message: oneLine(message), hint: oneLine(hint) };
}

/** By file, then by line; errors first where two are at one place. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (one, other) =>
      compare(one.file, other.file) ||
      one.line - other.line ||
      one.column - other.column ||
      compare(one.severity, other.severity) ||
      compare(one.code, other.code),
  );
}

/** A place as compilers write it. */
export function showPlace({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

/** What was found in a file may hold anything, and a terminal obeys some of it. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ");
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

import type { Paint } from "../paint.ts";
import { formatTrace } from "../trace.ts";
import { toWritten } from "./answer.ts";
import { type Dialogue, SOMEBODY } from "./parse.ts";
import type { Failure } from "./rehearse.ts";

/** How it went. */
export interface Result {
  readonly dialogues: readonly Dialogue[];
  readonly failures: readonly Failure[];
  readonly rounds: number;
  readonly seed: number;
  readonly ms: number;
}

/** The failures as a person reads them: a diff of the file, which would pass with its `+` lines. */
export function toDiffs({ failures, rounds }: Result, paint: Paint): string {
  return failures.map((failure) => `${toDiff(failure, rounds, paint)}\n`).join("");
}

/** One line on all of it. */
export function toSummary(result: Result): string {
  const { exchanges, conversations, files } = countsOf(result);
  const failed = result.failures.length;
  const what = failed === 0 ? `${exchanges} passed` : `${failed} of ${exchanges} failed`;
  const rounds = result.rounds > 1 ? `, ${result.rounds} rounds` : "";
  const where = `${count(conversations, "conversation")}, ${count(files, "file")}${rounds}`;
  return `${what} (${where}, seed ${result.seed}, ${result.ms} ms)`;
}

/** The same for programs. */
export function toReport(result: Result) {
  const { rounds, seed, ms } = result;
  const failures = result.failures.map(({ dialogue, exchange, said, ...failure }) => ({
    file: dialogue.file,
    line: exchange.line,
    title: dialogue.title,
    person: exchange.person,
    text: exchange.text,
    wanted: exchange.answers.map(({ written }) => written),
    found: said.replies,
    reason: said.reason,
    seed: failure.seed,
    rounds: failure.rounds,
    trace: said.trace.length > 0 ? said.trace : undefined,
  }));
  return { ...countsOf(result), failed: failures.length, rounds, seed, ms, failures };
}

function countsOf({ dialogues }: Result) {
  return {
    files: new Set(dialogues.map(({ file }) => file)).size,
    conversations: dialogues.length,
    exchanges: dialogues.reduce((sum, { exchanges }) => sum + exchanges.length, 0),
  };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function toDiff(failure: Failure, rounds: number, paint: Paint): string {
  const { dialogue, exchange, said } = failure;
  const often =
    rounds > 1 ? ` (${failure.rounds} of ${rounds} rounds, --seed ${failure.seed})` : "";
  const title = dialogue.title && `  = ${dialogue.title}`;
  const person = exchange.person === SOMEBODY ? "" : exchange.person;
  return [
    paint("bold", `${dialogue.file}:${exchange.line}`) + title + often,
    `  ${person}> ${exchange.text}`.trimEnd(),
    ...replyLines(failure, paint),
    paint("dim", formatTrace(said.trace)),
  ]
    .filter((part) => part !== "")
    .map((part) => (part.endsWith("\n") ? part : `${part}\n`))
    .join("");
}

function replyLines({ exchange: { answers }, said }: Failure, paint: Paint): string[] {
  const { replies, reason } = said;
  // Nothing is a reply, too: "<" alone.
  const wanted = answers.length > 0 ? answers.map(({ written }) => written) : [""];
  const found = replies.length > 0 ? replies.map(toWritten) : [""];
  const lines = Array.from({ length: Math.max(wanted.length, found.length) }, (_, index) => {
    if (answers[index]?.isAllowed(replies[index] ?? "")) return [`  < ${found[index]}`];
    return [
      ...lineOf("-", wanted[index]).map((line) => paint("red", line)),
      ...lineOf("+", found[index]).map((line) => paint("green", line)),
    ];
  });
  const why = reason && replies.length === 0 ? [`  # no reply: ${reason}`] : [];
  return [...lines.flat(), ...why];
}

function lineOf(sign: string, written: string | undefined): string[] {
  return written === undefined ? [] : [`${sign} < ${written}`.trimEnd()];
}

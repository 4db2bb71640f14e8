import { type Answer, isFault, readAnswer } from "./answer.ts";

/** A dialogue file, by the name it has in messages. */
export interface DialogueFile {
  readonly name: string;
  readonly text: string;
}

/** One text of a person and what the bot has to answer. */
export interface Exchange {
  readonly line: number;
  readonly person: string;
  readonly text: string;
  /** The texts of the reply, in order; none: no reply. */
  readonly answers: readonly Answer[];
}

/** What people and the bot say to each other, from the first text on. */
export interface Dialogue {
  readonly file: string;
  readonly title: string;
  readonly exchanges: readonly Exchange[];
}

/** The conversations of a file, and what of it could not be read: `file:line: problem`. */
export interface Parsed {
  readonly dialogues: readonly Dialogue[];
  readonly problems: readonly string[];
}

/** Who speaks where a line names nobody. */
export const SOMEBODY = "you";

/**
 * Reads conversations: `= title` begins one, `> text` is a person's (`Ada> text` where there are several),
 * `< answer` what a phone gets for it, `#` a comment.
 */
export function parseDialogues({ name, text }: DialogueFile): Parsed {
  const reading: Reading = { dialogues: [], problems: [], line: 0 };
  for (const line of text.replace(/^\uFEFF/, "").split(/\r?\n/)) {
    reading.line++;
    readLine(line.trim(), reading);
  }
  for (const dialogue of reading.dialogues) checkDialogue(dialogue, reading);
  const problems = reading.problems
    .toSorted((one, other) => one.line - other.line)
    .map(({ line, wanted, found }) => toMessage(`${name}:${line}`, wanted, found));
  return { problems, dialogues: reading.dialogues.map((draft) => finish(draft, name)) };
}

interface Reading {
  readonly dialogues: Draft[];
  readonly problems: Problem[];
  /** The line that is being read, from 1 on. */
  line: number;
}

interface Problem {
  readonly line: number;
  readonly wanted: string;
  readonly found: string;
}

interface Draft {
  readonly line: number;
  readonly title: string;
  readonly exchanges: DraftExchange[];
}

interface DraftExchange extends Omit<Exchange, "answers"> {
  readonly answers: Answer[];
  /** Undefined until a line says which. */
  reply: "none" | "some" | undefined;
}

type Reader = (reading: Reading, found: RegExpExecArray) => void;

/** The kinds of lines, by how they begin. */
const LINES: readonly (readonly [RegExp, Reader])[] = [
  [/^(#.*)?$/, () => {}],
  [/^=\s*(.*)$/, begin],
  [/^<\s*(.*)$/, answer],
  [/^([^\s<>=#]*)>\s*(.*)$/, say],
];

function readLine(line: string, reading: Reading): void {
  for (const [pattern, read] of LINES) {
    const found = pattern.exec(line);
    if (found) {
      read(reading, found);
      return;
    }
  }
  complain(reading, '"= title", "> text", "< answer" or "# comment"', JSON.stringify(line));
}

function begin(reading: Reading, [, title = ""]: RegExpExecArray): void {
  if (title === "") complain(reading, 'a title after "="', "none");
  reading.dialogues.push({ line: reading.line, title, exchanges: [] });
}

function say(reading: Reading, [, person, text = ""]: RegExpExecArray): void {
  const { line } = reading;
  const exchange = { line, person: person || SOMEBODY, text, answers: [], reply: undefined };
  const dialogue = reading.dialogues.at(-1);
  if (dialogue) dialogue.exchanges.push(exchange);
  // A file of one conversation needs no title.
  else reading.dialogues.push({ line, title: "", exchanges: [exchange] });
}

function answer(reading: Reading, [, written = ""]: RegExpExecArray): void {
  const exchange = reading.dialogues.at(-1)?.exchanges.at(-1);
  const reply = written === "" ? "none" : "some";
  if (!exchange) complain(reading, 'a text (">") before its answer', "none");
  else if (exchange.reply && (reply === "none" || exchange.reply === "none"))
    complain(reading, '"<" alone where there is no reply', "more of them");
  else {
    exchange.reply = reply;
    if (reply === "some") addAnswer(reading, exchange, written);
  }
}

function addAnswer(reading: Reading, { answers }: DraftExchange, written: string): void {
  const read = readAnswer(written);
  if (isFault(read)) complain(reading, read.wanted, read.found);
  else answers.push(read);
}

function checkDialogue({ line, exchanges }: Draft, { problems }: Reading): void {
  if (exchanges.length === 0)
    problems.push({ line, wanted: 'a text (">") in the conversation', found: "none" });
  for (const exchange of exchanges.filter(({ reply }) => !reply)) {
    const wanted = 'an answer ("<") to the text; "< /./" is any, "<" alone no reply';
    problems.push({ line: exchange.line, wanted, found: "none" });
  }
}

function complain({ problems, line }: Reading, wanted: string, found: string): void {
  problems.push({ line, wanted, found });
}

function toMessage(place: string, wanted: string, found: string): string {
  return `${place}: Cannot read the dialogue: expected ${wanted}, found ${found}`;
}

function finish({ title, exchanges }: Draft, file: string): Dialogue {
  return { file, title, exchanges };
}

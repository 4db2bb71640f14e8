import { UsageError } from "../errors.ts";
import type { ConsentEntry } from "../store/store.ts";
import type { Command } from "./command.ts";
import { databaseFlag, findDatabase } from "./database.ts";
import { toTime } from "./message-table.ts";
import { toJsonLine, toOneLine } from "./output.ts";

const flags = {
  json: { type: "boolean", help: "One object a line: at, records, person, number, source" },
  csv: { type: "boolean", help: "The same as comma-separated values, a line of names first" },
  database: databaseFlag,
} as const;

/** Shows or exports who asked for messages to stop or to start again. */
export const consent: Command<typeof flags> = {
  name: "consent",
  summary: "shows who asked for messages to stop or to start again, oldest first",
  flags,
  positionals: [{ name: "NUMBER", required: false }],
  examples: [
    "botline consent",
    "botline consent +15550001111",
    "botline consent --csv > consent.csv",
  ],
  async run(call) {
    const { readConsent } = await import("../app/messages.ts");
    const { io, positionals } = call;
    const { head, toLine } = formatOf(call.flags);
    let above = head;
    for await (const page of readConsent(await findDatabase(call), positionals[0])) {
      io.stdout.write(above + page.map(toLine).join(""));
      above = "";
      // All else is done in one go: only here a Ctrl-C is heard.
      await Bun.sleep(0);
      io.signal.throwIfAborted();
    }
    io.stdout.write(above);
  },
};

interface Format {
  /** What stands above all entries. */
  readonly head: string;
  toLine(entry: ConsentEntry): string;
}

function formatOf({ json, csv }: { readonly json: boolean; readonly csv: boolean }): Format {
  if (json && csv) throw new UsageError("Cannot use --csv: expected one format, found --json too");
  if (json) return { head: "", toLine: (entry) => toJsonLine(toRecord(entry)) };
  if (csv) return { head: toCsvLine(NAMES), toLine: (entry) => toCsvLine(toFields(entry)) };
  return { head: toTableLine(HEAD), toLine: (entry) => toTableLine(toCells(entry)) };
}

const NAMES = ["at", "records", "person", "number", "source"] as const;
const HEAD = ["TIME (UTC)", "RECORDS", "PERSON", "NUMBER", "SOURCE"];

function toRecord(entry: ConsentEntry): Readonly<Record<(typeof NAMES)[number], string>> {
  const { at, records, person, number, source } = entry;
  return { at: new Date(at).toISOString(), records, person, number, source };
}

function toFields(entry: ConsentEntry): readonly string[] {
  const record = toRecord(entry);
  return NAMES.map((name) => record[name]);
}

function toCells({ at, records, person, number, source }: ConsentEntry): readonly string[] {
  return [toTime(at), records, person, number, source].map((cell) => toOneLine(cell));
}

/** As RFC 4180 has it, but for the ends of lines. */
function toCsvLine(fields: readonly string[]): string {
  return `${fields.map(quote).join(",")}\n`;
}

function quote(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

// Known beforehand: the ledger is written as it is read. "whatsapp:+15550001111" has 21 characters.
const WIDTHS = [19, 9, 21, 21];

function toTableLine(cells: readonly string[]): string {
  const padded = cells.map((cell, column) => cell.padEnd(WIDTHS[column] ?? 0));
  return `${padded.join("  ").trimEnd()}\n`;
}

import type { ToldMessage } from "../app/messages.ts";
import type { Command } from "./command.ts";
import { databaseFlag, findDatabase } from "./database.ts";
import { toMessageTable } from "./message-table.ts";
import { readNumber } from "./numbers.ts";
import { toJsonLine } from "./output.ts";

const flags = {
  limit: { type: "string", value: "N", help: "How many, the latest", default: "20" },
  failed: {
    type: "boolean",
    help: "Only what failed, and what has waited for over a minute",
  },
  json: { type: "boolean", help: "One object a line: all that is known of each message" },
  database: databaseFlag,
} as const;

/** Shows the latest messages and what became of each. */
export const messages: Command<typeof flags> = {
  name: "messages",
  summary: "shows the latest messages, in and out, and what became of each",
  flags,
  positionals: [{ name: "NUMBER", required: false }],
  examples: [
    "botline messages",
    "botline messages +15550001111 --limit 100",
    "botline messages --failed --json",
  ],
  async run(call) {
    const { readMessages } = await import("../app/messages.ts");
    const { io, positionals, flags } = call;
    const found = await readMessages(await findDatabase(call), {
      limit: readNumber(flags.limit, { flag: "limit", least: 1, most: MOST_MESSAGES }),
      person: positionals[0],
      troubledBefore: flags.failed ? Date.now() - PATIENCE_MS : undefined,
    });
    if (flags.json) for (const message of found) io.stdout.write(toJsonLine(toRecord(message)));
    else if (found.length > 0) io.stdout.write(toMessageTable(found));
    else io.stderr.write("(no messages)\n");
  },
};

/** They are in memory at once. */
const MOST_MESSAGES = 100_000;

/** What is on its way for longer is worth a look. */
const PATIENCE_MS = 60_000;

/** For programs: times as ISO 8601 has them. */
function toRecord(message: ToldMessage): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(message).map(([name, value]) => [name, isTime(name) ? toIso(value) : value]),
  );
}

function isTime(name: string): boolean {
  return name === "at" || name.endsWith("At");
}

function toIso(value: unknown): string | null {
  return typeof value === "number" ? new Date(value).toISOString() : null;
}

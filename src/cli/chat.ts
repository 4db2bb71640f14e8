import type { Chat, Said } from "../app/chats.ts";
import type { Call, Command } from "./command.ts";
import { pipedLines, typedLines } from "./lines.ts";
import { toJsonLine } from "./output.ts";
import { createPaint } from "./paint.ts";
import { aborted } from "./signals.ts";
import { createTalkLog, readTalkSettings } from "./sources.ts";
import { formatTrace } from "./trace.ts";

const flags = {
  bot: { type: "string", value: "BOT", help: "Who answers, as in BOT", setting: "BOT" },
  as: {
    type: "string",
    value: "NAME",
    help: "Who you are; each has a memory of their own",
    default: "you",
  },
  database: { type: "string", value: "PATH", help: "Where memory is kept", default: ":memory:" },
  json: { type: "boolean", help: "One object a line: input, replies, raw, oob, ms" },
  trace: {
    type: "boolean",
    help: "Show how each answer comes about: categories, srai, predicates",
  },
} as const;

/** Talks with the bot in the terminal, or line by line through a pipe. */
export const chat: Command<typeof flags> = {
  name: "chat",
  summary: "talks with the bot here, without a server",
  flags,
  positionals: [],
  examples: [
    "botline chat",
    "botline chat --bot aiml:my-bot --as Ada",
    "echo hello | botline chat",
  ],
  async run(call) {
    const { createChats } = await import("../app/chats.ts");
    const { as: person, database, trace: isTraced } = call.flags;
    const settings = await readTalkSettings(call);
    const log = createTalkLog(call.io);
    const open = await createChats(settings, { log, keepIn: call.io.homeDir, isTraced });
    const chat = open(database);
    await Promise.race([talk(chat, person, call), aborted(call.io.signal)]);
    await chat.close();
  },
};

async function talk(chat: Chat, person: string, call: Call<typeof flags>): Promise<void> {
  const { io, env, flags } = call;
  const print = flags.json ? toJsonLine : io.stdin.isTTY ? toScreen : toPipeLine;
  const paint = createPaint(io.stderr, env);
  const lines = io.stdin.isTTY ? typedLines(io, "> ") : pipedLines(io.stdin);
  for await (const input of lines) {
    const startedAt = performance.now();
    const { replies, raw, oob, reason, trace } = await chat.say({ person, text: input });
    const ms = Math.round((performance.now() - startedAt) * 100) / 100;
    const exchange = { input, replies, raw, oob, ms };
    // Where the answers go to a program, the author still sees how they come about.
    if (!flags.json) io.stderr.write(paint("dim", formatTrace(trace)));
    io.stdout.write(print(flags.json && flags.trace ? { ...exchange, trace } : exchange));
    // In a pipe an empty line says it; a person would wonder.
    if (io.stdin.isTTY && replies.length === 0)
      io.stderr.write(`(no reply${reason ? `: ${reason}` : ""})\n`);
  }
}

interface Exchange {
  readonly input: string;
  readonly replies: readonly string[];
  readonly raw: string;
  readonly oob: readonly string[] | undefined;
  readonly ms: number;
  readonly trace?: Said["trace"];
}

function toScreen({ replies }: Exchange): string {
  return replies.map((reply) => `${reply}\n`).join("");
}

// One line for one line, whatever the bot says: whoever reads the pipe counts on it.
function toPipeLine({ replies }: Exchange): string {
  return `${replies.join(" ").replace(LINE_ENDS, " ")}\n`;
}

const LINE_ENDS = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/g;

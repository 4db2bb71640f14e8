import type { Chat } from "../app.ts";
import { createLog } from "../log.ts";
import type { Call, Command } from "./command.ts";
import { pipedLines, typedLines } from "./lines.ts";
import { toJsonLine } from "./output.ts";
import { aborted } from "./signals.ts";
import { readAppSettings } from "./sources.ts";

const flags = {
  bot: { type: "string", value: "BOT", help: "Who answers, as in BOT", setting: "BOT" },
  as: {
    type: "string",
    value: "NAME",
    help: "Who you are; each has a memory of their own",
    default: "you",
  },
  database: { type: "string", value: "PATH", help: "Where memory is kept", default: ":memory:" },
  json: { type: "boolean", help: "One object a line: input, replies, raw, ms" },
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
    const { createChat } = await import("../app.ts");
    const { io } = call;
    const { values } = await readAppSettings(call, (name) => !SERVER_ONLY.has(name));
    const log = createLog({
      level: "warn",
      format: "text",
      write: (line) => io.stderr.write(line),
    });
    const chat = await createChat(values, {
      log,
      person: call.flags.as,
      database: call.flags.database,
      keepIn: io.homeDir,
    });
    await Promise.race([talk(chat, call), aborted(io.signal)]);
    await chat.close();
  },
};

/** What is wrong with these is no matter here. */
const SERVER_ONLY = new Set([
  "PORT",
  "HOST",
  "TWILIO_AUTH_TOKEN",
  "TWILIO_ACCOUNT_SID",
  "PUBLIC_URL",
  "DATABASE_URL",
  "LOG_LEVEL",
  "LOG_FORMAT",
]);

async function talk(chat: Chat, call: Call<typeof flags>): Promise<void> {
  const { io } = call;
  const print = call.flags.json ? toJsonLine : io.stdin.isTTY ? toScreen : toPipeLine;
  const lines = io.stdin.isTTY ? typedLines(io, "> ") : pipedLines(io.stdin);
  for await (const input of lines) {
    const startedAt = performance.now();
    const { replies, raw, reason } = await chat.say(input);
    const ms = Math.round((performance.now() - startedAt) * 100) / 100;
    io.stdout.write(print({ input, replies, raw, ms }));
    // In a pipe an empty line says it; a person would wonder.
    if (io.stdin.isTTY && replies.length === 0)
      io.stderr.write(`(no reply${reason ? `: ${reason}` : ""})\n`);
  }
}

interface Exchange {
  readonly input: string;
  readonly replies: readonly string[];
  readonly raw: string;
  readonly ms: number;
}

function toScreen({ replies }: Exchange): string {
  return replies.map((reply) => `${reply}\n`).join("");
}

// One line for one line, whatever the bot says: whoever reads the pipe counts on it.
function toPipeLine({ replies }: Exchange): string {
  return `${replies.join(" ").replace(LINE_ENDS, " ")}\n`;
}

const LINE_ENDS = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/g;

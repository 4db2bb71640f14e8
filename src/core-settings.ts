import { Type } from "@sinclair/typebox";
import type { SettingsTable } from "./settings.ts";

/** The settings that belong to no single bot or channel. */
export const coreSettings = {
  PORT: {
    schema: Type.Integer({ minimum: 0, maximum: 65535 }),
    wanted: "a whole number from 0 to 65535",
    help: "Where the server listens; 0 takes any free port",
    default: 3000,
  },
  HOST: {
    schema: Type.String({ minLength: 1 }),
    wanted: "an address of this machine, such as 0.0.0.0 or 127.0.0.1",
    help: "The address the server listens on; while trying it out only this machine's own",
    default: "0.0.0.0",
  },
  DATABASE_URL: {
    schema: Type.String({ minLength: 1 }),
    wanted: "a file's path",
    help: "The SQLite file that remembers people; botline.db beside the program where not set",
    flag: "database",
  },
  FALLBACK_REPLY: {
    schema: Type.String({ maxLength: 1600 }),
    wanted: "a text of at most 1600 characters",
    help: "What a person reads when the bot fails; empty says nothing",
    default: "Sorry, I can't answer right now. Please try again in a minute.",
    emptyCounts: true,
  },
  BOT_TIMEOUT_MS: {
    schema: Type.Integer({ minimum: 1, maximum: 600_000 }),
    wanted: "a whole number from 1 to 600000",
    help: "How long the bot may think; what takes longer than ANSWER_WITHIN_MS goes by Twilio's API",
    unit: "ms",
    default: 10_000,
  },
  LOG_LEVEL: {
    schema: Type.Union([
      Type.Literal("debug"),
      Type.Literal("info"),
      Type.Literal("warn"),
      Type.Literal("error"),
    ]),
    wanted: "debug, info, warn or error",
    help: "The least that is logged",
    default: "info",
  },
  LOG_FORMAT: {
    schema: Type.Union([Type.Literal("auto"), Type.Literal("text"), Type.Literal("json")]),
    wanted: "auto, text or json",
    help: "How a log line reads; auto is text on a terminal and JSON elsewhere",
    default: "auto",
  },
} as const satisfies SettingsTable;

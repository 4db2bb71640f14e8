import type { Call, Command } from "./command.ts";

const flags = {
  bot: { type: "string", value: "BOT", help: "Who answers, as in BOT", setting: "BOT" },
  times: { type: "string", value: "N", help: "Hold each conversation so often", default: "1" },
  seed: {
    type: "string",
    value: "NUMBER",
    help: "What chance begins with: the same one draws the same lots",
    default: "1",
  },
  time: {
    type: "string",
    value: "TIME",
    help: "What the bot's clock shows all the while, such as 2026-03-02T12:00Z",
  },
  json: { type: "boolean", help: "One object: counts, and each failure" },
  trace: { type: "boolean", help: "Show how each wrong answer came about" },
} as const;

export type TestCall = Call<typeof flags>;

/** Holds the conversations of dialogue files with the bot: its author's own regression test. */
export const test: Command<typeof flags> = {
  name: "test",
  summary: "holds the conversations in dialogue files with the bot, and tells what went wrong",
  flags,
  positionals: [{ name: "FILE", required: false, repeats: true }],
  examples: [
    "botline test names.dialogue --bot aiml:my-bot",
    "botline test --bot aiml:my-bot --times 5",
    "botline test my-bot --bot aiml:my-bot --trace",
  ],
  async run(call) {
    // Loaded only here: a server needs none of it.
    const { runDialogues } = await import("./dialogue/run.ts");
    await runDialogues(call);
  },
};

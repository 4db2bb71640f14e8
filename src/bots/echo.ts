import type { Bot, BotKind } from "./bot.ts";

/** The smallest bot: says what it was told. Copy it to begin one of your own. */
export const echo: BotKind<Record<never, never>, Bot> = {
  name: "echo",
  summary: "says what it was told",
  settings: {},
  create: () => ({
    name: "echo",
    async reply({ message }, _memories, signal) {
      signal.throwIfAborted();
      return { text: message.text, remember: new Map() };
    },
    async check() {},
  }),
};

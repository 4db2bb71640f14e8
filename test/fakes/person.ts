import type { Bot } from "../../src/bots/bot.ts";
import type { Turn } from "../../src/message.ts";
import { never } from "./failure.ts";
import { textFrom } from "./message.ts";

/** Someone who texts bots, with the memory that a store would keep of them. */
export interface Person {
  readonly memory: ReadonlyMap<string, string>;
  /** Texts the bot, writes down what it wants remembered, and gives its answer. */
  say(bot: Bot | Promise<Bot>, text: string, signal?: AbortSignal): Promise<string>;
}

export function createPerson(): Person {
  const memory = new Map<string, string>();
  return {
    memory,
    async say(bot, text, signal = never()) {
      const reply = await (await bot).reply(turnOf(text), memory, signal);
      for (const [key, value] of reply.remember) {
        if (value === null) memory.delete(key);
        else memory.set(key, value);
      }
      return reply.text;
    },
  };
}

/** A turn whose message has this text. */
export function turnOf(text: string): Turn {
  return { id: 1, message: textFrom({ text }) };
}

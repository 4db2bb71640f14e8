import type { Bot } from "../../src/bots/bot.ts";
import type { Memories, MemoryChanges, Turn } from "../../src/message.ts";
import { never } from "./failure.ts";
import { textFrom } from "./message.ts";

/** Someone who texts bots, with the memory that a store would keep of them. */
export interface Person {
  readonly memory: ReadonlyMap<string, string>;
  /** Texts the bot, writes down what it wants remembered, and gives its answer. */
  say(bot: Bot | Promise<Bot>, text: string, signal?: AbortSignal): Promise<string>;
}

/** What a bot is given that remembers nothing. */
export const NO_MEMORIES: Memories = { own: new Map(), shared: new Map() };

/** What a store would keep for everybody. */
export interface Everybody {
  shared: Memories["shared"];
}

/** Someone new; people of one bot share what is kept for everybody. */
export function createPerson(everybody: Everybody = { shared: new Map() }): Person {
  let memory: Memories["own"] = new Map();
  return {
    get memory() {
      return memory;
    },
    async say(bot, text, signal = never()) {
      const memories = { own: memory, shared: everybody.shared };
      const reply = await (await bot).reply(turnOf(text), memories, signal);
      memory = changed(memory, reply.remember);
      if (reply.rememberForAll) everybody.shared = changed(everybody.shared, reply.rememberForAll);
      return reply.text;
    },
  };
}

function changed(memory: Memories["own"], changes: MemoryChanges): Memories["own"] {
  const copy = new Map(memory);
  for (const [key, value] of changes) {
    if (value === null) copy.delete(key);
    else copy.set(key, value);
  }
  return copy;
}

/** A turn whose message has this text. */
export function turnOf(text: string): Turn {
  return { id: 1, message: textFrom({ text }) };
}

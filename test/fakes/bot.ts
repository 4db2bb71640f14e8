import type { Bot } from "../../src/bots/bot.ts";
import type { Memory, Reply, Turn } from "../../src/message.ts";

export interface FakeBot extends Bot {
  /** The texts it was asked, in order. */
  readonly asked: string[];
}

/** A bot that answers by `say`, or with how many texts it remembers of the person. */
export function fakeBot(
  say: (turn: Turn, memory: Memory) => string | Promise<string> = (_, memory) =>
    `text ${Number(memory.get("count") ?? 0) + 1}`,
): FakeBot {
  const asked: string[] = [];
  return {
    name: "fake",
    asked,
    async reply(turn, { own: memory }): Promise<Reply> {
      asked.push(turn.message.text);
      const text = await say(turn, memory);
      const count = Number(memory.get("count") ?? 0) + 1;
      return { text, remember: new Map([["count", String(count)]]) };
    },
    async check() {},
  };
}

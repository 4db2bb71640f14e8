import type { Bot } from "../../src/bots/bot.ts";
import { createPersonCommands } from "../../src/conversation/person-commands.ts";
import type { Step } from "../../src/conversation/turn.ts";
import type { Outcome, Turn } from "../../src/message.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { never } from "./failure.ts";
import { textFrom } from "./message.ts";
import { createTalk } from "./talk.ts";

const ADA = "+15550001111";
export const BEN = "+15550002222";

const STORY: Outcome = {
  kind: "reply",
  texts: ["one"],
  later: ["two", "three", "four"],
  raw: "one two three four",
  remember: new Map(),
};

interface Options {
  readonly store?: Store;
  /** Who gets what is no command; one that sees all, and tells a long story when asked, where left out. */
  readonly bot?: Bot;
  readonly isOn?: boolean;
  readonly isElsewhere?: boolean;
  readonly retentionDays?: number;
}

/** Two texts at once, whatever their length. */
const channel = {
  fit: (messages: readonly string[]) => ({ now: messages.slice(0, 2), later: messages.slice(2) }),
};

/** The commands as people meet them, before the bot. */
export function commands(options: Options = {}) {
  const { store = openSqlite(":memory:"), bot, ...rest } = options;
  let time = Date.parse("2026-03-02T12:00Z");
  const now = () => ++time;
  const parts = { isOn: true, isElsewhere: false, retentionDays: 90, ...rest };
  const { heedCommand, isAnswer } = createPersonCommands({ store, channel, now, ...parts });
  const askBot = bot === undefined ? tellStory : createAsking(bot, store);
  const talk = createTalk(store, async (turn) => (await heedCommand(turn)) ?? askBot(turn), now);
  return {
    store,
    heedCommand,
    say: talk.say,
    pass: (ms: number) => {
      time += ms;
    },
    isAnswer: async (text: string) => {
      const message = textFrom({ text, receivedAt: now() });
      await store.recordInbound(message);
      return isAnswer(message);
    },
    summary: (person = ADA) => store.summarise(person),
    memory: async (person = ADA) => (await store.recall(person, "bot")).own,
  };
}

function tellStory({ message }: Turn): Outcome | undefined {
  return message.text.startsWith("Tell") ? STORY : undefined;
}

function createAsking(bot: Bot, store: Store): Step {
  return async (turn) => {
    const memories = await store.recall(turn.message.from, bot.name);
    const { text, remember } = await bot.reply(turn, memories, never());
    return { kind: "reply", texts: [text], raw: text, by: bot.name, remember };
  };
}

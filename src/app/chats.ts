import type { Bot, BotOptions } from "../bots/bot.ts";
import { createTerminal } from "../channels/terminal.ts";
import { createConversation } from "../conversation/conversation.ts";
import type { Trace, TraceStep } from "../message.ts";
import { openStore } from "../store/open.ts";
import { openBot } from "./bot.ts";
import { type AppSettings, fittingOf } from "./settings.ts";

export interface ChatOptions extends Pick<BotOptions, "log" | "now" | "random" | "keepIn"> {
  /** Every answer comes with the steps that led to it. */
  readonly isTraced?: boolean;
}

/** What somebody says to the bot. */
interface Remark {
  /** Memory is kept by this name. */
  readonly person: string;
  readonly text: string;
}

/** What came back. */
export interface Said {
  readonly replies: readonly string[];
  readonly raw: string;
  readonly oob?: readonly string[] | undefined;
  /** Why the bot did not answer. */
  readonly reason?: string;
  readonly trace: readonly TraceStep[];
}

/** A talk in the terminal, one remark at a time. */
export interface Chat {
  /** What a phone would get, and the bot's own words before they were shaped for it. */
  say(remark: Remark): Promise<Said>;
  close(): Promise<void>;
}

/** Begins a talk with the memory that a database holds. */
export type OpenChat = (database: string) => Chat;

/** Readies the bot for talks without any server, by the same path that a text takes. */
export async function createChats(settings: AppSettings, options: ChatOptions): Promise<OpenChat> {
  const bot = await openBot(settings, options);
  return (database) => openChat(settings, { bot, database, ...options });
}

interface ChatParts extends ChatOptions {
  readonly bot: Bot;
  readonly database: string;
}

function openChat(settings: AppSettings, parts: ChatParts): Chat {
  const { bot, database, log, isTraced = false } = parts;
  const trace: TraceStep[] = [];
  const store = openStore(database);
  const channel = createTerminal(fittingOf(settings));
  const { receive, close } = createConversation({
    bot: isTraced ? traced(bot, (step) => trace.push(step)) : bot,
    channel,
    store,
    isHeardOf: false,
    isFree: true,
    isPatient: true,
    settings,
    log,
  });

  async function say({ person, text }: Remark): Promise<Said> {
    const { outcome, texts } = await receive({
      id: crypto.randomUUID(),
      channel: channel.name,
      from: person,
      to: "botline",
      text,
      media: [],
      receivedAt: Date.now(),
    });
    const said = { replies: texts.map((kept) => kept.text), trace: trace.splice(0) };
    if (outcome?.kind === "reply") return { ...said, raw: outcome.raw, oob: outcome.oob };
    const oob = outcome?.kind === "silence" ? outcome.oob : undefined;
    return { ...said, raw: "", oob, reason: outcome?.reason ?? "" };
  }

  return { say, close: () => close().then(() => store.close()) };
}

function traced(bot: Bot, trace: Trace): Bot {
  return {
    name: bot.name,
    reply: (turn, memory, signal) => bot.reply({ ...turn, trace }, memory, signal),
    check: (signal) => bot.check(signal),
  };
}

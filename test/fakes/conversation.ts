import type { Bot } from "../../src/bots/bot.ts";
import type { Sender } from "../../src/channels/channel.ts";
import { createTerminal } from "../../src/channels/terminal.ts";
import {
  type ConversationSettings,
  createConversation,
} from "../../src/conversation/conversation.ts";
import { conversationSettings } from "../../src/conversation/settings.ts";
import { coreSettings } from "../../src/core-settings.ts";
import type { Answer } from "../../src/message.ts";
import { readSettings } from "../../src/settings.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { recordLog } from "./log.ts";

export interface TalkOptions {
  readonly store?: Store;
  readonly sender?: Sender;
  readonly isHeardOf?: boolean;
  readonly isFree?: boolean;
  readonly settings?: Partial<ConversationSettings>;
  readonly now?: () => number;
}

/** When texts of `textFrom` are fresh. */
const THEN = 1_700_000_100_000;

/** A conversation by texts with a real store; each text is a question of its own unless GATHER_MS is set. */
export function talkWith(bot: Bot, options: TalkOptions = {}) {
  const { store = openSqlite(":memory:"), isHeardOf = false, now = () => THEN } = options;
  const { log, lines } = recordLog();
  const conversation = createConversation({
    bot,
    channel: { ...createTerminal({ most: 3, isCheap: true }), name: "sms" },
    store,
    sender: options.sender,
    isHeardOf,
    isFree: options.isFree ?? true,
    isPatient: false,
    settings: { ...SETTINGS, ...options.settings },
    log,
    now,
  });
  /** The outbox looks at its clock again, as it does whenever it is told anything. */
  const wake = () => void conversation.hearOf(0, { sid: "SM0", status: "sent" });
  return { ...conversation, wake, store, lines };
}

const SETTINGS: ConversationSettings = {
  ...readSettings({ ...conversationSettings, ...coreSettings }, []).values,
  ANSWER_WITHIN_MS: 1000,
  GATHER_MS: 0,
  SETTLE_AFTER_MS: 200,
  FALLBACK_REPLY: "Sorry",
  BOT_TIMEOUT_MS: 1000,
};

/** What a webhook's answer gives. */
export function textsIn({ texts }: Answer): readonly string[] {
  return texts.map(({ text }) => text);
}

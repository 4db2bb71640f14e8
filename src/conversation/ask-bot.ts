import type { Bot } from "../bots/bot.ts";
import type { Channel } from "../channels/channel.ts";
import { BotError, codeOf, explain, hintOf } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Outcome, Turn } from "../message.ts";
import type { Store } from "../store/store.ts";
import type { Step } from "./turn.ts";

export interface AskBotParts {
  readonly bot: Bot;
  readonly channel: Channel;
  readonly store: Store;
  readonly log: Log;
  readonly settings: {
    /** What a person reads when the bot fails; empty for silence. */
    readonly FALLBACK_REPLY: string;
    readonly BOT_TIMEOUT_MS: number;
  };
}

/** The last step: the bot answers; one that fails becomes the polite fallback, its cause goes to the log. */
export function createAskBot(parts: AskBotParts): Step {
  return async function askBot(turn) {
    const memories = await parts.store.recall(turn.message.from, parts.bot.name);
    try {
      const {
        text,
        texts = [text],
        ...rest
      } = await replyInTime(parts, (signal) => parts.bot.reply(turn, memories, signal));
      const { now, later } = parts.channel.fit(texts);
      if (now.length === 0) return { kind: "silence", reason: "the bot said nothing", ...rest };
      return { kind: "reply", texts: now, later, raw: text, ...rest };
    } catch (error) {
      return fallBack(parts, turn, error);
    }
  };
}

// The race holds for a bot that does not heed its signal, too.
async function replyInTime<T>(
  { settings: { BOT_TIMEOUT_MS: timeoutMs } }: AskBotParts,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = new AbortController();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = new BotError(`Cannot wait for the bot: expected a reply within ${timeoutMs} ms`, {
      code: "timeout",
      hint: "Look at the bot's own log, or raise BOT_TIMEOUT_MS",
    });
    deadline.abort(error);
    reject(error);
  }, timeoutMs);
  try {
    return await Promise.race([ask(deadline.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

function fallBack(
  { bot, channel, log, settings }: AskBotParts,
  turn: Turn,
  error: unknown,
): Outcome {
  log.error("bot.failed", {
    bot: bot.name,
    turn: turn.id,
    code: codeOf(error),
    // Ours hold no message text; what an unexpected one quotes nobody knows.
    cause: error instanceof BotError ? explain(error) : placeOf(error),
    hint: hintOf(error),
  });
  return {
    kind: "fallback",
    texts: channel.fit([settings.FALLBACK_REPLY]).now,
    reason: codeOf(error),
  };
}

function placeOf(error: unknown): string {
  const frame =
    error instanceof Error ? error.stack?.split("\n").find((line) => /^ +at /.test(line)) : "";
  return `${codeOf(error)} ${frame?.trim() ?? ""}`;
}

import { BotError, codeOf, explain, hintOf, SettingsError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { Memories, Memory, MemoryChanges, Reply, Turn } from "../../message.ts";
import { MAX_INQUIRIES } from "../aiml/limits.ts";
import type { Inquiry, Others } from "../aiml/sraix.ts";

/** A message on its way to a bot. */
export interface Errand extends Others {
  readonly turn: Turn;
  /** What that bot remembers. */
  readonly memories: Memories;
  readonly signal: AbortSignal;
}

/** A bot that another one may ask. */
export interface OtherBot {
  /** For the log: nothing that a person said. */
  readonly name: string;
  reply(errand: Errand): Promise<Reply>;
}

/** The bot that a template means by a name; undefined where it may ask none by that name. */
export type FindBot = (name: string) => OtherBot | undefined;

/** All that other bots are asked for one message. */
export interface Inquiries extends Others {
  /** What those that were asked want remembered, so far. */
  readonly remember: MemoryChanges;
  readonly rememberForAll: MemoryChanges;
}

interface Parts {
  readonly find: FindBot;
  readonly log: Log;
  /** How long the whole answer may take; undefined: as long as it takes. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Opens the talk with other bots behind one message. What each remembers of the person lies under `x:NAME:` in the
 * memory of the bot that was texted, and is written together with it.
 */
export function openInquiries(
  { find, log, timeoutMs = Number.POSITIVE_INFINITY }: Parts,
  message: Omit<Errand, keyof Others>,
): Inquiries {
  const remember = new Map<string, string | null>();
  const rememberForAll = new Map<string, string | null>();
  const talk: Talk = {
    ...message,
    find,
    log,
    // The other half is for an answer without them.
    patienceMs: Math.min(timeoutMs / 2, MAX_PATIENCE_MS),
    remember,
    rememberForAll,
    waiting: new Set(),
    asked: 0,
    within: undefined,
    effort: { spentMs: 0 },
    ask: (inquiry) => askByName(talk, inquiry),
  };
  return { ask: talk.ask, effort: talk.effort, remember, rememberForAll };
}

/** People wait for a text, but not long. */
const MAX_PATIENCE_MS = 5_000;

interface Talk extends Errand, Omit<Parts, "timeoutMs"> {
  /** How long all that are asked may take together. */
  readonly patienceMs: number;
  readonly remember: Map<string, string | null>;
  readonly rememberForAll: Map<string, string | null>;
  /** Bots that wait for another's answer. */
  readonly waiting: Set<string>;
  asked: number;
  /** The turn's own signal and the end of patience; begins with the first question. */
  within: AbortSignal | undefined;
}

async function askByName(talk: Talk, { bot, text }: Inquiry): Promise<string | undefined> {
  // Of Pandorabots' `user/bot` the bot alone counts: whose account is asked, the owner has said.
  const name = bot.slice(bot.lastIndexOf("/") + 1).trim();
  if (!mayAsk(talk, name)) return undefined;
  let other: OtherBot | undefined;
  try {
    other = talk.find(name);
    return other && (await put(talk, other, { name, text }));
  } catch (error) {
    talk.signal.throwIfAborted();
    talk.log.warn("sraix.failed", { bot: other?.name, ...toFields(error) });
    return undefined;
  } finally {
    talk.waiting.delete(name);
  }
}

/** A bot that waits is not asked itself: two that ask each other would never end. */
function mayAsk({ asked, waiting }: Talk, name: string): boolean {
  return asked < MAX_INQUIRIES && !waiting.has(name);
}

async function put(
  talk: Talk,
  other: OtherBot,
  { name, text }: { readonly name: string; readonly text: string },
): Promise<string> {
  talk.asked++;
  talk.waiting.add(name);
  talk.within ??= AbortSignal.any([talk.signal, AbortSignal.timeout(talk.patienceMs)]);
  talk.within.throwIfAborted();
  const prefix = `x:${name}:`;
  const reply = await other.reply({
    // How another came to its answer is no part of how this one does.
    turn: { ...talk.turn, message: { ...talk.turn.message, text }, trace: undefined },
    memories: {
      own: memoryUnder(prefix, talk.memories.own, talk.remember),
      shared: memoryUnder(prefix, talk.memories.shared, talk.rememberForAll),
    },
    signal: talk.within,
    ask: talk.ask,
    effort: talk.effort,
  });
  for (const [key, value] of reply.remember) talk.remember.set(prefix + key, value);
  for (const [key, value] of reply.rememberForAll ?? [])
    talk.rememberForAll.set(prefix + key, value);
  return reply.text;
}

function memoryUnder(prefix: string, memory: Memory, remember: MemoryChanges): Memory {
  const found = new Map<string, string>();
  for (const [key, value] of [...memory, ...remember]) {
    if (!key.startsWith(prefix)) continue;
    if (value === null) found.delete(key.slice(prefix.length));
    else found.set(key.slice(prefix.length), value);
  }
  return found;
}

function toFields(error: unknown) {
  const isOurs = error instanceof BotError || error instanceof SettingsError;
  // Ours hold no message text; what another one quotes nobody knows.
  return { code: codeOf(error), cause: isOurs ? explain(error) : undefined, hint: hintOf(error) };
}

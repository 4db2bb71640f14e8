import type { Bot } from "../bots/bot.ts";
import type { Channel, HearOf, Sender } from "../channels/channel.ts";
import type { Log } from "../log.ts";
import type { Receive } from "../message.ts";
import type { SettingsValues } from "../settings.ts";
import type { Store } from "../store/store.ts";
import { createAskBot } from "./ask-bot.ts";
import { type Brakes, createBrakes } from "./brakes.ts";
import { createConsent, withoutLedger } from "./consent.ts";
import { createEndTurn } from "./end-turn.ts";
import { createKeeping, type Keeping } from "./keeping.ts";
import { createAnswerKeyword } from "./keywords.ts";
import { Outbox } from "./outbox.ts";
import { createPersonCommands } from "./person-commands.ts";
import { createReceive, type Turns } from "./receive.ts";
import type { conversationSettings } from "./settings.ts";
import { toMs } from "./stale.ts";
import { createSteps } from "./steps.ts";

export interface ConversationParts {
  readonly bot: Bot;
  readonly channel: Channel;
  readonly store: Store;
  /** Undefined: no text can be sent by itself, and nothing asked of the provider. */
  readonly sender?: Sender | undefined;
  /** The provider tells us what becomes of our texts. */
  readonly isHeardOf: boolean;
  /** Texts cost nothing: there are no limits. */
  readonly isFree: boolean;
  /** It is somebody at a terminal, who waits for the answer as long as it takes. */
  readonly isPatient: boolean;
  readonly settings: ConversationSettings;
  readonly log: Log;
  readonly now?: () => number;
}

export type ConversationSettings = SettingsValues<typeof conversationSettings> & {
  readonly FALLBACK_REPLY: string;
  readonly BOT_TIMEOUT_MS: number;
};

/** What goes on between people and the bot. */
export interface Conversation {
  readonly receive: Receive;
  readonly hearOf: HearOf;
  /** One line for people who start the server. */
  readonly limits: string;
  /** Goes on where the program stopped, and keeps going what goes on by itself. */
  start(): Promise<void>;
  /** Resolves when no turn is under way. */
  idle(): Promise<void>;
  /** How it goes, for who runs the server: words and counts, nothing of people. */
  health(): Promise<ConversationHealth>;
  /** Begins nothing any more that nobody waits for. */
  windDown(): void;
  /** Ends what goes on by itself. */
  close(): Promise<void>;
}

interface ConversationHealth {
  /** Whether all is well; else somebody should have a look. */
  readonly isWell: boolean;
  readonly outbox: Readonly<Record<string, number | string>>;
  readonly missed?: { readonly texts: number; readonly cause: string };
}

/** Joins the parts of the conversation. */
export function createConversation(given: ConversationParts): Conversation {
  const [winding, stopping] = [new AbortController(), new AbortController()];
  const parts = { ...toShared(given, stopping.signal), winding: winding.signal };
  const texting = createTexting(parts);
  const { turns, outbox, brakes } = texting;
  const keeping = createKeeping({ ...parts, turns });

  return {
    receive: turns.receive,
    hearOf: (id, report) => outbox.hearOf(id, report),
    limits: brakes.summary(),
    async start() {
      await turns.takeUp(parts.now());
      await outbox.start();
      await keeping.start();
    },
    idle: turns.idle,
    health: () => tellHealth(parts.store, outbox, keeping),
    windDown() {
      winding.abort(new Error("the server stops"));
      keeping.stop();
    },
    async close() {
      winding.abort(new Error("the server stops"));
      stopping.abort(new Error("the server stops"));
      await Promise.all([keeping.close(), outbox.close()]);
    },
  };
}

/** What most parts want to know, in their words. */
export type Shared = ReturnType<typeof toShared>;

function toShared(parts: ConversationParts, signal: AbortSignal) {
  const { settings, isHeardOf, isPatient } = parts;
  return {
    now: Date.now,
    ...parts,
    signal,
    maySend: parts.sender !== undefined && settings.REPLY_BY !== "twiml",
    replyBy: settings.REPLY_BY,
    botName: parts.bot.name,
    staleAfterMs: toMs(settings.STALE_AFTER),
    // How long an answer is given to be heard of, where it is.
    settleAfterMs: isHeardOf ? settings.SETTLE_AFTER_MS : undefined,
    answerWithinMs: answerWithin(parts),
    gatherMs: isPatient ? 0 : settings.GATHER_MS,
    helpReply: settings.HELP_REPLY,
    retentionDays: settings.RETENTION_DAYS,
  };
}

/** How long who brings a text waits for the answer; undefined: as long as it takes. */
function answerWithin({ isPatient, settings }: ConversationParts): number | undefined {
  if (isPatient) return undefined;
  return settings.REPLY_BY === "rest" ? 0 : settings.ANSWER_WITHIN_MS;
}

interface Texting {
  readonly turns: Turns;
  readonly outbox: Outbox;
  readonly brakes: Brakes;
}

function createTexting(parts: Shared & { readonly winding: AbortSignal }): Texting {
  const { channel, settings, isPatient } = parts;
  const commands = createPersonCommands({
    ...parts,
    isOn: settings.PERSON_COMMANDS,
    isElsewhere: settings.ERASE_AT_TWILIO,
  });
  const consent = createConsent({ ...parts, isAnswer: commands.isAnswer });
  const brakes = createBrakes({ ...parts, measure: channel.countSegments, isTrial: parts.isFree });
  const outbox = new Outbox({
    ...parts,
    settleAfterMs: settings.SETTLE_AFTER_MS,
    recordOptOut: consent.recordOptOut,
  });
  const heedKeyword = isPatient ? withoutLedger(consent) : consent.heedKeyword;
  const turns = createReceive({
    ...parts,
    expect: (texts, message) => outbox.expect(texts, message),
    heedKeyword,
    answerKeyword: createAnswerKeyword({ ...parts, heedKeyword, brakes }),
    isUnwelcome: consent.isUnwelcome,
    isAlone: commands.isAlone,
    steps: createSteps({ ...parts, ...commands, brakes, askBot: createAskBot(parts) }),
    endTurn: createEndTurn({ ...parts, outbox }),
  });
  return { turns, outbox, brakes };
}

async function tellHealth(
  store: Store,
  outbox: Outbox,
  keeping: Keeping,
): Promise<ConversationHealth> {
  const waiting = await store.countWaiting();
  const paused = outbox.pausedBecause();
  const missed = keeping.missed();
  return {
    isWell: paused === undefined && missed === undefined,
    outbox: { ...waiting, ...(paused !== undefined && { paused }) },
    ...(missed && { missed: { texts: missed.count, cause: missed.cause } }),
  };
}

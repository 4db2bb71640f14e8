import { createSms } from "../channels/sms.ts";
import { type Credentials, readCredentials } from "../channels/twilio/credentials.ts";
import { createSender } from "../channels/twilio/sender.ts";
import type { Callbacks } from "../channels/twilio/status-callback.ts";
import { readWebhookUrl } from "../channels/twilio/webhook-url.ts";
import { type ConversationParts, createConversation } from "../conversation/conversation.ts";
import { SettingsError } from "../errors.ts";
import type { Log } from "../log.ts";
import { listen } from "../server/listen.ts";
import { createServer } from "../server/server.ts";
import { stopServer } from "../server/stop.ts";
import { folderOf, openStore } from "../store/open.ts";
import { openBot } from "./bot.ts";
import { type AppSettings, fittingOf, hasPublicUrl, publicBase } from "./settings.ts";

export interface AppOptions {
  readonly log: Log;
  readonly version: string;
  /** The database where DATABASE_URL names none. */
  readonly defaultDatabase: string;
  /** It is tried out on this machine: nothing is sent, nothing costs anything. */
  readonly isTrial: boolean;
}

/** A server that listens. */
export interface App {
  /** Where it listens on this machine, such as http://127.0.0.1:3000. */
  readonly url: string;
  /** The webhook's URL as it must stand at Twilio. */
  readonly publicUrl: string;
  /** The name of the bot that answers. */
  readonly bot: string;
  readonly database: string;
  /** What people are held to, in one line. */
  readonly limits: string;
  /** Whether late replies are sent by Twilio's API. */
  readonly canSend: boolean;
  /** Takes no more texts, finishes those begun within a bound, closes the database. */
  stop(): Promise<void>;
}

/** Starts the server. Throws a SettingsError, BotError, StoreError or CommandError that says what is in the way. */
export async function createApp(settings: AppSettings, options: AppOptions): Promise<App> {
  const { log, version, isTrial } = options;
  const database = settings.DATABASE_URL ?? options.defaultDatabase;
  const credentials = isTrial ? undefined : credentialsFor(settings, log);
  checkGathering(settings);
  const { bot, store } = await openBoth(settings, { log, database });
  const identity = String(await store.readMark(IDENTITY));
  const callbacks = { callbacks: hasPublicUrl(settings), webhookUrl: () => webhook, identity };
  const { channel, conversation } = converse(settings, {
    ...{ bot, store, log, callbacks, credentials },
    isFree: isTrial,
  });
  let isStopping = false;

  const server = createServer({
    log,
    channel,
    receive: conversation.receive,
    hearOf: conversation.hearOf,
    health: { version, store, conversation, isStopping: () => isStopping },
  });
  const at = { host: settings.HOST, port: settings.PORT };
  const url = await listen(server, at).catch(async (error) => {
    await letGo();
    throw error;
  });
  const webhook = readWebhookUrl(publicBase(settings, url));
  await conversation.start();

  async function stop(): Promise<void> {
    isStopping = true;
    conversation.windDown();
    await stopServer(server, { idle: conversation.idle, log });
    await conversation.close();
    await letGo();
  }

  async function letGo(): Promise<void> {
    bot.close?.();
    await store.close();
  }

  const { limits } = conversation;
  const canSend = credentials !== undefined;
  return { url, publicUrl: webhook.exact, bot: bot.name, database, limits, canSend, stop };
}

interface TalkParts extends Pick<ConversationParts, "bot" | "store" | "log" | "isFree"> {
  readonly callbacks: Callbacks;
  readonly credentials: Credentials | undefined;
}

/** The channel by which texts come, and what goes on over it. */
function converse(settings: AppSettings, { callbacks, credentials, ...parts }: TalkParts) {
  const channel = createSms({
    ...callbacks,
    tokens: settings.TWILIO_AUTH_TOKEN ?? [],
    accountSid: settings.TWILIO_ACCOUNT_SID,
    fitting: fittingOf(settings),
  });
  const apiUrl = settings.TWILIO_API_URL;
  const conversation = createConversation({
    ...parts,
    channel,
    sender: credentials && createSender({ ...callbacks, credentials, apiUrl }),
    isHeardOf: callbacks.callbacks,
    isPatient: false,
    settings,
  });
  return { channel, conversation };
}

/** Whoever waits for the next text of a burst until the webhook is over answers no webhook. */
function checkGathering({ GATHER_MS, ANSWER_WITHIN_MS, REPLY_BY }: AppSettings): void {
  const isAnsweredLater = REPLY_BY === "rest" || ANSWER_WITHIN_MS === 0;
  if (isAnsweredLater || GATHER_MS === 0 || GATHER_MS < ANSWER_WITHIN_MS) return;
  throw new SettingsError(
    `Cannot use GATHER_MS: expected less than ANSWER_WITHIN_MS (${ANSWER_WITHIN_MS}), found ${GATHER_MS}`,
    { code: "settings", hint: "Nothing would be answered in time" },
  );
}

/** Set when a database is made. */
const IDENTITY = "identity";

/** What Twilio's API is called with; throws a SettingsError where a setting needs what is not there. */
function credentialsFor(settings: AppSettings, log: Log): Credentials | undefined {
  const credentials = readCredentials(settings);
  if (credentials) return credentials;
  if (settings.REPLY_BY === "rest") throw cannotSend();
  if (settings.ERASE_AT_TWILIO) log.warn("erasing.only_here", { hint: CREDENTIALS_HINT });
  return undefined;
}

const CREDENTIALS_HINT = "Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or an API key";

function cannotSend(): SettingsError {
  return new SettingsError(
    "Cannot use REPLY_BY=rest: expected credentials for Twilio's API, found none",
    {
      code: "settings",
      hint: CREDENTIALS_HINT,
    },
  );
}

interface Both {
  readonly log: Log;
  readonly database: string;
}

/** Opens the database while the bot's file is read by another thread: a server wakes two milliseconds sooner. */
async function openBoth(settings: AppSettings, { log, database }: Both) {
  const [bot, store] = await Promise.allSettled([
    openBot(settings, { log, keepIn: folderOf(database) }),
    Promise.try(openStore, database),
  ]);
  if (bot.status === "rejected") {
    if (store.status === "fulfilled") await store.value.close();
    throw bot.reason;
  }
  if (store.status === "fulfilled") return { bot: bot.value, store: store.value };
  bot.value.close?.();
  throw store.reason;
}

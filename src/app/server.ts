import type { Sender } from "../channels/channel.ts";
import { createSms } from "../channels/sms.ts";
import { readCredentials } from "../channels/twilio/credentials.ts";
import { createSender } from "../channels/twilio/sender.ts";
import type { Callbacks } from "../channels/twilio/status-callback.ts";
import { readWebhookUrl } from "../channels/twilio/webhook-url.ts";
import { createConversation } from "../conversation/conversation.ts";
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
  /** Takes no more texts, finishes those begun within a bound, closes the database. */
  stop(): Promise<void>;
}

/** Starts the server. Throws a SettingsError, BotError, StoreError or CommandError that says what is in the way. */
export async function createApp(settings: AppSettings, options: AppOptions): Promise<App> {
  const { log, version, isTrial } = options;
  const database = settings.DATABASE_URL ?? options.defaultDatabase;
  const { bot, store } = await openBoth(settings, { log, database });
  let isStopping = false;

  const callbacks = { callbacks: hasPublicUrl(settings), webhookUrl: () => webhook };
  const channel = createSms({
    ...callbacks,
    tokens: settings.TWILIO_AUTH_TOKEN ?? [],
    accountSid: settings.TWILIO_ACCOUNT_SID,
    fitting: fittingOf(settings),
  });
  const conversation = createConversation({
    bot,
    channel,
    store,
    sender: isTrial ? undefined : openSender(settings, callbacks),
    isHeardOf: callbacks.callbacks,
    isFree: isTrial,
    isPatient: false,
    settings,
    log,
  });
  const server = createServer({
    log,
    channel,
    receive: conversation.receive,
    hearOf: conversation.hearOf,
    health: { version, store, conversation, isStopping: () => isStopping },
  });
  const url = await listen(server, { host: settings.HOST, port: settings.PORT }).catch(
    async (error) => {
      bot.close?.();
      await store.close();
      throw error;
    },
  );
  const webhook = readWebhookUrl(publicBase(settings, url));
  await conversation.start();

  async function stop(): Promise<void> {
    isStopping = true;
    await stopServer(server, { idle: conversation.idle, log });
    await conversation.close();
    bot.close?.();
    await store.close();
  }

  return {
    url,
    publicUrl: webhook.exact,
    bot: bot.name,
    database,
    limits: conversation.limits,
    stop,
  };
}

function openSender(settings: AppSettings, callbacks: Callbacks): Sender | undefined {
  const credentials = readCredentials(settings);
  return (
    credentials && createSender({ ...callbacks, credentials, apiUrl: settings.TWILIO_API_URL })
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

import type { CheckedBot } from "./bots/aiml/check/check.ts";
import type { Bot, BotOptions } from "./bots/bot.ts";
import { botKinds, botSettings, createBot } from "./bots/table.ts";
import type { Channel } from "./channels/channel.ts";
import { createSms } from "./channels/sms.ts";
import { terminal } from "./channels/terminal.ts";
import type { TextRequest, TextResponse } from "./channels/twilio/post-text.ts";
import { twilioSettings } from "./channels/twilio/settings.ts";
import { readWebhookUrl } from "./channels/twilio/webhook-url.ts";
import { createLanes, type Lanes } from "./conversation/lanes.ts";
import { createReceive } from "./conversation/receive.ts";
import { createSteps } from "./conversation/steps.ts";
import { coreSettings } from "./core-settings.ts";
import type { Log } from "./log.ts";
import { type Receive, type Trace, type TraceStep, textsOf } from "./message.ts";
import { listen } from "./server/listen.ts";
import { createServer } from "./server/server.ts";
import { stopServer } from "./server/stop.ts";
import type { SettingsValues } from "./settings.ts";
import { folderOf, openStore } from "./store/open.ts";
import type { Store } from "./store/store.ts";

/** Every setting there is: the core's, the channels' and each bot's. */
export const settingsTable = { ...botSettings, ...coreSettings, ...twilioSettings };

export type AppSettings = SettingsValues<typeof settingsTable>;

export interface AppOptions {
  readonly log: Log;
  readonly version: string;
  /** The database where DATABASE_URL names none. */
  readonly defaultDatabase: string;
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
  /** Takes no more texts, finishes those begun within a bound, closes the database. */
  stop(): Promise<void>;
}

/** Starts the server. Throws a SettingsError, BotError, StoreError or CommandError that says what is in the way. */
export async function createApp(settings: AppSettings, options: AppOptions): Promise<App> {
  const { log, version } = options;
  const database = settings.DATABASE_URL ?? options.defaultDatabase;
  const { bot, store } = await openBoth(settings, { log, database });
  const lanes = createLanes();
  let isStopping = false;

  const channel = createSms({
    tokens: settings.TWILIO_AUTH_TOKEN ?? [],
    accountSid: settings.TWILIO_ACCOUNT_SID,
    webhookUrl: () => webhook,
  });
  const receive = openConversation(settings, { bot, channel, store, lanes, log });
  const health = { version, store, isStopping: () => isStopping };
  const server = createServer({ log, health, channel, receive });
  const url = await listen(server, { host: settings.HOST, port: settings.PORT }).catch(
    async (error) => {
      bot.close?.();
      await store.close();
      throw error;
    },
  );
  const webhook = readWebhookUrl(publicBase(settings, url));

  async function stop(): Promise<void> {
    isStopping = true;
    await stopServer(server, { idle: lanes.idle, log });
    bot.close?.();
    await store.close();
  }

  return { url, publicUrl: webhook.exact, bot: bot.name, database, stop };
}

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

/**
 * Tells every problem of an AIML bot: of the one in a folder, else of the one that the settings name. Throws a
 * SettingsError where that is no bot of AIML files.
 */
export async function checkBot(settings: AppSettings, folder?: string): Promise<CheckedBot> {
  const { checkAiml } = await import("./bots/check.ts");
  return checkAiml(folder === undefined ? botOf(settings) : `aiml:${folder}`);
}

/** Posts a text to a server the way Twilio would. */
export async function sendText(request: TextRequest, signal: AbortSignal): Promise<TextResponse> {
  const { postText } = await import("./channels/twilio/post-text.ts");
  return postText(request, signal);
}

interface HealthRequest {
  readonly url: string;
  /** The server is on this machine: no proxy of the environment leads there. */
  readonly isHere: boolean;
}

/** What a server says of itself at `GET /health`. */
export async function checkHealth({ url, isHere }: HealthRequest, signal: AbortSignal) {
  const proxy = isHere ? false : undefined;
  const response = await fetch(url, { signal, redirect: "manual", proxy });
  return { status: response.status, body: await response.text() };
}

/** The webhook's URL of a server with these settings that listens at `localUrl`. */
export function webhookUrl(settings: AppSettings, localUrl: string): string {
  return readWebhookUrl(publicBase(settings, localUrl)).exact;
}

function publicBase({ PUBLIC_URL, FLY_APP_NAME }: AppSettings, localUrl: string): string {
  return PUBLIC_URL ?? (FLY_APP_NAME ? `https://${FLY_APP_NAME}.fly.dev` : localUrl);
}

interface ChatParts extends ChatOptions {
  readonly bot: Bot;
  readonly database: string;
}

function openChat(settings: AppSettings, parts: ChatParts): Chat {
  const { bot, database, log, isTraced = false } = parts;
  const trace: TraceStep[] = [];
  const store = openStore(database);
  const receive = openConversation(settings, {
    bot: isTraced ? traced(bot, (step) => trace.push(step)) : bot,
    channel: terminal,
    store,
    lanes: createLanes(),
    log,
  });

  async function say({ person, text }: Remark): Promise<Said> {
    const outcome = await receive({
      id: crypto.randomUUID(),
      channel: terminal.name,
      from: person,
      to: "botline",
      text,
      media: [],
      receivedAt: Date.now(),
    });
    const said = { replies: textsOf(outcome), trace: trace.splice(0) };
    if (outcome.kind === "reply") return { ...said, raw: outcome.raw, oob: outcome.oob };
    const oob = outcome.kind === "silence" ? outcome.oob : undefined;
    return { ...said, raw: "", oob, reason: outcome.reason };
  }

  return { say, close: () => store.close() };
}

function traced(bot: Bot, trace: Trace): Bot {
  return {
    name: bot.name,
    reply: (turn, memory, signal) => bot.reply({ ...turn, trace }, memory, signal),
    check: (signal) => bot.check(signal),
  };
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

function openBot(settings: AppSettings, options: Omit<BotOptions, "argument" | "settings">) {
  return createBot(botOf(settings), { settings, timeoutMs: settings.BOT_TIMEOUT_MS, ...options });
}

function botOf(settings: AppSettings): string {
  return settings.BOT ?? usualBot(settings);
}

// The app of 2016 knew no BOT: whose key is set is the bot that is meant.
function usualBot(settings: Readonly<Record<string, unknown>>): string {
  const meant = botKinds.find((kind) =>
    Object.entries(kind.settings).some(([name, { secret }]) => secret && settings[name]),
  );
  return meant?.name ?? "aiml";
}

interface ConversationParts {
  readonly bot: Bot;
  readonly channel: Channel;
  readonly store: Store;
  readonly lanes: Lanes;
  readonly log: Log;
}

function openConversation(settings: AppSettings, parts: ConversationParts): Receive {
  const steps = createSteps({
    ...parts,
    fallbackReply: settings.FALLBACK_REPLY,
    botTimeoutMs: settings.BOT_TIMEOUT_MS,
  });
  return createReceive({ ...parts, steps, botName: parts.bot.name });
}

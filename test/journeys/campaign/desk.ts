import { Database } from "bun:sqlite";
import { createStandIn, type StandIn } from "../../../src/stand-in/stand-in.ts";
import { type CountingBot, startCountingBot } from "./bot.ts";
import { findUnfinished } from "./ledger.ts";
import { type MortalServer, startMortalServer } from "./mortal-server.ts";
import { accessSettings } from "./settings.ts";

/** One person, one number, one server, and a hand on everything in between. */
export interface Desk extends AsyncDisposable {
  readonly twilio: StandIn;
  readonly bot: CountingBot;
  readonly server: MortalServer;
  /** The person texts; the text's mark, which its reply has too. */
  text(): string;
  /** Resolves when no webhook is under way any more, whatever became of it. */
  webhooksAreOver(): Promise<void>;
  /** From now on the bot thinks until it is let go. */
  holdBot(): void;
  letGoBot(): void;
  /** From now on nobody can write to the database, until it is unlocked. */
  lock(): void;
  unlock(): void;
  /** Is called once, when the API has taken a text, before it says so. */
  beforeCreateIsAnswered(act: () => void): void;
  /** Resolves once the query finds a row. */
  finds(sql: string): Promise<void>;
  /** Resolves once nothing is left to be done, and nothing more comes. */
  settles(): Promise<void>;
  /** What the phone shows. */
  phone(): readonly string[];
  /** What the phone is to show: one reply to each text, in order. */
  expected(): readonly string[];
}

const PERSON = "+15550001111";
const SOMEBODY_ELSE = "+15550002222";
const NUMBER = "+15550009999";

/** Over the time in which the stand-in, whose 15 s are 600 ms here, reads an answer. */
const SETTLE_AFTER_MS = 800;
const ANSWER_WITHIN_MS = 250;

const TIMES = {
  GATHER_MS: "0",
  ANSWER_WITHIN_MS: String(ANSWER_WITHIN_MS),
  SETTLE_AFTER_MS: String(SETTLE_AFTER_MS),
  CATCH_UP_EVERY_S: "1",
};

interface DeskOptions {
  /** Added to the server's. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly hasFallback?: boolean;
  /** Somebody else has texted the number before: only then is Twilio asked what came to it. */
  readonly isKnown?: boolean;
}

/** Starts all of it. */
export async function startDesk({ settings, hasFallback, isKnown }: DeskOptions): Promise<Desk> {
  const gate = createGate();
  const bot = startCountingBot(() => gate.passes());
  const twilio = createStandIn({ numbers: [{ number: NUMBER }], pace: 0.02, limitPace: 0.04 });
  const api = serveApi(twilio);
  const access = accessSettings({ bot, twilio, apiUrl: api.url });
  const server = startMortalServer({ ...access, ...TIMES, ...settings });
  const url = `${server.url}/sms`;
  twilio.configure(NUMBER, { url, fallbackUrl: hasFallback ? url : undefined });
  await server.isUp();
  if (isKnown) await twilio.text(SOMEBODY_ELSE, "#2.1 hello").finished;
  const earlier = twilio.sessions.length;
  const locks = createLocks(server.database);
  const sent: string[] = [];
  return {
    twilio,
    bot,
    server,
    text() {
      const mark = `#1.${sent.length + 1}`;
      sent.push(`${mark} hello`);
      twilio.text(PERSON, `${mark} hello`);
      return mark;
    },
    webhooksAreOver: () =>
      until(() => twilio.sessions.length === earlier + sent.length, "the webhooks are over"),
    holdBot: gate.close,
    letGoBot: gate.open,
    lock: locks.lock,
    unlock: locks.unlock,
    beforeCreateIsAnswered: api.before,
    finds: (sql) => until(() => isFound(server.database, sql), sql),
    settles: () => settles({ twilio, server, texts: earlier + sent.length }),
    phone: () => twilio.inbox(PERSON).map(({ text }) => text),
    expected: () => sent.map((body) => `re: ${body}`),
    async [Symbol.asyncDispose]() {
      gate.open();
      locks.unlock();
      await server[Symbol.asyncDispose]();
      await twilio[Symbol.asyncDispose]();
      await Promise.all([bot[Symbol.asyncDispose](), api.stop()]);
    },
  };
}

function createGate() {
  let gate = Promise.withResolvers<void>();
  gate.resolve();
  return {
    passes: () => gate.promise,
    open: () => gate.resolve(),
    close() {
      gate = Promise.withResolvers();
    },
  };
}

function serveApi(twilio: StandIn) {
  let act = () => {};
  const once = () => {
    const wanted = act;
    act = () => {};
    wanted();
  };
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    development: false,
    // Where an answer is broken off on purpose, nothing is to be said about it.
    error: () => new Response(null, { status: 500 }),
    async fetch(request) {
      const response = await twilio.fetch(request);
      if (request.method === "POST") once();
      return response;
    },
  });
  return {
    url: server.url.origin,
    before(wanted: () => void) {
      act = wanted;
    },
    stop: () => server.stop(true),
  };
}

function createLocks(path: string) {
  let database: Database | undefined;
  return {
    lock() {
      if (database) return;
      database = new Database(path, { readwrite: true });
      database.run("PRAGMA busy_timeout = 2000");
      database.run("BEGIN IMMEDIATE");
    },
    unlock() {
      database?.close();
      database = undefined;
    },
  };
}

function isFound(path: string, sql: string): boolean {
  using database = new Database(path, { readonly: true });
  // A server that was killed has left a log, which the one that starts is taking over.
  database.run("PRAGMA busy_timeout = 2000");
  return database.query(sql).get() !== null;
}

const UNTIL_MS = 15_000;

/** Resolves once it is so. */
export async function until(isSo: () => boolean, words: string): Promise<void> {
  for (const giveUpAt = Date.now() + UNTIL_MS; Date.now() < giveUpAt; await Bun.sleep(2))
    if (isSo()) return;
  throw new Error(`Waited in vain until ${words}`);
}

interface Settling {
  readonly twilio: StandIn;
  readonly server: MortalServer;
  readonly texts: number;
}

async function settles({ twilio, server, texts }: Settling): Promise<void> {
  const isDone = () => findUnfinished(server.database, texts) === undefined;
  await until(isDone, "all is settled");
  await twilio.idle();
  // What is sent a second time would be sent by then.
  await Bun.sleep(SETTLE_AFTER_MS);
  await until(isDone, "all is still settled");
}

import {
  type Account,
  type Alert,
  createAccount,
  type Fate,
  type ReceivedText,
  type Session,
  type StandInOptions,
  type Webhook,
} from "./account.ts";
import { answerApi } from "./api.ts";
import type { Faults } from "./faults.ts";
import { type IncomingText, isSwallowed, receive } from "./inbound.ts";
import type { Message } from "./messages.ts";
import { heedOptOut } from "./opt-out.ts";
import { runSession } from "./session.ts";

interface TextOptions {
  /** The first number of the account when left out. */
  readonly to?: string;
  readonly media?: IncomingText["media"];
}

/** A text on its way from a person. */
interface TextSent {
  readonly sid: string;
  /** Settles when its webhook was called for the last time and its TwiML was followed. */
  readonly finished: Promise<Session>;
}

/**
 * A Twilio of one's own: people text its numbers and get texts, servers are called by its webhooks and
 * call its API. It behaves as Twilio documents it, faults included, and remembers all in memory.
 *
 * @example
 * await using twilio = createStandIn({ numbers: [{ number: "+15550009999", webhook: { url } }] });
 * const { finished } = twilio.text("+15550001111", "hello");
 * await finished;
 * await twilio.idle();
 * twilio.inbox("+15550001111"); // [{ text: "Hi there!", by: "twiml", … }]
 */
export interface StandIn extends AsyncDisposable {
  readonly accountSid: string;
  readonly authToken: string;
  /** What goes wrong, on demand or by chance. */
  readonly faults: Faults;
  /** How every text's webhook went, in the order in which they ended. */
  readonly sessions: readonly Session[];
  /** What the account's debugger shows. */
  readonly alerts: readonly Alert[];
  /** A person texts a number of the account. */
  text(from: string, body: string, options?: TextOptions): TextSent;
  /** What a person's phone shows, in order. */
  inbox(person: string): readonly ReceivedText[];
  /** All messages, in and out, newest first, as they stand now. */
  messages(): readonly Readonly<Message>[];
  /** From now on texts to this number, or to the numbers of this service, are told to this webhook. */
  configure(numberOrService: string, webhook: Webhook): void;
  /** From now on messages to this person end like this. */
  decide(person: string, fate: Fate): void;
  /** One request to the API. */
  fetch(request: Request): Promise<Response>;
  /** Serves the API on the loopback: give the URL to the SDK as `client.api.baseUrl`. */
  listen(port?: number): string;
  /** Resolves when no webhook, message or callback is under way any more. */
  idle(): Promise<void>;
}

/** A stand-in with one account and its numbers; it ends with `await using`. */
export function createStandIn(options: StandInOptions): StandIn {
  const account = createAccount(options);
  const servers: Bun.Server<undefined>[] = [];
  const fetch = (request: Request) => answerApi(account, request);
  return {
    accountSid: account.sid,
    authToken: account.authToken,
    faults: account.faults,
    sessions: account.sessions,
    alerts: account.alerts,
    text: (from, body, { to = firstNumber(account), media = [] } = {}) =>
      takeText(account, { from, to, body, media }),
    inbox: (person) => account.inboxes.get(person) ?? [],
    messages: () => account.messages.newestFirst(),
    configure: (numberOrService, webhook) => configure(account, numberOrService, webhook),
    decide: (person, fate) => void account.fates.set(person, fate),
    fetch,
    listen(port = 0) {
      const server = serve(port, fetch);
      servers.push(server);
      return server.url.origin;
    },
    idle: () => account.work.idle(),
    async [Symbol.asyncDispose]() {
      await account.work.close();
      await Promise.all(servers.map((server) => server.stop(true)));
    },
  };
}

function takeText(account: Account, text: IncomingText): TextSent {
  const optOutType = heedOptOut(account, text);
  const message = receive(account, text);
  if (isSwallowed(account, text.to)) account.messages.remove(message.sid);
  const finished = runSession(account, message, optOutType).then((session) => {
    account.sessions.push(session);
    return session;
  });
  void account.work.run(() => finished);
  return { sid: message.sid, finished };
}

function firstNumber({ numbers }: Account): string {
  const [first] = numbers.keys();
  if (first === undefined) throw new RangeError("Cannot text: expected a number, found none");
  return first;
}

function configure({ numbers, services }: Account, key: string, webhook: Webhook): void {
  const service = services.get(key);
  if (service) services.set(key, { ...service, webhook });
  else numbers.set(key, { ...numbers.get(key), number: key, webhook });
}

function serve(port: number, fetch: (request: Request) => Promise<Response>) {
  return Bun.serve({
    port,
    hostname: "127.0.0.1",
    // A hung answer hangs for as long as its client waits.
    idleTimeout: 0,
    development: false,
    fetch,
    // Where an answer is broken off on purpose, nothing is to be said about it.
    error: () => new Response(null, { status: 500 }),
  });
}

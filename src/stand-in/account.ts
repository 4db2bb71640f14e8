import { randomBytes } from "node:crypto";
import type { Attempt } from "./call-out.ts";
import { type Chance, createChance, createSids } from "./chance.ts";
import { createFaults, type Faults } from "./faults.ts";
import { MessageList, type Status } from "./messages.ts";
import type { Line } from "./signed-request.ts";
import { Work } from "./work.ts";

/** Whom Twilio tells of an inbound text; without `url`, nobody. `#rc=…` in a URL counts. */
export interface Webhook {
  readonly url?: string | undefined;
  readonly method?: "GET" | "POST";
  readonly fallbackUrl?: string | undefined;
  readonly fallbackMethod?: "GET" | "POST";
}

/** A number of the account. */
export interface PhoneNumber {
  readonly number: string;
  /** Who answers STOP depends on it; `long` when left out. */
  readonly kind?: "long" | "toll-free" | "short";
  readonly webhook?: Webhook;
}

/** A Messaging Service: its webhook decides for its numbers, unless it says otherwise. */
export interface Service {
  readonly sid: string;
  readonly numbers: readonly string[];
  /** Without a URL, texts to its numbers are neither logged nor received. */
  readonly webhook?: Webhook;
  /** UseInboundWebhookOnNumber: the numbers' own webhooks decide. */
  readonly usesNumbersWebhook?: boolean;
  readonly statusCallback?: string;
  readonly hasAdvancedOptOut?: boolean;
}

export interface StandInOptions {
  readonly accountSid?: string;
  readonly authToken?: string;
  /** Secrets of API keys by their sid. */
  readonly apiKeys?: Readonly<Record<string, string>>;
  readonly numbers: readonly PhoneNumber[];
  readonly services?: readonly Service[];
  /** The same seed gives the same sids, and the same faults where as much happens in the same order. */
  readonly seed?: string;
  /** What Twilio's own waits are multiplied by: with 0.01 a message is delivered in 9 ms. */
  readonly pace?: number;
  /** What its limits on a call are multiplied by: with 0.01 its 15 s are 150 ms; as `pace` when left out. */
  readonly limitPace?: number;
  readonly now?: () => number;
  /** Where a URL of the public internet is found on this machine. */
  readonly route?: (url: string) => string;
  /** Beginnings of the numbers that may be texted; all when left out. */
  readonly permittedPrefixes?: readonly string[];
  /** False where Twilio's support has lifted the limit of 30 quick replies between two numbers. */
  readonly hasLoopProtection?: boolean;
}

/** One text as a person's phone shows it. */
export interface ReceivedText {
  readonly sid: string;
  readonly from: string;
  readonly text: string;
  readonly media: readonly string[];
  /** How it came: as TwiML, by the API, or from Twilio itself (STOP, START, HELP). */
  readonly by: "twiml" | "rest" | "twilio";
  readonly at: number;
}

/** How messages to a number end. */
export interface Fate {
  readonly status: Extract<Status, "delivered" | "undelivered" | "failed">;
  readonly errorCode?: number;
}

/** How one inbound text's webhook went. */
export interface Session {
  readonly sid: string;
  readonly attempts: readonly Attempt[];
  /** `unheard`: there was nobody to call. */
  readonly outcome: "answered" | "failed" | "unheard";
  readonly errorCode: number | undefined;
  /** The messages that its TwiML became. */
  readonly replies: readonly string[];
}

/** One line of Twilio's debugger. */
export interface Alert {
  readonly errorCode: number;
  /** The message it is about. */
  readonly sid: string;
  readonly url: string;
  readonly at: number;
}

/** All that Twilio knows of one account. */
export interface Account extends Line {
  readonly sid: string;
  readonly apiKeys: Readonly<Record<string, string>>;
  readonly numbers: Map<string, PhoneNumber>;
  readonly services: Map<string, Service>;
  readonly permittedPrefixes: readonly string[];
  readonly hasLoopProtection: boolean;
  readonly messages: MessageList;
  /** Who does not want texts of whom: `sender person`. */
  readonly blocked: Set<string>;
  readonly fates: Map<string, Fate>;
  readonly inboxes: Map<string, ReceivedText[]>;
  /** When the last replies between two numbers were made. */
  readonly replyTimes: Map<string, readonly number[]>;
  readonly sessions: Session[];
  readonly alerts: Alert[];
  readonly faults: Faults;
  readonly chance: Chance;
  readonly newSid: (prefix: string) => string;
}

const ACCOUNT_SID = `AC${"0".repeat(32)}`;

export function createAccount(options: StandInOptions): Account {
  const seed = options.seed ?? randomBytes(8).toString("hex");
  const chance = createChance(seed);
  return {
    sid: options.accountSid ?? ACCOUNT_SID,
    authToken: options.authToken ?? createSids(`token ${seed}`)(""),
    apiKeys: options.apiKeys ?? {},
    numbers: new Map(options.numbers.map((entry) => [entry.number, entry])),
    services: new Map((options.services ?? []).map((entry) => [entry.sid, entry])),
    permittedPrefixes: options.permittedPrefixes ?? [""],
    hasLoopProtection: options.hasLoopProtection ?? true,
    messages: new MessageList(),
    blocked: new Set(),
    fates: new Map(),
    inboxes: new Map(),
    replyTimes: new Map(),
    sessions: [],
    alerts: [],
    faults: createFaults(chance),
    chance,
    newSid: createSids(seed),
    work: new Work(options.pace ?? 1),
    limitPace: options.limitPace ?? options.pace ?? 1,
    now: options.now ?? Date.now,
    route: options.route ?? ((url) => url),
  };
}

/** The Messaging Service a number sits in, if any. */
export function serviceOf(account: Account, number: string): Service | undefined {
  return [...account.services.values()].find(({ numbers }) => numbers.includes(number));
}

/** Lets a text appear on a person's phone. */
export function showOnPhone(account: Account, person: string, text: ReceivedText): void {
  const inbox = account.inboxes.get(person) ?? [];
  account.inboxes.set(person, inbox);
  inbox.push(text);
}

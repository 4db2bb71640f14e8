import { type Log, maskAddress } from "../log.ts";
import {
  type Address,
  type ConsentChange,
  type InboundMessage,
  type Keyword,
  type Outcome,
  SAME_TIME_MS,
  type Turn,
} from "../message.ts";
import type { ConsentEntry, ConsentLedger } from "../store/store.ts";
import { type Consent, readKeyword } from "./consent-rules.ts";
import { kindOfNumber } from "./number-kind.ts";
import type { Step } from "./turn.ts";

export interface ConsentParts {
  readonly store: Pick<ConsentLedger, "isOptedOut" | "latestConsent" | "recordConsent">;
  readonly now: () => number;
  /** What HELP is answered with where nobody else does. */
  readonly helpReply: string;
  readonly log: Log;
  /** Whether a text answers a question of our own, whatever the provider took it for. */
  readonly isAnswer: (message: InboundMessage) => Promise<boolean>;
}

/** Heeds who wants messages and who does not. */
export interface ConsentKeeper {
  /**
   * Settles a text that is STOP, START, HELP or their kin, and whatever comes of somebody who opted out; undefined
   * for talk. What it means for the ledger is part of the outcome: after a crash, the text is read as if for the first time.
   */
  heedKeyword(turn: Turn): Promise<Outcome | undefined>;
  /** Whether a text is talk of somebody who opted out since: its answer is not given again. */
  isUnwelcome(message: InboundMessage): Promise<boolean>;
  /** Records that the provider lets nothing through to the person; `source` says how we know: "error 21610". */
  recordOptOut(person: Address, number: Address, source: string): Promise<void>;
}

/** Reads keywords by the ledger and the rules of the number that was texted. */
export function createConsent(parts: ConsentParts): ConsentKeeper {
  return {
    heedKeyword: ({ message }) => heed(parts, message),
    isUnwelcome: (message) => isUnwelcome(parts, message),
    recordOptOut: (...refused) => recordOptOut(parts, ...refused),
  };
}

/** Keywords without anybody's number: they are settled as ever, and nobody opts out for good. */
export function withoutLedger({ heedKeyword }: Pick<ConsentKeeper, "heedKeyword">): Step {
  return async function heedWithoutLedger(turn) {
    const outcome = await heedKeyword(turn);
    if (!outcome || outcome.kind === "fallback") return outcome;
    const { consent, ...rest } = outcome;
    return rest;
  };
}

async function heed(parts: ConsentParts, message: InboundMessage): Promise<Outcome | undefined> {
  const { text, handledAs, from, to } = message;
  const latest = await parts.store.latestConsent(from, to);
  const isOptedOut = latest?.records === "opted out";
  const consent = readKeyword({ text, handledAs, to: kindOfNumber(to), isOptedOut });
  if (consent.answeredBy === "bot") return undefined;
  // Advanced Opt-Out takes every YES for START, also the one that we asked for.
  if (handledAs === "start" && !isOptedOut && (await parts.isAnswer(message))) return undefined;
  const answer = isOvertaken(message, { consent, latest, now: parts.now() })
    ? OVERTAKEN
    : answerTo(consent, parts.helpReply);
  return { ...answer, ...changeBy(consent, message) };
}

const OVERTAKEN: Outcome = { kind: "silence", reason: "a later text was heeded before" };

interface Told {
  readonly consent: Consent;
  readonly latest: Pick<ConsentEntry, "at"> | undefined;
  readonly now: number;
}

/** Brought late, it changes nothing; what is said of the future a clock said that was ahead. */
function isOvertaken({ receivedAt }: InboundMessage, { consent, latest, now }: Told): boolean {
  if (consent.records === "nothing" || latest === undefined) return false;
  return receivedAt < latest.at - SAME_TIME_MS && latest.at <= now;
}

function answerTo({ meaning, answeredBy }: Consent, helpReply: string): Outcome {
  if (meaning === "talk") return { kind: "silence", reason: "the person opted out" };
  if (answeredBy === "us") {
    const words = { ...OUR_WORDS, help: helpReply }[meaning];
    return { kind: "reply", texts: [words], isAside: true, raw: words, remember: new Map() };
  }
  const who = answeredBy === "carrier" ? "the carrier" : "nobody";
  return { kind: "silence", reason: `${who} answers ${meaning.toUpperCase()}` };
}

const OUR_WORDS: Readonly<Record<Exclude<Keyword, "help">, string>> = {
  stop: "You will get no more messages from us. Text START to change your mind.",
  start: "You will get our messages. Text STOP to end them, HELP for help.",
};

function changeBy(
  { records }: Consent,
  { handledAs }: InboundMessage,
): { readonly consent?: ConsentChange } {
  if (records === "nothing") return {};
  return { consent: { records, source: handledAs === undefined ? "text" : "provider" } };
}

async function isUnwelcome(
  { store }: ConsentParts,
  { text, handledAs, from, to }: InboundMessage,
): Promise<boolean> {
  const said = readKeyword({ text, handledAs, to: kindOfNumber(to) });
  return said.answeredBy === "bot" && (await store.isOptedOut(from, to));
}

async function recordOptOut(
  { store, now, log }: ConsentParts,
  ...[person, number, source]: Parameters<ConsentKeeper["recordOptOut"]>
): Promise<void> {
  if (await store.isOptedOut(person, number)) return;
  await store.recordConsent({ person, number, records: "opted out", source, at: now() });
  log.info("consent.opted_out", { from: maskAddress(person), to: maskAddress(number), source });
}

import type { Action, OutboundText, Verdict } from "../delivery.ts";
import { maskAddress } from "../log.ts";
import { backoffMs } from "./backoff.ts";
import type { OutboxParts, OutboxRun } from "./outbox-run.ts";

/** When a message that Twilio has, and that never ended, is asked after. */
export const ASK_AFTER_MS = 12 * 60 * 60 * 1000;

const SOON = { firstMs: 1000, mostMs: 60_000 };
const LATER = { firstMs: 60_000, mostMs: 10 * 60_000 };

/** Sends a text that is owed, if it is still wanted; resolves with whether the provider took it. */
export async function sendOwed(run: OutboxRun, text: OutboundText): Promise<boolean> {
  const { store, sender, maySend, now } = run;
  const unwanted = await whyUnwanted(run, text);
  if (unwanted) return drop(run, text, unwanted);
  // The way was taken away since: it is given with the person's next text.
  if (!sender || !maySend) return change(run, text, { state: "kept", dueAt: null });
  const attemptedAt = now();
  const isOurs = await store.changeText(
    text.id,
    { state: "sending", attemptedAt, dueAt: attemptedAt + run.settleAfterMs / 4 },
    ["owed"],
  );
  if (!isOurs) return false;
  const validForMs = text.createdAt + run.staleAfterMs - attemptedAt;
  const sending = await sender.send({ ...text, validForMs }, run.signal);
  if (sending.kind === "refused") {
    await heed(run, { ...text, attempts: text.attempts + 1 }, sending.verdict);
    return HAS_ANSWERED.has(sending.verdict.action);
  }
  const { sid, status } = sending;
  const report = { sid, status };
  await store.changeText(
    text.id,
    { state: "sent", report, dueAt: now() + ASK_AFTER_MS },
    ON_ITS_WAY,
  );
  run.log.info("text.sent", { text: text.id, to: maskAddress(text.to), sid });
  return true;
}

/** A refusal of this text: the way to the provider is open, and the account in order. */
const HAS_ANSWERED: ReadonlySet<Action> = new Set<Action>(["final", "opt-out", "retry-later"]);

/** A callback may have told of it first; and STOP came too late for what was on its way. */
const ON_ITS_WAY = ["sending", "sent", "dropped"] as const;

async function whyUnwanted(
  { store, staleAfterMs, now }: OutboxRun,
  { from, to, createdAt, isKeyword }: OutboundText,
): Promise<string | undefined> {
  if (now() - createdAt > staleAfterMs) return "it could not be sent while it was fresh";
  // STOP itself may be answered.
  if (isKeyword) return undefined;
  const consent = await store.latestConsent(to, from);
  return consent?.records === "opted out" ? "the person opted out" : undefined;
}

async function drop(run: OutboxRun, text: OutboundText, words: string): Promise<false> {
  run.log.warn("text.dropped", { text: text.id, to: maskAddress(text.to), cause: words });
  return change(run, text, { state: "dropped", dueAt: null, failure: { words } });
}

async function change(
  { store }: OutboxRun,
  { id }: OutboundText,
  what: Parameters<OutboxRun["store"]["changeText"]>[1],
): Promise<false> {
  await store.changeText(id, what, ["owed"]);
  return false;
}

type Consequence = (run: OutboxRun, text: OutboundText, verdict: Verdict) => Promise<unknown>;

/** What follows from each kind of refusal. */
const CONSEQUENCES: Readonly<Record<Action, Consequence>> = {
  final: fail,
  retry: (run, text, verdict) => tryAgain(run, text, { verdict, pace: SOON }),
  "retry-later": (run, text, verdict) => tryAgain(run, text, { verdict, pace: LATER }),
  async pause(run, text, verdict) {
    run.pause(verdict);
    await run.store.changeText(text.id, { state: "owed", dueAt: run.now() }, ["sending"]);
  },
  async "opt-out"(run, text, verdict) {
    await fail(run, text, verdict);
    await heedOptOut(run, text, verdict);
  },
  async "unknown-outcome"({ store, now, settleAfterMs }, { id }) {
    const dueAt = now() + settleAfterMs / 4;
    await store.changeText(id, { state: "uncertain", dueAt }, ["sending"]);
  },
};

async function heed(run: OutboxRun, text: OutboundText, verdict: Verdict): Promise<void> {
  run.log.warn("text.refused", {
    text: text.id,
    to: maskAddress(text.to),
    cause: verdict.words,
    code: verdict.code,
    action: verdict.action,
  });
  await CONSEQUENCES[verdict.action](run, text, verdict);
}

async function fail({ store }: OutboxRun, { id }: OutboundText, failure: Verdict): Promise<void> {
  await store.changeText(id, { state: "failed", dueAt: null, failure }, ["sending"]);
}

async function tryAgain(
  run: OutboxRun,
  text: OutboundText,
  { verdict, pace }: { verdict: Verdict; pace: typeof SOON },
): Promise<void> {
  if (verdict.tries !== undefined && text.attempts > verdict.tries) return fail(run, text, verdict);
  const wait = Math.max(
    Math.min(verdict.retryAfterMs ?? 0, LATER.mostMs),
    backoffMs(text.attempts, pace, run.random ?? Math.random),
  );
  await run.store.changeText(text.id, { state: "owed", dueAt: run.now() + wait }, ["sending"]);
}

/** The provider lets nothing through: that is for the ledger, unless the person texted START since. */
export async function heedOptOut(
  { store, recordOptOut }: OutboxParts,
  { from, to, attemptedAt }: OutboundText,
  { code }: Verdict,
): Promise<void> {
  const consent = await store.latestConsent(to, from);
  if (consent?.records === "opted in" && consent.at >= attemptedAt) return;
  await recordOptOut(to, from, `error ${code}`);
}

/** When a text that failed on its way to the phone is tried once more; undefined: it is not. */
export function secondChanceAt(
  { now, staleAfterMs, random, maySend }: OutboxParts,
  { attempts, createdAt }: OutboundText,
  { action, tries = Number.POSITIVE_INFINITY }: Verdict,
): number | undefined {
  const isWorthIt = action === "retry" || action === "retry-later";
  if (!maySend || !isWorthIt || attempts > tries) return undefined;
  const at = now() + backoffMs(attempts, LATER, random);
  return at - createdAt < staleAfterMs ? at : undefined;
}

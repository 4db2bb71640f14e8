import type { ListedText, OutboundText } from "../delivery.ts";
import { SendError } from "../errors.ts";
import { maskAddress } from "../log.ts";
import { backoffMs } from "./backoff.ts";
import type { OutboxRun } from "./outbox.ts";
import { ASK_AFTER_MS } from "./send-owed.ts";

/** The provider's clock tells whole seconds, and may go a little otherwise than ours. */
const CLOCK_SLACK_MS = 10_000;

/** After so long the provider will not learn any more what became of a message. */
const ASK_FOR_MS = 3 * 24 * 60 * 60 * 1000;

/**
 * Finds out what became of a text that nobody told us of: one that went back in an answer, one whose sending
 * broke off, one that is on its way for long. What the provider does not have is owed (again).
 */
export async function settle(run: OutboxRun, text: OutboundText): Promise<false> {
  try {
    if (text.state === "sent") await ask(run, text);
    else if (run.sender) await lookFor(run, text);
    else await presume(run, text);
  } catch (error) {
    if (!(error instanceof SendError)) throw error;
    await putOff(run, text, error);
  }
  return false;
}

async function lookFor(run: OutboxRun, text: OutboundText): Promise<void> {
  const { sender, store, signal, now, awaited } = run;
  const before = { at: now(), timesGiven: awaited.timesGiven(text.id) };
  const since = text.attemptedAt - CLOCK_SLACK_MS;
  const listed = (await sender?.listSent({ from: text.from, to: text.to, since }, signal)) ?? [];
  const known = await store.knownSids(text.to, since);
  // Of two that read alike the older one is the one that was missed first.
  const found = listed.findLast((other) => !known.has(other.sid) && isSame(other, text));
  if (found) await run.hearOf(text.id, found);
  else if (before.at - text.attemptedAt < run.settleAfterMs) await lookAgain(run, text);
  // A repeat of the webhook got it meanwhile.
  else if (awaited.timesGiven(text.id) !== before.timesGiven) await lookAgain(run, text);
  else await owe(run, text);
}

/** Twilio may put words of its own in front (a trial account's) and characters of its own in place of ours. */
function isSame(listed: ListedText, { text }: OutboundText): boolean {
  return toLetters(listed.text).endsWith(toLetters(text));
}

function toLetters(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, "") || text;
}

async function lookAgain({ store, settleAfterMs, now }: OutboxRun, text: OutboundText) {
  await store.changeText(text.id, { dueAt: now() + settleAfterMs / 4 }, [text.state]);
}

async function owe(run: OutboxRun, text: OutboundText): Promise<void> {
  run.log.warn("text.not_found", { text: text.id, to: maskAddress(text.to), was: text.state });
  await run.store.changeText(text.id, { state: "owed", dueAt: run.now() }, [text.state]);
  // Not before: what is neither awaited nor owed would be overtaken.
  run.awaited.release(text.id);
}

/** Without a way to ask: where callbacks reach us, the one that did not come says that the answer was lost. */
async function presume({ store, awaited, log }: OutboxRun, text: OutboundText): Promise<void> {
  awaited.release(text.id);
  if (!awaited.areHeard()) {
    await store.changeText(text.id, { dueAt: null }, [text.state]);
    return;
  }
  log.warn("reply.kept", { text: text.id, cause: "nothing was heard of the webhook's answer" });
  await store.changeText(text.id, { state: "kept", dueAt: null }, [text.state]);
}

async function ask(run: OutboxRun, text: OutboundText): Promise<void> {
  const { sender, store, signal, now, hearOf } = run;
  if (sender && text.sid) await hearOf(text.id, await sender.fetchReport(text.sid, signal));
  const isOver = !sender || now() - text.createdAt > ASK_FOR_MS;
  if (isOver) await store.changeText(text.id, { dueAt: null }, ["sent"]);
}

async function putOff(run: OutboxRun, text: OutboundText, { verdict }: SendError): Promise<void> {
  const { store, now, random, settleAfterMs } = run;
  if (verdict.action === "pause") run.pause(verdict);
  const pace = {
    firstMs: settleAfterMs / 4,
    mostMs: text.state === "sent" ? ASK_AFTER_MS : 60_000,
  };
  const wait = Math.max(verdict.retryAfterMs ?? 0, backoffMs(1, pace, random));
  await store.changeText(text.id, { dueAt: now() + wait }, [text.state]);
}

import type { ListedText, OutboundText } from "../delivery.ts";
import { SendError } from "../errors.ts";
import { maskAddress } from "../log.ts";
import type { OutboxRun } from "./outbox-run.ts";

/** The provider's clock tells whole seconds, and may go a little otherwise than ours. */
const CLOCK_SLACK_MS = 10_000;

/** What was sent so long before is surely known under its own identifier by now, if it ever will be. */
const KNOWN_SINCE_MS = 24 * 60 * 60 * 1000;

/** After so long the provider will not learn any more what became of a message. */
const ASK_FOR_MS = 3 * 24 * 60 * 60 * 1000;

const LONGEST_PAUSE_MS = 10 * 60 * 1000;

/**
 * Finds out what became of a text that nobody told us of: one that went back in an answer, one whose sending
 * broke off, one that is on its way for long. What the provider does not have is owed (again). Resolves with
 * whether the provider answered.
 */
export async function settle(run: OutboxRun, text: OutboundText): Promise<boolean> {
  try {
    if (!run.sender) await presume(run, text);
    else if (text.state === "sent") await ask(run, text);
    else await lookFor(run, text);
    return run.sender !== undefined;
  } catch (error) {
    if (!(error instanceof SendError)) throw error;
    await putOff(run, text, error);
    return false;
  }
}

async function lookFor(run: OutboxRun, text: OutboundText): Promise<void> {
  const { sender, store, signal, now, awaited } = run;
  // The provider named it already: there is nothing to look for.
  if (text.sid) return void (await store.changeText(text.id, { state: "sent" }, [text.state]));
  const before = { at: now(), timesGiven: awaited.timesGiven(text.id) };
  const since = text.attemptedAt - CLOCK_SLACK_MS;
  const listed = (await sender?.listSent({ from: text.from, to: text.to, since }, signal)) ?? [];
  const known = await store.knownSids(text.to, text.attemptedAt - KNOWN_SINCE_MS);
  // Of two that read alike the older one is the one that was missed first.
  const found = listed.findLast((other) => !known.has(other.sid) && isSame(other, text));
  const ageMs = before.at - text.attemptedAt;
  if (found) await run.learn(text.id, found);
  // Younger than nothing is what a clock wrote that was set back since.
  else if (ageMs >= 0 && ageMs < run.settleAfterMs) await lookAgain(run, text);
  // A repeat of the webhook got it meanwhile.
  else if (awaited.timesGiven(text.id) !== before.timesGiven) await lookAgain(run, text);
  else await owe(run, text);
}

/** Twilio may have put characters of its own in place of ours, and a trial account's words in front. */
function isSame(listed: ListedText, { text }: OutboundText): boolean {
  const ours = toLetters(text);
  return [ours, TRIAL_WORDS + ours].includes(toLetters(listed.text));
}

const TRIAL_WORDS = toLetters("Sent from your Twilio trial account - ");

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

/**
 * Without a way to ask. Where callbacks reach us, the one that did not come says that an answer was lost; not so where
 * we were away when it would have come. A sending that broke off stays in the dark, and is not repeated.
 */
async function presume(run: OutboxRun, text: OutboundText): Promise<void> {
  const { store, awaited, log, startedAt } = run;
  awaited.release(text.id);
  const isLost = text.state === "answered" && awaited.areHeard() && text.attemptedAt >= startedAt;
  if (isLost) {
    log.warn("reply.kept", { text: text.id, cause: "nothing was heard of the webhook's answer" });
    await store.changeText(text.id, { state: "kept", dueAt: null }, [text.state]);
  } else if (text.state === "answered" || text.state === "sent") {
    await store.changeText(text.id, { dueAt: null }, [text.state]);
  } else {
    const failure = { words: "nobody knows whether it was sent, and Twilio cannot be asked" };
    await store.changeText(text.id, { state: "failed", dueAt: null, failure }, [text.state]);
  }
}

async function ask(run: OutboxRun, text: OutboundText): Promise<void> {
  const { sender, store, signal, now, learn } = run;
  const isOver = now() - text.createdAt > ASK_FOR_MS;
  if (!isOver && sender && text.sid) {
    await learn(text.id, await sender.fetchReport(text.sid, signal));
  } else {
    await store.changeText(text.id, { dueAt: null }, ["sent"]);
  }
}

/** The longer it is in the dark, the less often it is asked for. */
async function putOff(run: OutboxRun, text: OutboundText, { verdict }: SendError): Promise<void> {
  const { store, now, random = Math.random, settleAfterMs } = run;
  if (verdict.action === "pause") run.pause(verdict);
  const ageMs = Math.max(0, now() - text.attemptedAt);
  const longestMs = text.state === "sent" ? ASK_FOR_MS / 6 : LONGEST_PAUSE_MS;
  const pauseMs = Math.min(Math.max(ageMs / 2, settleAfterMs / 4), longestMs);
  const waitMs = Math.max(Math.min(verdict.retryAfterMs ?? 0, LONGEST_PAUSE_MS), pauseMs);
  const isGone = verdict.action === "final" && text.state === "sent";
  const dueAt = isGone ? null : now() + waitMs * (0.5 + random() / 2);
  await store.changeText(text.id, { dueAt }, [text.state]);
}

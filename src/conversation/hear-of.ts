import type { HearOf } from "../channels/channel.ts";
import { type DeliveryReport, isFinal, laterOf, type OutboundText } from "../delivery.ts";
import { maskAddress } from "../log.ts";
import type { OutboxRun } from "./outbox-run.ts";
import { ASK_AFTER_MS, heedOptOut, secondChanceAt } from "./send-owed.ts";

/** The name of the time at which a callback came last. */
export const HEARD_MARK = "heard";

const MARK_EVERY_MS = 60 * 60 * 1000;

/** Takes callbacks: doubled, out of order, before the sending of what they tell of has returned. */
export function createHearOf({ awaited, store, learn, now }: OutboxRun): HearOf {
  let markedAt = Number.NEGATIVE_INFINITY;

  return async function hearOf(id, report) {
    awaited.noteHeard();
    if (now() - markedAt > MARK_EVERY_MS) {
      markedAt = now();
      await store.setMark(HEARD_MARK, markedAt);
    }
    await learn(id, report);
  };
}

/** Takes in what is told of our texts, by a callback or when the provider was asked. */
export function createLearn(run: Omit<OutboxRun, "learn">): HearOf {
  return async function learn(id, report) {
    const text = await run.store.findText(id);
    if (text) await take(run, text, report);
    run.awaited.release(id);
    run.wake();
  };
}

async function take(
  run: Omit<OutboxRun, "learn">,
  text: OutboundText,
  { verdict, ...report }: DeliveryReport,
): Promise<void> {
  const { store, now, log } = run;
  const status = laterOf(text.status, report.status);
  const isTaken = await store.changeText(text.id, {
    report,
    dueAt: isFinal(status) ? null : now() + ASK_AFTER_MS,
    ...(verdict && { failure: verdict }),
  });
  const hasFailed = isTaken && verdict && status === report.status && status !== text.status;
  if (!hasFailed) return;
  const { words: cause, code, action } = verdict;
  log.warn("text.not_delivered", { text: text.id, to: maskAddress(text.to), cause, code, action });
  if (action === "pause") run.pause(verdict);
  if (action === "opt-out") await heedOptOut(run, text, verdict);
  const dueAt = secondChanceAt(run, text, verdict);
  if (dueAt !== undefined) await store.oweAgain(text.id, dueAt);
}

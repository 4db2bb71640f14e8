import type { HearOf } from "../channels/channel.ts";
import { type DeliveryReport, isFinal, laterOf, type OutboundText } from "../delivery.ts";
import { maskAddress } from "../log.ts";
import type { OutboxRun } from "./outbox.ts";
import { ASK_AFTER_MS, heedOptOut, secondChanceAt } from "./send-owed.ts";

/** The name of the time at which a callback came last. */
export const HEARD_MARK = "heard";

const MARK_EVERY_MS = 60 * 60 * 1000;

/** Takes in what the provider tells of our texts: doubled, out of order, before the sending of it has returned. */
export function createHearOf(run: Omit<OutboxRun, "hearOf">): HearOf {
  let markedAt = Number.NEGATIVE_INFINITY;

  return async function hearOf(id, report) {
    run.awaited.noteHeard();
    if (run.now() - markedAt > MARK_EVERY_MS) {
      markedAt = run.now();
      await run.store.setMark(HEARD_MARK, markedAt);
    }
    const text = await run.store.findText(id);
    if (text) await take(run, text, report);
    run.awaited.release(id);
    run.wake();
  };
}

async function take(
  run: Omit<OutboxRun, "hearOf">,
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

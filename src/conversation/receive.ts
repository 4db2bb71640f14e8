import { type Log, maskAddress } from "../log.ts";
import type { InboundMessage, Outcome, Receive } from "../message.ts";
import { textsOf } from "../message.ts";
import type { Store } from "../store/store.ts";
import type { Lanes } from "./lanes.ts";
import { runTurn, type Step } from "./turn.ts";

export interface ReceiveParts {
  readonly store: Store;
  readonly lanes: Lanes;
  readonly steps: readonly Step[];
  /** Whose memory the turn changes. */
  readonly botName: string;
  readonly log: Log;
}

/**
 * The path of a text: recorded before anything else, answered once, in its person's order.
 * The same message again joins the turn under way, or gets the answer it got.
 */
export function createReceive(parts: ReceiveParts): Receive {
  const underWay = new Map<string, Promise<Outcome>>();

  return function receive(message) {
    const key = `${message.channel} ${message.id}`;
    const joined = underWay.get(key);
    if (joined !== undefined) return joined;
    const outcome = answerOnce(parts, message).finally(() => underWay.delete(key));
    underWay.set(key, outcome);
    return outcome;
  };
}

async function answerOnce(parts: ReceiveParts, message: InboundMessage): Promise<Outcome> {
  const claim = await parts.store.recordInbound(message);
  if (claim.kind === "ended") return repeat(parts, message, claim.outcome);
  return parts.lanes.run(message.from, () => answer(parts, claim.turn, message));
}

async function answer(
  { store, steps, botName, log }: ReceiveParts,
  id: number,
  message: InboundMessage,
): Promise<Outcome> {
  const outcome = await runTurn({ id, message }, steps);
  await store.recordOutcome(id, botName, outcome);
  log.info("turn.ended", {
    turn: id,
    channel: message.channel,
    from: maskAddress(message.from),
    outcome: outcome.kind,
    reason: outcome.kind === "reply" ? undefined : outcome.reason,
    texts: textsOf(outcome).length,
    ms: Date.now() - message.receivedAt,
  });
  return outcome;
}

function repeat({ log }: ReceiveParts, message: InboundMessage, outcome: Outcome): Outcome {
  log.info("text.repeated", {
    channel: message.channel,
    from: maskAddress(message.from),
    id: message.id,
  });
  return outcome;
}

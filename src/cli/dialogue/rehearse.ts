import type { Chat, OpenChat, Said } from "../../app/chats.ts";
import type { Lots } from "./lots.ts";
import type { Dialogue, Exchange } from "./parse.ts";

/** What a rehearsal is held with. */
export interface Rehearsal {
  readonly open: OpenChat;
  readonly lots: Lots;
  /** Every conversation begins with it; each further round with the next one. */
  readonly seed: number;
  readonly rounds: number;
  readonly signal: AbortSignal;
}

/** An exchange that did not go as it is written. */
export interface Failure {
  readonly dialogue: Dialogue;
  readonly exchange: Exchange;
  /** The first wrong reply. */
  readonly said: Said;
  /** What chance began with when it came. */
  readonly seed: number;
  /** In how many rounds the reply was wrong. */
  rounds: number;
}

/** Holds every conversation as often as there are rounds, each with an empty memory. */
export async function rehearse(
  dialogues: readonly Dialogue[],
  rehearsal: Rehearsal,
): Promise<readonly Failure[]> {
  const failures = new Map<Exchange, Failure>();
  for (const dialogue of dialogues) {
    for (let round = 0; round < rehearsal.rounds; round++) {
      const seed = rehearsal.seed + round;
      rehearsal.lots.reseed(seed);
      for (const { exchange, said } of await hold(dialogue, rehearsal)) {
        const known = failures.get(exchange);
        if (known) known.rounds++;
        else failures.set(exchange, { dialogue, exchange, said, seed, rounds: 1 });
      }
    }
  }
  return [...failures.values()];
}

/** A reply to an exchange. */
type Held = Pick<Failure, "exchange" | "said">;

async function hold({ exchanges }: Dialogue, { open, signal }: Rehearsal): Promise<Held[]> {
  const chat = open(":memory:");
  try {
    return (await sayAll(chat, exchanges, signal)).filter(isWrong);
  } finally {
    await chat.close();
  }
}

async function sayAll(
  chat: Chat,
  exchanges: readonly Exchange[],
  signal: AbortSignal,
): Promise<Held[]> {
  const held: Held[] = [];
  for (const exchange of exchanges) {
    signal.throwIfAborted();
    held.push({ exchange, said: await chat.say(exchange) });
  }
  return held;
}

function isWrong({ exchange: { answers }, said: { replies } }: Held): boolean {
  if (replies.length !== answers.length) return true;
  return answers.some((answer, index) => !answer.isAllowed(replies[index] ?? ""));
}

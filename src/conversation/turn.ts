import type { Outcome, Turn } from "../message.ts";

/** One thing that may settle a turn: an outcome ends it, nothing passes it on. */
export type Step = (turn: Turn) => Promise<Outcome | undefined> | Outcome | undefined;

/** Asks the steps in order; the first that returns an outcome ends the turn. */
export async function runTurn(turn: Turn, steps: readonly Step[]): Promise<Outcome> {
  for (const step of steps) {
    const outcome = await step(turn);
    if (outcome) return outcome;
  }
  return { kind: "silence", reason: "no step answered" };
}

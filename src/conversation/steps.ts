import type { Outcome, Turn } from "../message.ts";
import type { Brakes } from "./brakes.ts";
import { createPassOverStale, type Freshness } from "./stale.ts";
import { runTurn, type Step } from "./turn.ts";

export interface StepsParts extends Freshness {
  readonly brakes: Pick<Brakes, "checkLimits" | "noteAnswer">;
  readonly heedCommand: Step;
  readonly askBot: Step;
}

/** The steps of every turn, in order. */
export function createSteps(parts: StepsParts): readonly Step[] {
  const { brakes, heedCommand, askBot } = parts;
  return [createPassOverStale(parts), passOverBlank, withBrakes(brakes, [heedCommand, askBot])];
}

// A picture without words: bots read text, and an empty question makes hosted ones fail.
function passOverBlank({ message }: Turn): Outcome | undefined {
  if (message.text.trim() !== "") return undefined;
  return { kind: "silence", reason: "the message has no text" };
}

const FAILED: Outcome = { kind: "silence", reason: "the turn failed" };

/** What the brakes let pass they are told the end of, however it ends. */
function withBrakes(
  { checkLimits, noteAnswer }: StepsParts["brakes"],
  steps: readonly Step[],
): Step {
  return async function brake(turn) {
    let outcome = FAILED;
    try {
      outcome = await runTurn(turn, [checkLimits, ...steps]);
      return outcome;
    } finally {
      noteAnswer(turn, outcome);
    }
  };
}

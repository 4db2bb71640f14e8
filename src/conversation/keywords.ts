import { type Outcome, textsOf } from "../message.ts";
import type { Brakes } from "./brakes.ts";
import { createPassOverStale, type Freshness } from "./stale.ts";
import { runTurn, type Step } from "./turn.ts";

export interface KeywordParts extends Freshness {
  readonly heedKeyword: Step;
  readonly brakes: Pick<Brakes, "checkQuietly" | "noteAnswer">;
}

/**
 * Settles keywords, with an answer only where any other text would get one: not out of the blue, and not without end.
 * What they mean for the ledger is recorded in any case.
 */
export function createAnswerKeyword({ heedKeyword, brakes, ...freshness }: KeywordParts): Step {
  const hold = [createPassOverStale(freshness), brakes.checkQuietly];

  return async function answerKeyword(turn) {
    const outcome = await heedKeyword(turn);
    if (!outcome || textsOf(outcome).length === 0) return outcome;
    let settled: Outcome = { kind: "silence", reason: "the turn failed" };
    try {
      settled = await runTurn(turn, [...hold, () => outcome]);
      return settled === outcome ? outcome : withConsentOf(outcome, settled);
    } finally {
      brakes.noteAnswer(turn, settled);
    }
  };
}

function withConsentOf(outcome: Outcome, settled: Outcome): Outcome {
  if (outcome.kind === "fallback" || !outcome.consent) return settled;
  return settled.kind === "fallback" ? settled : { ...settled, consent: outcome.consent };
}

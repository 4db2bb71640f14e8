import { codeOf, explain, StoreError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { InboundMessage } from "../message.ts";
import type { EndTurn, Entry } from "./end-turn.ts";
import { gatherTexts, joinTexts } from "./gather.ts";
import { createLanes } from "./lanes.ts";
import { runTurn, type Step } from "./turn.ts";
import { createTurnstile } from "./turnstile.ts";

export interface RunnerParts {
  readonly answerKeyword: Step;
  readonly steps: readonly Step[];
  readonly endTurn: EndTurn;
  readonly log: Log;
  readonly now: () => number;
  /** Texts of one person within this time of each other are one question. */
  readonly gatherMs: number;
  /** No turn is begun any more that nobody waits for: it is taken up at the next start. */
  readonly winding: AbortSignal;
  /** Whether a text is no part of another. */
  readonly isAlone: (message: InboundMessage) => boolean;
}

/** Runs the turns of texts that are claimed. */
export interface Runner {
  /** Takes in a text behind those of its person; a keyword behind their keywords alone. */
  add(entry: Entry, how: { readonly isKeyword: boolean }): void;
  /** Whether a turn's answer could not be kept: whatever kept it out would keep the next one out as well. */
  isGivenUp(turn: number): boolean;
  /** Resolves when no turn is under way. */
  idle(): Promise<void>;
}

/** Of turns that nobody waits for, such as those of a night without the server: so many ask the bot at once. */
const MOST_OF_BACKLOG = 50;

/** Makes what runs turns, each person's in their order. */
export function createRunner(parts: RunnerParts): Runner {
  const backlog = createTurnstile(MOST_OF_BACKLOG);
  const givenUp = new Set<number>();

  const lanes = createLanes<Entry>({
    gather: (entries) =>
      gatherTexts(
        entries.map(({ message }) => message),
        { ...parts, now: parts.now() },
      ),
    run: (entries) => {
      const work = () => answerTogether(parts, entries, givenUp);
      if (entries.some(({ waiter }) => waiter.isAttended())) return work();
      return backlog(async () => {
        if (!parts.winding.aborted) await work();
      });
    },
  });

  const keywords = createLanes<Entry>({
    gather: () => ({ count: 1, waitMs: 0 }),
    async run(entries) {
      for (const entry of entries) await settleKeyword(entry);
    },
  });

  async function settleKeyword(entry: Entry): Promise<void> {
    const { turn: id, message } = entry;
    try {
      const outcome = await parts.answerKeyword({ id, message });
      if (outcome) await parts.endTurn([entry], outcome, { isKeyword: true });
      // What went before it has made talk of it.
      else lanes.add(message.from, entry);
    } catch (error) {
      fail(parts, [entry], error);
    }
  }

  return {
    add: (entry, { isKeyword }) => (isKeyword ? keywords : lanes).add(entry.message.from, entry),
    isGivenUp: (turn) => givenUp.has(turn),
    async idle() {
      await keywords.idle();
      await lanes.idle();
    },
  };
}

/** Ends the wait for the answer to a text that there will not be. */
export function abandon(entry: Entry, error: unknown): void {
  entry.ended();
  entry.waiter.fail(error);
}

async function answerTogether(
  parts: RunnerParts,
  entries: readonly Entry[],
  givenUp: Set<number>,
): Promise<void> {
  const [first, ...others] = entries;
  if (!first) return;
  const last = others.at(-1) ?? first;
  try {
    const message = joinTexts([first.message, ...others.map((entry) => entry.message)]);
    const outcome = await runTurn({ id: last.turn, message }, parts.steps);
    for (const { turn } of entries) givenUp.add(turn);
    await parts.endTurn(entries, outcome);
    for (const { turn } of entries) givenUp.delete(turn);
  } catch (error) {
    fail(parts, entries, error);
  }
}

function fail({ log }: RunnerParts, entries: readonly Entry[], error: unknown): void {
  log.error("turn.failed", {
    turn: entries.at(-1)?.turn,
    code: codeOf(error),
    cause: error instanceof StoreError ? explain(error) : undefined,
  });
  for (const entry of entries) abandon(entry, error);
}

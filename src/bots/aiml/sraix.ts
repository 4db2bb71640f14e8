import { MAX_INQUIRIES, MAX_TURN_MS } from "./limits.ts";
import type { BotFacts } from "./piece.ts";

/** What an `<sraix>` asks of another bot. */
export interface Inquiry {
  /** As the template names it. */
  readonly bot: string;
  readonly text: string;
}

/** Asks another bot; undefined where none answers. */
export type Ask = (inquiry: Inquiry) => Promise<string | undefined>;

/** What answering one text has taken so far, shared by the bots that answer it together. */
interface Effort {
  /** Milliseconds; those spent waiting for others do not count. */
  spentMs: number;
}

/** Whom a turn may ask, and what its text has cost before it. */
export interface Others {
  readonly ask: Ask;
  readonly effort: Effort;
}

/** What one run of a turn takes from outside. */
export interface Run {
  /** Milliseconds since 1970: the same for all dates of a turn. */
  readonly startedAt: number;
  readonly deadline: number;
  random(): number;
  /** What another bot says, undefined where none does. Throws what ends the run while that is not known yet. */
  inquire(inquiry: Inquiry): string | undefined;
}

/** The run of a turn that no other bot is within reach of. */
export function startRun({ now, random }: Machine): Run {
  const startedAt = now();
  return { startedAt, deadline: startedAt + MAX_TURN_MS, random, inquire: () => undefined };
}

/**
 * Runs a turn; when it wants another bot's answer, asks for it and runs the turn again from the start. Nothing was
 * written by then, and each run has the time, the lots and the answers of those before it.
 */
export async function runAsking<Result>(
  evaluate: (run: Run) => Result,
  machine: Machine,
  { ask, effort }: Others,
): Promise<Result> {
  const tape: Tape = { startedAt: machine.now(), lots: [], heard: [], inquiries: 0 };
  for (;;) {
    const begunAt = machine.now();
    let inquiry: Inquiry;
    try {
      return evaluate(replay(tape, machine, begunAt + MAX_TURN_MS - effort.spentMs));
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      inquiry = error.inquiry;
    } finally {
      effort.spentMs += machine.now() - begunAt;
    }
    tape.inquiries++;
    tape.heard.push({ inquiry, answer: await ask(inquiry) });
  }
}

type Machine = Pick<BotFacts, "now" | "random">;

/** What the runs of a turn so far have met. */
interface Tape {
  readonly startedAt: number;
  readonly lots: number[];
  readonly heard: Heard[];
  inquiries: number;
}

interface Heard {
  readonly inquiry: Inquiry;
  readonly answer: string | undefined;
}

/** Ends a run out of the middle of a template, before it does anything with an answer that is not there. */
class Unanswered extends Error {
  readonly inquiry: Inquiry;

  constructor(inquiry: Inquiry) {
    super("another bot is to be asked");
    this.inquiry = inquiry;
  }
}

function replay(tape: Tape, { random }: Machine, deadline: number): Run {
  let drawn = 0;
  let met = 0;
  return {
    startedAt: tape.startedAt,
    deadline,
    random() {
      const lot = tape.lots[drawn] ?? random();
      tape.lots[drawn++] = lot;
      return lot;
    },
    inquire(inquiry) {
      const known = tape.heard[met];
      if (known && isSame(known.inquiry, inquiry)) return tape.heard[met++]?.answer;
      // A run that took another way (what all people taught has changed) has no use for the old answers.
      tape.heard.length = met;
      if (tape.inquiries >= MAX_INQUIRIES) return undefined;
      throw new Unanswered(inquiry);
    },
  };
}

function isSame(one: Inquiry, other: Inquiry): boolean {
  return one.bot === other.bot && one.text === other.text;
}

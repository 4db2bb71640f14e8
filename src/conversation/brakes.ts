import type { Log } from "../log.ts";
import { type Address, type Outcome, type Turn, textsOf } from "../message.ts";
import type { UsageBook } from "../store/store.ts";
import { createBreaker } from "./breaker.ts";
import { createLimits } from "./limits.ts";
import type { LimitSettings } from "./limits-settings.ts";
import { describeLimits } from "./limits-table.ts";
import { createSteadyClock } from "./steady-clock.ts";
import type { Step } from "./turn.ts";

export interface BrakesParts {
  readonly store: UsageBook;
  readonly settings: LimitSettings;
  readonly log: Log;
  readonly now: () => number;
  /** For how many texts this one is paid. */
  readonly measure: (text: string) => number;
  /** Nobody pays: everything passes. */
  readonly isTrial?: boolean;
}

/** What keeps people, machines and mistakes from using up somebody's money. */
export interface Brakes {
  /** A step before the bot, in the person's lane: settles a text that is not to be answered. */
  readonly checkLimits: Step;
  /** The same for an answer that is no talk, such as the one to HELP: what it settles is settled by silence. */
  readonly checkQuietly: Step;
  /** To be told of every turn that one of these saw, in the lane and before its end is committed; of ours, too. */
  noteAnswer(turn: Turn, outcome: Outcome): void;
  /** One line for people who start the server. */
  summary(): string;
}

/** The limits, the lists of numbers and the breaker, in front of the bot. */
export function createBrakes(parts: BrakesParts): Brakes {
  const { settings } = parts;
  if (parts.isTrial) return OPEN;
  const clock = createSteadyClock(parts.now);
  const limits = createLimits({ ...parts, clock });
  const breaker = settings.LOOP_BREAKER ? createBreaker({ ...parts, clock }) : undefined;

  return {
    async checkLimits(turn) {
      if (!isServed(turn.message.from, settings)) return REFUSED;
      const settled = breaker?.heedMute(turn) ?? (await limits.check(turn));
      return settled ?? breaker?.listen(turn);
    },
    async checkQuietly(turn) {
      if (!isServed(turn.message.from, settings)) return REFUSED;
      return breaker?.heedMute(turn) ?? (await limits.check(turn, { isQuiet: true }));
    },
    noteAnswer(turn, outcome) {
      const texts = textsOf(outcome);
      limits.note(turn, texts);
      breaker?.note(turn, texts);
    },
    summary: () => describeLimits(settings),
  };
}

const OPEN: Brakes = {
  checkLimits: () => undefined,
  checkQuietly: () => undefined,
  noteAnswer() {},
  summary: () => "Limits: none while it is tried out",
};

const REFUSED: Outcome = { kind: "silence", reason: "limit: the number is not served" };

/** By the number, whatever channel its address names: `whatsapp:+44…` is +44. */
function isServed(address: Address, { ALLOW_PREFIXES, DENY_PREFIXES }: LimitSettings): boolean {
  const number = address.replace(/^[a-z]+:/i, "");
  const begins = (prefix: string) => number.startsWith(prefix);
  if (DENY_PREFIXES.some(begins)) return false;
  return ALLOW_PREFIXES.length === 0 || ALLOW_PREFIXES.some(begins);
}

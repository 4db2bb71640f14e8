import type { Log } from "../log.ts";
import type { Address, Outcome, Turn } from "../message.ts";
import type { Usage } from "../store/store.ts";
import type { LimitSettings } from "./limits-settings.ts";
import { LAST_WORDS, LIMITS, type Limit } from "./limits-table.ts";
import { estimateCost } from "./prices.ts";
import { MINUTE_MS } from "./rate.ts";
import { createRecent } from "./recent.ts";
import {
  createUsageNow,
  DAY_MS,
  type UsageNowParts,
  type Used,
  untilTomorrow,
  withShare,
} from "./usage-now.ts";

export interface LimitsParts extends UsageNowParts {
  readonly settings: LimitSettings;
  readonly log: Log;
}

/** Holds people to the limits: a last polite text to who is over one (none if quiet), and then nothing until it goes on. */
export interface Limits {
  /** Undefined: the text is within all limits, and its turn under way until `note` is told how it ended. */
  check(turn: Turn, how?: { readonly isQuiet: boolean }): Promise<Outcome | undefined>;
  note(turn: Turn, texts: readonly string[]): void;
}

/**
 * What was used in a day is the store's to know. Who was told is kept in memory alone: after a restart somebody may be
 * told once more, which counts like any text.
 */
export function createLimits(parts: LimitsParts): Limits {
  const { settings, now, clock } = parts;
  const limits = LIMITS.filter(({ setting }) => settings[setting] > 0);
  const isByDay = limits.some(({ span }) => span === "day");
  const usage = createUsageNow({ ...parts, store: isByDay ? parts.store : undefined });
  const told = createRecent<{ readonly until: number; readonly reason: string }>(DAY_MS, clock);
  const warn = createWarning(parts);

  const check: Limits["check"] = async (turn, { isQuiet } = { isQuiet: false }) => {
    const person = turn.message.from;
    const last = told.get(person);
    if (last && clock() < last.until) return { kind: "silence", reason: last.reason };
    const readUsed = await usage.read(person);
    const used = readUsed();
    const reached = limits.filter((limit) => limit.used(used) >= settings[limit.setting]);
    reached.forEach(warn);
    if (reached[0]) return isQuiet ? silenceAt(reached[0]) : tell(turn, reached[0], used);
    usage.begin(turn.id, expectedOf(person));
    return undefined;
  };

  function tell({ id, message }: Turn, limit: Limit, used: Used): Outcome {
    const silence = silenceAt(limit);
    const { reason } = silence;
    const texts = [LAST_WORDS[limit.whose][limit.span]];
    const share = usage.weigh(texts, message.from);
    if (!isWithinReserve(withShare(used, share))) return silence;
    told.set(message.from, { reason, until: clock() + leftOf(limit, now()) });
    usage.begin(id, share);
    return { kind: "fallback", texts, reason };
  }

  // However many people are over a limit: polite texts are paid for as well.
  function isWithinReserve(used: Used): boolean {
    return limits
      .filter(({ whose }) => whose === "all")
      .every((limit) => limit.used(used) <= ceilingOf(limit, settings));
  }

  return { check, note: ({ id, message }, texts) => usage.end(id, texts, message.from) };
}

function silenceAt({ setting }: Limit) {
  return { kind: "silence", reason: `limit: ${setting}` } as const;
}

/** What an answer under way will about come to; it counts until its true size is known. */
function expectedOf(person: Address): Usage {
  const segments = 2;
  return { texts: 1, segments, cost: estimateCost(segments, person) };
}

// A twentieth more is for the last words to people.
function ceilingOf({ setting, counts }: Limit, settings: LimitSettings): number {
  const ceiling = settings[setting] * 1.05;
  return counts === "USD" ? ceiling : Math.ceil(ceiling);
}

function leftOf({ span }: Limit, now: number): number {
  return span === "minute" ? MINUTE_MS : untilTomorrow(now);
}

/** Tells the operator of a limit that holds up everybody, once until it goes on. */
function createWarning({ settings, log, now, clock }: LimitsParts): (limit: Limit) => void {
  const quietUntil = new Map<string, number>();

  return function warn(limit) {
    const { setting, whose } = limit;
    if (whose === "person" || clock() < (quietUntil.get(setting) ?? 0)) return;
    const leftMs = leftOf(limit, now());
    quietUntil.set(setting, clock() + leftMs);
    log.warn("limit.reached", {
      limit: setting,
      is: settings[setting],
      goesOnInS: Math.ceil(leftMs / 1000),
      hint: `People are put off until then; to answer more of them, raise ${setting}, or set it to 0 for no limit`,
    });
  };
}

import type { Address } from "../message.ts";
import type { Usage, UsageBook } from "../store/store.ts";
import { estimateCost } from "./prices.ts";
import { createRate, MINUTE_MS } from "./rate.ts";

/** How much was used, in the last minute and today. */
export interface Used {
  /** Texts answered. */
  readonly minute: { readonly own: number; readonly all: number };
  readonly day: { readonly own: Usage; readonly all: Usage };
}

/** Knows what is used up to this moment: what the store has, and what is on its way there. */
export interface UsageNow {
  /**
   * Asks the store; what it gives tells the whole, at the moment it is asked. So nobody else's turn comes between
   * reading and `begin`.
   */
  read(person: Address): Promise<() => Used>;
  /** What these texts come to. */
  weigh(texts: readonly string[], person: Address): Usage;
  /** A turn is to be answered: until it is, so much of everybody's share is its own. */
  begin(turn: number, expected: Usage): void;
  /** A turn was answered by these texts, if by any. */
  end(turn: number, texts: readonly string[], person: Address): void;
}

export interface UsageNowParts {
  /** Undefined where no limit asks for what was used in a day. */
  readonly store: UsageBook | undefined;
  readonly now: () => number;
  /** A clock for waits. */
  readonly clock: () => number;
  /** For how many texts this one is paid. */
  readonly measure: (text: string) => number;
}

const NOTHING: Usage = { texts: 0, segments: 0, cost: 0 };

/** One person's turns come one by one, so the store's word is enough for them; everybody's are counted here, too. */
export function createUsageNow({ store, now, clock, measure }: UsageNowParts): UsageNow {
  const people = createRate(clock);
  const everybody = createRate(clock);
  const underWay = createUnderWay(clock);
  let today = { day: Number.NaN, before: NOTHING, since: NOTHING };

  async function readStore(person: Address): Promise<Used["day"]> {
    const time = now();
    const day = (await store?.usageOn(time, person)) ?? { own: NOTHING, all: NOTHING };
    if (today.day !== dayOf(time)) today = { day: dayOf(time), before: day.all, since: NOTHING };
    return day;
  }

  function addOurs(person: Address, { own, all }: Used["day"]): Used {
    const ended = atLeast(all, sum(today.before, today.since));
    const waiting = underWay.read();
    return {
      minute: { own: people.count(person), all: everybody.count("") + waiting.count },
      day: { own, all: sum(ended, waiting.total) },
    };
  }

  const weigh: UsageNow["weigh"] = (texts, person) => {
    const segments = texts.reduce((total, text) => total + measure(text), 0);
    return { texts: texts.length, segments, cost: estimateCost(segments, person) };
  };

  return {
    weigh,
    async read(person) {
      const day = await readStore(person);
      return () => addOurs(person, day);
    },
    begin: underWay.begin,
    end(turn, texts, person) {
      underWay.end(turn);
      if (texts.length === 0) return;
      people.add(person);
      everybody.add("");
      if (store === undefined) return;
      today = { ...today, since: sum(today.since, weigh(texts, person)) };
    },
  };
}

/** The turns that are being answered. One of which nothing is heard any more, since it failed, goes after a minute. */
function createUnderWay(clock: () => number) {
  const turns = new Map<number, { readonly since: number; readonly expected: Usage }>();
  let total = NOTHING;

  function end(turn: number): void {
    const expected = turns.get(turn)?.expected;
    if (expected === undefined) return;
    turns.delete(turn);
    // Anew from nothing, so that what fractions of a cent lose in rounding never adds up.
    total = turns.size === 0 ? NOTHING : sum(total, expected, -1);
  }

  function forgetOld(): void {
    for (const [turn, { since }] of turns) {
      if (clock() - since < MINUTE_MS) return;
      end(turn);
    }
  }

  return {
    begin(turn: number, expected: Usage): void {
      // One that is taken up again goes to the end: they are in the order of their time.
      end(turn);
      turns.set(turn, { since: clock(), expected });
      total = sum(total, expected);
    },
    end,
    read() {
      forgetOld();
      return { count: turns.size, total };
    },
  };
}

export const DAY_MS = 86_400_000;

function dayOf(time: number): number {
  return Math.floor(time / DAY_MS);
}

/** From now to the next midnight (UTC). */
export function untilTomorrow(now: number): number {
  return (dayOf(now) + 1) * DAY_MS - now;
}

/** What would be used in all, were this sent as well. */
export function withShare({ minute, day }: Used, share: Usage): Used {
  return {
    minute: { ...minute, all: minute.all + 1 },
    day: { ...day, all: sum(day.all, share) },
  };
}

function sum(one: Usage, other: Usage, times = 1): Usage {
  return {
    texts: one.texts + times * other.texts,
    segments: one.segments + times * other.segments,
    cost: one.cost + times * other.cost,
  };
}

function atLeast(one: Usage, other: Usage): Usage {
  return {
    texts: Math.max(one.texts, other.texts),
    segments: Math.max(one.segments, other.segments),
    cost: Math.max(one.cost, other.cost),
  };
}

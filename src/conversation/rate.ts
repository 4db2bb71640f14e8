import { createRecent } from "./recent.ts";

export const MINUTE_MS = 60_000;

/** Counts what happened within the last minute, by key. */
export interface Rate {
  count(key: string): number;
  add(key: string): void;
}

/** Keys of which nothing was heard for two minutes take no room, and the others no more than one entry a second. */
export function createRate(clock: () => number): Rate {
  const tallies = createRecent<Tally[]>(MINUTE_MS, clock);

  function withinMinute(key: string): Tally[] {
    const list = tallies.get(key) ?? [];
    const since = clock() - MINUTE_MS;
    const first = list.findIndex(({ second }) => second > since);
    list.splice(0, first < 0 ? list.length : first);
    return list;
  }

  return {
    count: (key) => withinMinute(key).reduce((sum, { count }) => sum + count, 0),
    add(key) {
      const list = withinMinute(key);
      const second = clock() - (clock() % 1000);
      const latest = list.at(-1);
      if (latest?.second === second) latest.count += 1;
      else list.push({ second, count: 1 });
      tallies.set(key, list);
    },
  };
}

/** What happened in one second, by the time it began. */
interface Tally {
  readonly second: number;
  count: number;
}

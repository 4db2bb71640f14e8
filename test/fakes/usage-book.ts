import type { Address } from "../../src/message.ts";
import type { Usage, UsageBook } from "../../src/store/store.ts";

/** What people used, in memory, day by day (UTC). */
export interface FakeUsageBook extends UsageBook {
  add(now: number, person: Address, usage: Usage): void;
}

const NOTHING: Usage = { texts: 0, segments: 0, cost: 0 };

export function fakeUsageBook(): FakeUsageBook {
  const used = new Map<string, Usage>();
  const find = (now: number, whose: string) => used.get(keyOf(now, whose)) ?? NOTHING;

  return {
    usageOn: async (now, person) => ({ own: find(now, person), all: find(now, "") }),
    add(now, person, usage) {
      for (const whose of [person, ""]) {
        const { texts, segments, cost } = find(now, whose);
        used.set(keyOf(now, whose), {
          texts: texts + usage.texts,
          segments: segments + usage.segments,
          cost: cost + usage.cost,
        });
      }
    },
  };
}

function keyOf(now: number, whose: string): string {
  return `${new Date(now).toISOString().slice(0, 10)} ${whose}`;
}

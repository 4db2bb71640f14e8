import type { Memory, MemoryChanges } from "../message.ts";

/** Memories as the database has them, those used last at hand. */
export interface MemoryCache {
  /** The memory of that name, read where it is not at hand. */
  get(name: string, read: () => Map<string, string>): Memory;
  /** Applies what the database holds by now. */
  change(name: string, changes: MemoryChanges): void;
  clear(): void;
}

interface Entry {
  readonly memory: Map<string, string>;
  cost: number;
}

/** Makes an empty cache; those used longest ago leave it while all together cost more than `maxCost`. */
export function createMemoryCache(maxCost = MAX_COST): MemoryCache {
  const entries = new Map<string, Entry>();
  let total = 0;

  function drop(name: string): void {
    total -= entries.get(name)?.cost ?? 0;
    entries.delete(name);
  }

  function keep(name: string, entry: Entry): void {
    drop(name);
    entries.set(name, entry);
    total += entry.cost;
    for (const oldest of entries.keys()) {
      if (total <= maxCost) return;
      drop(oldest);
    }
  }

  return {
    get(name, read) {
      const entry = entries.get(name) ?? toEntry(read());
      keep(name, entry);
      return entry.memory;
    },
    change(name, changes) {
      const entry = entries.get(name);
      if (!entry) return;
      drop(name);
      for (const change of changes) apply(entry, change);
      keep(name, entry);
    },
    clear() {
      entries.clear();
      total = 0;
    },
  };
}

// In bytes, roughly: some hundred people who talk much, of the 256 MB that a small machine has.
const MAX_COST = 4_000_000;

/** What a key, its value and their place in the map take beside their characters. */
const COST_PER_KEY = 160;

/** What a map takes, and a stranger's empty one too. */
const COST_PER_MEMORY = 400;

function toEntry(memory: Map<string, string>): Entry {
  let cost = COST_PER_MEMORY;
  for (const [key, value] of memory) cost += costOf(key, value);
  return { memory, cost };
}

function apply(entry: Entry, [key, value]: readonly [string, string | null]): void {
  entry.cost -= costOf(key, entry.memory.get(key));
  if (value === null) entry.memory.delete(key);
  else entry.memory.set(key, value);
  entry.cost += costOf(key, entry.memory.get(key));
}

function costOf(key: string, value: string | undefined): number {
  return value === undefined ? 0 : COST_PER_KEY + key.length + value.length;
}

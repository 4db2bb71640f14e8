import { createDraft, type Draft } from "./draft.ts";
import { MAX_MEMORY_LENGTH, MAX_PREDICATES } from "./limits.ts";

/** A person's memory during one message, with an eye on how much it holds. */
export interface Ledger extends Draft {
  /** Writes a fact; false when the person's share of the memory is full. Null forgets it. */
  keep(key: string, value: string | null): boolean;
  /** A number that the memory holds; made anew where it cannot be true. */
  count(name: CountName): number;
}

/** What the keys of exchanges begin with. */
export const EXCHANGE = "h:";

/** What the keys of facts begin with: predicates, learned categories, triples. They may fill the memory together. */
export const PREDICATE = "p:";
export const LESSON = "l:";
export const TRIPLE = "t:";

/** Opens a memory; what is damaged in it counts as never said. */
export function openLedger(memory: ReadonlyMap<string, string>): Ledger {
  const { read, write, entries, changes } = createDraft(memory);
  const count = (name: CountName) => {
    const { most, recount } = COUNTS[name];
    const known = Number(read(name) ?? Number.NaN);
    return Number.isSafeInteger(known) && known >= 0 && known <= most ? known : recount(entries);
  };
  return {
    memory,
    read,
    write,
    entries,
    changes,
    count,
    keep(key, value) {
      const grown = lengthOf(key, value) - lengthOf(key, read(key));
      const length = count("characters") + grown;
      if (grown > 0 && length > MAX_MEMORY_LENGTH) return false;
      write(key, value);
      write("characters", String(length));
      return true;
    },
  };
}

type CountName = keyof typeof COUNTS;

/** What is counted, and how many there can be. */
const COUNTS = {
  characters: { most: MAX_MEMORY_LENGTH, recount: lengthOfFacts },
  predicates: { most: MAX_PREDICATES, recount: (entries) => [...entries(PREDICATE)].length },
  turns: { most: Number.MAX_SAFE_INTEGER - 1, recount: (entries) => [...entries(EXCHANGE)].length },
} as const satisfies Readonly<
  Record<string, { most: number; recount: (entries: Draft["entries"]) => number }>
>;

/** A short text for a longer one; another text has, as good as surely, another. */
export function fingerprint(text: string): string {
  let [one, two] = [0x811c9dc5, 0x9747b28c];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 0x01000193);
    two = Math.imul(two ^ code, 0x5bd1e995);
  }
  return `${(one >>> 0).toString(36)}.${(two >>> 0).toString(36)}`;
}

function lengthOfFacts(entries: Draft["entries"]): number {
  let length = 0;
  for (const kind of [PREDICATE, LESSON, TRIPLE])
    for (const [key, value] of entries(kind)) length += lengthOf(key, value);
  return length;
}

function lengthOf(key: string, value: string | null | undefined): number {
  return value === null || value === undefined ? 0 : key.length + value.length;
}

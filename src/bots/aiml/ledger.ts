import { createDraft, type Draft } from "./draft.ts";
import { MAX_MEMORY_LENGTH } from "./limits.ts";

/** A person's memory during one message, with an eye on how much it holds. */
export interface Ledger extends Draft {
  /** Writes a fact; false when the person's share of the memory is full. Null forgets it. */
  keep(key: string, value: string | null): boolean;
  count(key: string): number;
}

/** What the keys of facts begin with: predicates, learned categories, triples. They may fill the memory together. */
export const PREDICATE = "p:";
export const LESSON = "l:";
export const TRIPLE = "t:";

/** Opens a memory; `characters` counts what its facts take. */
export function openLedger(memory: ReadonlyMap<string, string>): Ledger {
  const draft = createDraft(memory);
  const { read, write, entries } = draft;
  const facts = () => [PREDICATE, LESSON, TRIPLE].flatMap((kind) => [...entries(kind)]);
  const characters = () => Number(read("characters") ?? lengthOfAll(facts()));
  return {
    ...draft,
    count: (key) => Number(read(key) ?? 0),
    keep(key, value) {
      const grown = lengthOf(key, value) - lengthOf(key, read(key));
      const length = characters() + grown;
      if (grown > 0 && length > MAX_MEMORY_LENGTH) return false;
      write(key, value);
      write("characters", String(length));
      return true;
    },
  };
}

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

function lengthOfAll(facts: readonly (readonly [string, string])[]): number {
  return facts.reduce((length, [key, value]) => length + lengthOf(key, value), 0);
}

function lengthOf(key: string, value: string | null | undefined): number {
  return value === null || value === undefined ? 0 : key.length + value.length;
}

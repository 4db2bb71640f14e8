import { foldCase } from "./fold.ts";
import { isStrings, parseJson } from "./json.ts";
import { MAX_CACHED_PEOPLE, MAX_TRIPLE_LENGTH, MAX_TRIPLES } from "./limits.ts";
import type { Person } from "./memory.ts";

/** Subject, predicate and object, as they were said. */
export type Triple = readonly [subject: string, predicate: string, object: string];

/** Parts to look for; undefined is any. */
type TriplePattern = readonly (string | undefined)[];

/** One person's triples. Case does not count. */
export interface Triples {
  /** False when the person's share is full; one that is there already stays as it is. */
  add(triple: Triple): boolean;
  remove(number: number): void;
  at(number: number): Triple | undefined;
  /** The triples that have the rarest of the wanted parts, all of those that fit among them. */
  near(pattern: TriplePattern): ReadonlyMap<number, Triple>;
}

/** The triples of the people who used them last, ready to be searched. */
export interface TripleStore {
  of(personId: string, person: Person): Triples;
}

export function createTripleStore(): TripleStore {
  const people = new Map<string, Index>();
  return {
    of(personId, person) {
      const known = people.get(personId);
      const index = known?.mark === person.triplesMark() ? known : createIndex(person);
      people.delete(personId);
      people.set(personId, index);
      const [oldest] = people.keys();
      if (people.size > MAX_CACHED_PEOPLE && oldest !== undefined) people.delete(oldest);
      return toTriples(index, person);
    },
  };
}

/** Whether two parts of triples, or values of their variables, are the same. */
export function isSamePart(one: string, other: string): boolean {
  return one === other || foldCase(one) === foldCase(other);
}

interface Index {
  /** Of the triples that are in it. */
  mark: string;
  readonly all: Map<number, Triple>;
  /** By subject, by predicate, by object. */
  readonly byPart: readonly Map<string, Map<number, Triple>>[];
}

function createIndex(person: Person): Index {
  const byPart = [new Map(), new Map(), new Map()];
  const index: Index = { mark: person.triplesMark(), all: new Map(), byPart };
  for (const [number, text] of person.triples()) {
    const triple = parseJson(text);
    if (!isStrings(triple, 3)) continue;
    const [subject = "", predicate = "", object = ""] = triple;
    put(index, number, [subject, predicate, object]);
  }
  return index;
}

function toTriples(index: Index, person: Person): Triples {
  return {
    add(triple) {
      if (hasTriple(index, triple)) return true;
      const text = JSON.stringify(triple);
      if (index.all.size >= MAX_TRIPLES || text.length > MAX_TRIPLE_LENGTH) return false;
      const number = person.addTriple(text);
      if (number === undefined) return false;
      put(index, number, triple);
      index.mark = person.triplesMark();
      return true;
    },
    remove(number) {
      person.removeTriple(number);
      index.mark = person.triplesMark();
      const triple = index.all.get(number) ?? [];
      index.all.delete(number);
      for (const [part, value] of triple.entries())
        index.byPart[part]?.get(foldCase(value))?.delete(number);
    },
    at: (number) => index.all.get(number),
    near: (pattern) => near(index, pattern),
  };
}

function put({ all, byPart }: Index, number: number, triple: Triple): void {
  all.set(number, triple);
  for (const [part, value] of triple.entries()) {
    const key = foldCase(value);
    const having = byPart[part]?.get(key) ?? new Map<number, Triple>();
    byPart[part]?.set(key, having.set(number, triple));
  }
}

function near({ all, byPart }: Index, pattern: TriplePattern): ReadonlyMap<number, Triple> {
  let fewest: ReadonlyMap<number, Triple> = all;
  for (const [part, value] of pattern.entries()) {
    if (value === undefined) continue;
    const having = byPart[part]?.get(foldCase(value)) ?? NONE;
    if (having.size < fewest.size) fewest = having;
  }
  return fewest;
}

const NONE: ReadonlyMap<number, Triple> = new Map();

function hasTriple(index: Index, triple: Triple): boolean {
  const isSame = (other: Triple) => triple.every((value, at) => isSamePart(value, other[at] ?? ""));
  return near(index, triple).values().some(isSame);
}

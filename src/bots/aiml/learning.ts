import type { Category } from "./categories.ts";
import { createGraph, NOTHING, putAt } from "./graph.ts";
import { MAX_CACHED_PEOPLE, MAX_LEARNED, MAX_LEARNED_LENGTH } from "./limits.ts";
import type { Person } from "./memory.ts";
import { type PathRules, toPath } from "./paths.ts";
import type { Overlay } from "./search.ts";
import { extendVocabulary } from "./vocabulary.ts";

/** What one person taught the bot, beside the bot's own categories. */
export interface Learned extends Overlay {
  readonly categories: Category[];
  /** As they are kept in the memory, in the same order. */
  readonly texts: string[];
}

/** The learned categories of the people who wrote last, compiled. */
export interface Learning {
  /** Undefined for who taught nothing. */
  of(personId: string, person: Person): Learned | undefined;
  /** Adds one; false when the person's share is full. */
  add(personId: string, person: Person, category: Category): boolean;
}

export function createLearning(rules: PathRules): Learning {
  const people = new Map<string, Learned>();
  const keep = (personId: string, learned: Learned) => {
    people.delete(personId);
    people.set(personId, learned);
    const [oldest] = people.keys();
    if (people.size > MAX_CACHED_PEOPLE && oldest !== undefined) people.delete(oldest);
    return learned;
  };
  const find = (personId: string, texts: readonly string[]) => {
    const known = people.get(personId);
    const isCurrent = known && isSame(known.texts, texts);
    return keep(personId, isCurrent ? known : rebuild(texts, rules));
  };
  return {
    of(personId, person) {
      const texts = person.learned();
      return texts.length === 0 ? undefined : find(personId, texts);
    },
    add(personId, person, category) {
      const learned = find(personId, person.learned());
      const text = toText(category);
      if (text.length > MAX_LEARNED_LENGTH) return false;
      const index = put(learned, category, rules);
      if (index === NOTHING) return false;
      learned.texts[index] = text;
      person.learn(index, text);
      return true;
    },
  };
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, index) => text === other[index]);
}

function rebuild(texts: readonly string[], rules: PathRules): Learned {
  const vocabulary = extendVocabulary(rules.vocabulary);
  const learned: Learned = { graph: createGraph(), vocabulary, categories: [], texts: [...texts] };
  for (const text of texts) put(learned, fromText(text), rules);
  return learned;
}

/** Its number: a new one, or that of the category on the same path; NOTHING when there are too many. */
function put(learned: Learned, category: Category, rules: PathRules): number {
  const path = toPath(category, { ...rules, vocabulary: learned.vocabulary });
  const next = learned.categories.length;
  const before = putAt(learned.graph, path, next);
  if (before === NOTHING && next < MAX_LEARNED) return learned.categories.push(category) - 1;
  putAt(learned.graph, path, before);
  if (before !== NOTHING) learned.categories[before] = category;
  return before;
}

function toText({ pattern, that, topic, template }: Category): string {
  return JSON.stringify([pattern, that, topic, template]);
}

/** Only what `toText` made is ever read here. */
function fromText(text: string): Category {
  const [pattern, that, topic, template] = JSON.parse(text);
  return { pattern, that, topic, template, file: "learned", line: 0, column: 0 };
}

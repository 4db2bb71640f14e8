import { createGraph, type Graph, putAt, setLabel, wordLabel } from "./graph.ts";
import { type Strings, stringAt } from "./strings.ts";
import type { Vocabulary } from "./vocabulary.ts";
import { splitWords } from "./words.ts";

/** Every set's members as paths of words, below an edge that names the set. */
export interface Members {
  readonly graph: Graph;
  /** The built-in set of numbers; undefined where a file of that name replaces it. */
  readonly numberLabel: number | undefined;
}

const IS_MEMBER = 1;

/** The edge for a set of that name, in the categories' graph and in the members'. */
export function labelOfSet(name: string, vocabulary: Vocabulary): number {
  // No word holds a space, so no word has this number.
  return setLabel(vocabulary.intern(`set ${name.trim()}`));
}

/** How many words patterns and sets have. */
export function countWords(words: Strings): number {
  let count = 0;
  for (let number = 0; number < words.count; number++)
    if (!stringAt(words, number).startsWith("SET ")) count++;
  return count;
}

export function createMembers(
  sets: ReadonlyMap<string, readonly string[]>,
  vocabulary: Vocabulary,
): Members {
  const graph = createGraph();
  for (const [name, members] of sets) {
    const label = labelOfSet(name, vocabulary);
    for (const member of members) addMember(graph, label, wordLabels(member, vocabulary));
  }
  return { graph, numberLabel: sets.has("number") ? undefined : labelOfSet("number", vocabulary) };
}

function wordLabels(member: string, vocabulary: Vocabulary): number[] {
  return splitWords(member).map((word) => wordLabel(vocabulary.intern(word)));
}

function addMember(graph: Graph, label: number, words: readonly number[]): void {
  if (words.length > 0) putAt(graph, [label, ...words], IS_MEMBER);
}

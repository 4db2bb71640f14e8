import { type Graph, NOTHING } from "./graph.ts";
import type { Members } from "./sets.ts";
import { THAT_MARK, TOPIC_MARK, UNKNOWN, type Vocabulary } from "./vocabulary.ts";
import { joinWords, type Sentence } from "./words.ts";

/** What a sentence is looked up with. */
export interface Path {
  readonly input: Sentence;
  readonly that: Sentence;
  readonly topic: Sentence;
}

/** One person's learned categories, walked together with the bot's. */
export interface Overlay {
  readonly graph: Graph;
  readonly vocabulary: Vocabulary;
}

/** The first category on the path, and what its wildcards took. */
export interface Match {
  /** Number of the category in its graph. */
  readonly category: number;
  readonly isLearned: boolean;
  readonly stars: readonly string[];
  /** Few templates ask for these: they are put together when one does. */
  thatStars(): readonly string[];
  topicStars(): readonly string[];
}

/** All that one search needs, kept for the next one. */
export interface Search {
  readonly base: Graph;
  learned: Graph | undefined;
  readonly members: Members;
  path: Path;
  /** Input words, that mark, that words, topic mark, topic words. */
  ids: Int32Array;
  thatMark: number;
  topicMark: number;
  end: number;
  /** Start and end of what each wildcard on the path took. */
  captures: Int32Array;
  captured: number;
  category: number;
  isLearned: boolean;
  steps: number;
  /** By wildcard node: from this position on nothing below it fits. */
  readonly failedFrom: Map<number, number>;
  /** By set node: positions where nothing below it fits. */
  readonly failedAt: Map<number, Set<number>>;
  /** Ends of the set members that begin at the places being tried, the longest last. */
  readonly memberEnds: number[];
}

/** The buffers of a matcher. */
export function createSearch(base: Graph, members: Members): Search {
  return {
    base,
    learned: undefined,
    members,
    path: { input: NO_SENTENCE, that: NO_SENTENCE, topic: NO_SENTENCE },
    ids: new Int32Array(256),
    thatMark: 0,
    topicMark: 0,
    end: 0,
    captures: new Int32Array(256),
    captured: 0,
    category: NOTHING,
    isLearned: false,
    steps: 0,
    failedFrom: new Map(),
    failedAt: new Map(),
    memberEnds: [],
  };
}

/** Lays out the path that is looked for next. */
export function prepare(search: Search, path: Path, overlay: Overlay | undefined): void {
  search.learned = overlay?.graph;
  search.path = path;
  search.thatMark = path.input.ids.length;
  search.topicMark = search.thatMark + 1 + path.that.ids.length;
  search.end = search.topicMark + 1 + path.topic.ids.length;
  search.captured = 0;
  search.steps = 0;
  search.failedFrom.clear();
  search.failedAt.clear();
  search.memberEnds.length = 0;
  if (search.ids.length < search.end) search.ids = new Int32Array(search.end * 2);
  search.ids.set(path.input.ids, 0);
  search.ids[search.thatMark] = THAT_MARK;
  search.ids.set(path.that.ids, search.thatMark + 1);
  search.ids[search.topicMark] = TOPIC_MARK;
  search.ids.set(path.topic.ids, search.topicMark + 1);
  if (overlay) addLearnedIds(search, overlay.vocabulary);
}

function addLearnedIds(search: Search, vocabulary: Vocabulary): void {
  const { ids, end } = search;
  for (let at = 0; at < end; at++)
    if (ids[at] === UNKNOWN) ids[at] = vocabulary.idOf(wordAt(search, at));
}

/** The word at a place of the path; empty for a mark. */
export function wordAt({ path, thatMark, topicMark }: Search, at: number): string {
  if (at < thatMark) return path.input.words[at] ?? "";
  if (at < topicMark) return path.that.words[at - thatMark - 1] ?? "";
  return path.topic.words[at - topicMark - 1] ?? "";
}

/** Writes down that a wildcard took the words from `start` up to `end`. */
export function capture(search: Search, start: number, end: number): void {
  const slot = search.captured++ * 2;
  if (slot + 1 >= search.captures.length) growCaptures(search);
  search.captures[slot] = start;
  search.captures[slot + 1] = end;
}

function growCaptures(search: Search): void {
  const captures = new Int32Array(search.captures.length * 2);
  captures.set(search.captures);
  search.captures = captures;
}

/** The mark that ends the part in which `at` lies; a mark still belongs to the part before it. */
export function partEnd({ thatMark, topicMark, end }: Search, at: number): number {
  return at <= thatMark ? thatMark : at <= topicMark ? topicMark : end;
}

/** What the wildcards on the way took, by the part of the path they stand in. */
export function toMatch(search: Search): Match {
  const { category, isLearned, path, thatMark, topicMark, end } = search;
  // The next search writes over its own.
  const captures: number[] = [];
  for (let slot = 0; slot < search.captured * 2; slot++) captures.push(search.captures[slot] ?? 0);
  return {
    category,
    isLearned,
    stars: starsIn(captures, path.input, { start: 0, end: thatMark }),
    thatStars: () => starsIn(captures, path.that, { start: thatMark + 1, end: topicMark }),
    topicStars: () => starsIn(captures, path.topic, { start: topicMark + 1, end }),
  };
}

interface Part {
  readonly start: number;
  readonly end: number;
}

function starsIn(captures: readonly number[], sentence: Sentence, part: Part): readonly string[] {
  const stars: string[] = [];
  for (let slot = 0; slot < captures.length; slot += 2) {
    const start = captures[slot] ?? 0;
    // A wildcard that took nothing may stand at the part's end.
    if (start < part.start || start > part.end) continue;
    const end = captures[slot + 1] ?? start;
    stars.push(joinWords(sentence, start - part.start, end - part.start));
  }
  return stars;
}

const NO_SENTENCE: Sentence = { words: [], isAscii: true, ids: new Int32Array() };

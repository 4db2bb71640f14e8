import type { Graph } from "./graph.ts";
import {
  childOf,
  HAS_CARET,
  HAS_HASH,
  HAS_PRIORITY,
  HAS_SET,
  HAS_STAR,
  HAS_UNDERSCORE,
  HAS_WORD,
  NO_NODE,
  NOTHING,
  priorityLabel,
  ROOT,
  valueAt,
  wordLabel,
} from "./graph.ts";
import { MAX_STEPS } from "./limits.ts";
import {
  capture,
  createSearch,
  type Match,
  type Overlay,
  type Path,
  partEnd,
  prepare,
  type Search,
  toMatch,
  wordAt,
} from "./search.ts";
import type { Members } from "./sets.ts";
import { CARET, HASH, STAR, UNDERSCORE, UNKNOWN } from "./vocabulary.ts";

/** A search of its own buffers: one at a time, but as often as wanted. */
export interface Matcher {
  match(path: Path, overlay?: Overlay): Match | undefined;
  /** Whether the last search was given up for its length. */
  isGivenUp(): boolean;
}

/**
 * Depth first over both graphs at once, at every node in AIML's order of precedence. Nothing is
 * allocated on the way.
 */
export function createMatcher(base: Graph, members: Members): Matcher {
  const search = createSearch(base, members);
  return {
    match(path, overlay) {
      prepare(search, path, overlay);
      const root = pair(ROOT, overlay ? ROOT : NO_NODE);
      return walk(search, root, 0) ? toMatch(search) : undefined;
    },
    isGivenUp: () => search.steps > MAX_STEPS,
  };
}

/**
 * A node of the bot's graph and one of the person's on the same path, as one number; either may be
 * missing.
 */
type Pair = number;

const NO_PAIR: Pair = 0;
const PAIR_FACTOR = 2 ** 26;

/** Until so many steps failures are not written down: the usual search ends long before. */
const STEPS_BEFORE_MEMORY = 512;

function pair(base: number, learned: number): Pair {
  return base + 1 + (learned + 1) * PAIR_FACTOR;
}

function baseOf(node: Pair): number {
  return (node < PAIR_FACTOR ? node : node % PAIR_FACTOR) - 1;
}

function learnedOf(node: Pair): number {
  return node < PAIR_FACTOR ? NO_NODE : Math.floor(node / PAIR_FACTOR) - 1;
}

function walk(search: Search, node: Pair, at: number): boolean {
  if (++search.steps > MAX_STEPS) return false;
  const flags = flagsOf(search, node);
  const isMark = at === search.thatMark || at === search.topicMark || at === search.end;
  return (
    ((flags & HAS_PRIORITY) !== 0 && !isMark && takePriorityWord(search, node, at)) ||
    ((flags & HAS_HASH) !== 0 && takeAnyNumber(search, next(search, node, HASH), at)) ||
    ((flags & HAS_UNDERSCORE) !== 0 && takeSome(search, next(search, node, UNDERSCORE), at)) ||
    (isMark
      ? passMark(search, node, at)
      : (flags & HAS_WORD) !== 0 && takeWord(search, node, at)) ||
    ((flags & HAS_SET) !== 0 && !isMark && takeMember(search, node, at)) ||
    ((flags & HAS_CARET) !== 0 && takeAnyNumber(search, next(search, node, CARET), at)) ||
    ((flags & HAS_STAR) !== 0 && takeSome(search, next(search, node, STAR), at))
  );
}

function flagsOf(search: Search, node: Pair): number {
  const base = baseOf(node);
  const flags = base === NO_NODE ? 0 : (search.base.flags[base] ?? 0);
  if (node < PAIR_FACTOR || !search.learned) return flags;
  return flags | (search.learned.flags[learnedOf(node)] ?? 0);
}

function next(search: Search, node: Pair, id: number): Pair {
  return nextBy(search, node, wordLabel(id));
}

function nextBy(search: Search, node: Pair, label: number): Pair {
  const from = baseOf(node);
  const base = from === NO_NODE ? NO_NODE : childOf(search.base, from, label);
  if (node < PAIR_FACTOR || !search.learned) return base + 1;
  return pair(base, childOf(search.learned, learnedOf(node), label));
}

function takePriorityWord(search: Search, node: Pair, at: number): boolean {
  const child = nextBy(search, node, priorityLabel(search.ids[at] ?? UNKNOWN));
  return child !== NO_PAIR && walk(search, child, at + 1);
}

function takeWord(search: Search, node: Pair, at: number): boolean {
  const child = next(search, node, search.ids[at] ?? UNKNOWN);
  return child !== NO_PAIR && walk(search, child, at + 1);
}

/** The end of a part: on into the next one, or the category for which the next ones do not matter. */
function passMark(search: Search, node: Pair, at: number): boolean {
  const child = at === search.end ? NO_PAIR : next(search, node, search.ids[at] ?? UNKNOWN);
  return (child !== NO_PAIR && walk(search, child, at + 1)) || arrive(search, node, at);
}

function arrive(search: Search, node: Pair, at: number): boolean {
  const learned = node < PAIR_FACTOR ? NOTHING : learnedValue(search, learnedOf(node));
  const base = baseOf(node);
  search.isLearned = learned !== NOTHING;
  search.category = base === NO_NODE || search.isLearned ? learned : valueAt(search.base, base);
  if (search.category === NOTHING) return false;
  // A part that a category does not name is a `*` that took all of it.
  if (at <= search.thatMark) capture(search, search.thatMark + 1, search.topicMark);
  if (at <= search.topicMark) capture(search, search.topicMark + 1, search.end);
  return true;
}

function learnedValue(search: Search, node: number): number {
  return search.learned ? valueAt(search.learned, node) : NOTHING;
}

function takeAnyNumber(search: Search, child: Pair, at: number): boolean {
  capture(search, at, at);
  return stretch(search, child, at);
}

function takeSome(search: Search, child: Pair, at: number): boolean {
  capture(search, at, at);
  return stretch(search, child, at + 1);
}

/** Lets the wildcard opened last end at `from` or later, as early as the rest of the path allows. */
function stretch(search: Search, child: Pair, from: number): boolean {
  const mine = search.captured;
  const known = search.failedFrom.size === 0 ? undefined : search.failedFrom.get(child);
  const start = search.captures[mine * 2 - 2] ?? from;
  const last = Math.min(partEnd(search, start), known === undefined ? search.end : known - 1);
  for (let end = from; end <= last && search.steps <= MAX_STEPS; end++) {
    search.captures[mine * 2 - 1] = end;
    if (walk(search, child, end)) return true;
    search.captured = mine;
  }
  search.captured = mine - 1;
  if (search.steps > STEPS_BEFORE_MEMORY && from < (known ?? search.end + 1))
    search.failedFrom.set(child, from);
  return false;
}

function takeMember(search: Search, node: Pair, at: number): boolean {
  for (const label of setLabels(search, node)) {
    if (++search.steps > MAX_STEPS) return false;
    const bottom = search.memberEnds.length;
    collectEnds(search, label, at);
    capture(search, at, at);
    if (tryEnds(search, nextBy(search, node, label), bottom)) return true;
    search.captured--;
  }
  return false;
}

function setLabels(search: Search, node: Pair): readonly number[] {
  const own = search.base.sets.get(baseOf(node)) ?? NO_LABELS;
  if (node < PAIR_FACTOR) return own;
  const learned = search.learned?.sets.get(learnedOf(node)) ?? NO_LABELS;
  return learned.length === 0 ? own : [...new Set([...own, ...learned])];
}

const NO_LABELS: readonly number[] = [];

/** Where the members that begin at `start` end, the longest last. */
function collectEnds(search: Search, label: number, start: number): void {
  const { members, ids, memberEnds } = search;
  if (label === members.numberLabel) {
    if (IS_NUMBER.test(wordAt(search, start))) memberEnds.push(start + 1);
    return;
  }
  const end = partEnd(search, start);
  let node = childOf(members.graph, ROOT, label);
  for (let at = start; node !== NO_NODE && at < end; at++) {
    search.steps++;
    node = childOf(members.graph, node, wordLabel(ids[at] ?? UNKNOWN));
    if (node !== NO_NODE && valueAt(members.graph, node) !== NOTHING) memberEnds.push(at + 1);
  }
}

const IS_NUMBER = /^\p{Nd}+$/u;

function tryEnds(search: Search, child: Pair, bottom: number): boolean {
  const mine = search.captured;
  while (search.memberEnds.length > bottom) {
    const end = search.memberEnds.pop() ?? 0;
    if (search.failedAt.get(child)?.has(end)) continue;
    search.captures[mine * 2 - 1] = end;
    if (walk(search, child, end)) return true;
    search.captured = mine;
    if (search.steps > STEPS_BEFORE_MEMORY) noteFailure(search, child, end);
  }
  return false;
}

function noteFailure({ failedAt }: Search, child: Pair, at: number): void {
  const positions = failedAt.get(child) ?? new Set();
  failedAt.set(child, positions.add(at));
}

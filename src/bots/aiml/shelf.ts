import type { Learner } from "./learning.ts";
import { LESSON } from "./ledger.ts";
import { type Lesson, type Lessons, readLessons } from "./lessons.ts";
import { MAX_COMPILED_BYTES } from "./limits.ts";
import { type LearnedOverlay, toOverlay } from "./overlay.ts";
import type { PathRules } from "./paths.ts";
import { createRecent } from "./recent.ts";
import { extendVocabulary } from "./vocabulary.ts";

/** One person's lessons, and those for all that they were compiled with. */
export interface Taught {
  /** What the person's memory calls them. */
  revision: string;
  own: Map<string, Lesson>;
  all: Lessons;
  /** All of them in one graph, nobody else's; made when it is first wanted. */
  overlay: LearnedOverlay | undefined;
  /** Bytes, roughly. */
  cost: number;
}

/** Lessons that were read from memories, kept as long as the memories say the same. */
export interface Shelf {
  /** How patterns become paths here. */
  readonly rules: PathRules;
  /** How many words only lessons have. */
  words(): number;
  /** What holds as the message begins. */
  find(learner: Learner): Taught;
  /** The lessons for all, for whoever learned nothing beside them. */
  overlayForAll(): LearnedOverlay;
  /** Has the memory for all looked at again, though it may be the same map. */
  doubtShared(): void;
}

export function createShelf(botRules: PathRules): Shelf {
  // One vocabulary for everything learned: whoever taught a word, it has the same number.
  const vocabulary = extendVocabulary(botRules.vocabulary);
  const rules: PathRules = { ...botRules, vocabulary };
  const people = createRecent<Taught>(MAX_COMPILED_BYTES);
  const all = createLessonsForAll(rules);

  function refresh(taught: Taught, person: Learner["person"], lessons: Lessons): void {
    const revision = person.revision();
    if (taught.revision === revision && taught.all === lessons) return;
    if (taught.revision !== revision) taught.own = readLessons(person.lessons(), rules, taught.own);
    taught.revision = revision;
    taught.all = lessons;
    taught.overlay = undefined;
    taught.cost = costOf(...taught.own.values(), ...lessons.values());
  }

  return {
    rules,
    words: vocabulary.size,
    find({ personId, person, shared }) {
      const lessons = all.in(shared);
      if (person.revision() === "") return toTaught(lessons);
      const taught = people.get(personId) ?? toTaught(lessons);
      refresh(taught, person, lessons);
      people.keep(personId, taught, taught.cost);
      return taught;
    },
    overlayForAll: all.overlay,
    doubtShared: all.doubt,
  };
}

/** What lessons take beside the memory they come from. */
export function costOf(...lessons: readonly Lesson[]): number {
  return lessons.reduce(
    (bytes, lesson) => bytes + lesson.bytes * BYTES_PER_BYTE + lesson.path.length * BYTES_PER_NODE,
    BYTES_PER_GRAPH,
  );
}

const BYTES_PER_BYTE = 4;
const BYTES_PER_NODE = 40;
const BYTES_PER_GRAPH = 2_000;

function toTaught(all: Lessons): Taught {
  return { revision: "", own: new Map(), all, overlay: undefined, cost: 0 };
}

/** The lessons in the memory for everybody, by the map it was last; equal ones stay the same. */
function createLessonsForAll(rules: PathRules) {
  let memory: ReadonlyMap<string, string> | undefined;
  let lessons: Lessons = new Map();
  let overlay: LearnedOverlay | undefined;
  return {
    in(shared: Learner["shared"]): Lessons {
      if (shared.memory === memory) return lessons;
      memory = shared.memory;
      const found = readLessons(shared.entries(LESSON), rules, lessons);
      if (isSame(found, lessons)) return lessons;
      lessons = found;
      overlay = undefined;
      return lessons;
    },
    overlay(): LearnedOverlay {
      overlay ??= toOverlay(rules.vocabulary, lessons.values());
      return overlay;
    },
    doubt(): void {
      memory = undefined;
    },
  };
}

function isSame(one: Lessons, other: Lessons): boolean {
  if (one.size !== other.size) return false;
  for (const [key, lesson] of one) if (other.get(key) !== lesson) return false;
  return true;
}

import type { Category } from "./categories.ts";
import type { Draft } from "./draft.ts";
import { LESSON } from "./ledger.ts";
import { isLearnable, type Lesson, type Lessons, toLesson } from "./lessons.ts";
import {
  MAX_LEARNED,
  MAX_LEARNED_BYTES_FOR_ALL,
  MAX_LEARNED_FOR_ALL,
  MAX_NEW_WORDS,
} from "./limits.ts";
import type { Person } from "./memory.ts";
import { addLesson, type LearnedOverlay, toOverlay } from "./overlay.ts";
import type { PathRules } from "./paths.ts";
import type { Audience } from "./piece.ts";
import { costOf, createShelf, type Shelf, type Taught } from "./shelf.ts";

/** What one person is answered with beside the bot's files, during one message. */
export interface Learned {
  /** Undefined where nothing was learned. */
  overlay(): LearnedOverlay | undefined;
  /** Adds a category, in the place of one on the same path; the limit that forbids it. */
  add(category: Category, audience: Audience): string | undefined;
  /** Forgets all that was learned for the person, or for everybody. */
  forget(audience: Audience): void;
}

/** Who learns, and where it is written down. */
export interface Learner {
  readonly personId: string;
  readonly person: Person;
  /** The memory for everybody. */
  readonly shared: Draft;
}

/** What is learned by answering. */
export interface Learning {
  of(learner: Learner): Learned;
}

/**
 * Keeps what was learned lately compiled; the memories say each time what of it still holds. What is learned
 * for everybody may take `wantedBytes`, but never more than the limit; NaN asks for that.
 */
export function createLearning(rules: PathRules, wantedBytes: number): Learning {
  const most = MAX_LEARNED_BYTES_FOR_ALL;
  const maxBytes = Number.isNaN(wantedBytes) ? most : Math.min(wantedBytes, most);
  let shelf = createShelf(rules);
  let maxWords = MAX_NEW_WORDS;
  return {
    of(learner) {
      const isDue = shelf.words() > maxWords;
      // Words of what was forgotten are let go with all others; those still in use come back.
      if (isDue) shelf = createShelf(rules);
      const taught = shelf.find(learner);
      if (isDue) maxWords = shelf.words() + MAX_NEW_WORDS;
      return open({ shelf, learner, maxBytes, taught, draft: undefined });
    },
  };
}

/** One message's learning. */
interface Session {
  readonly shelf: Shelf;
  readonly learner: Learner;
  readonly maxBytes: number;
  readonly taught: Taught;
  /** The lessons for all once this message has changed them: nobody else's before they are stored. */
  draft: Map<string, Lesson> | undefined;
}

function open(session: Session): Learned {
  const { shelf, taught } = session;
  return {
    overlay() {
      if (taught.own.size + taught.all.size === 0) return undefined;
      if (taught.own.size === 0 && !session.draft) return shelf.overlayForAll();
      const { vocabulary } = shelf.rules;
      taught.overlay ??= toOverlay(vocabulary, taught.all.values(), taught.own.values());
      return taught.overlay;
    },
    add(category, audience) {
      const [key, lesson] = toLesson(category, shelf.rules);
      if (!isLearnable(lesson)) return "learned";
      const learn = audience === "person" ? learnAlone : learnForAll;
      return learn(session, key, lesson);
    },
    forget(audience) {
      taught.overlay = undefined;
      if (audience === "person") forgetAlone(session);
      else forgetForAll(session);
    },
  };
}

function learnAlone(
  { taught, learner: { person } }: Session,
  key: string,
  lesson: Lesson,
): string | undefined {
  if (taught.own.size >= MAX_LEARNED && !taught.own.has(key)) return "learned";
  if (!person.learn(key, lesson.text)) return "memory";
  taught.own.set(key, lesson);
  taught.cost += costOf(lesson);
  taught.revision = person.revision();
  if (taught.overlay) addLesson(taught.overlay, lesson);
  return undefined;
}

function learnForAll(session: Session, key: string, lesson: Lesson): string | undefined {
  const { shelf, taught, learner, maxBytes } = session;
  if (taught.all.get(key)?.text === lesson.text) return undefined;
  if (!hasRoom(taught.all, key, { lesson, maxBytes })) return "learned-for-all";
  learner.shared.write(key, lesson.text);
  shelf.doubtShared();
  session.draft ??= new Map(taught.all);
  taught.all = session.draft.set(key, lesson);
  // The person's own category on the same path goes before it.
  if (taught.overlay && !taught.own.has(key)) addLesson(taught.overlay, lesson);
  return undefined;
}

function hasRoom(
  lessons: Lessons,
  key: string,
  { lesson, maxBytes }: { lesson: Lesson; maxBytes: number },
): boolean {
  if (lessons.size >= MAX_LEARNED_FOR_ALL && !lessons.has(key)) return false;
  let bytes = lesson.bytes - (lessons.get(key)?.bytes ?? 0);
  for (const other of lessons.values()) bytes += other.bytes;
  return bytes <= maxBytes;
}

function forgetAlone({ taught, learner: { person } }: Session): void {
  person.unlearn();
  taught.own.clear();
  taught.revision = person.revision();
}

function forgetForAll(session: Session): void {
  const { shared } = session.learner;
  for (const [key] of shared.entries(LESSON)) shared.write(key, null);
  session.shelf.doubtShared();
  session.draft = new Map();
  session.taught.all = session.draft;
}

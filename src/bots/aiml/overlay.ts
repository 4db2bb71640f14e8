import type { Category } from "./categories.ts";
import { createGraph, NOTHING, putAt } from "./graph.ts";
import type { Lesson } from "./lessons.ts";
import type { Overlay } from "./search.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Learned categories, matched beside the bot's own. */
export interface LearnedOverlay extends Overlay {
  /** The values in the graph are places in it. */
  readonly categories: Category[];
}

/** A graph of lessons; of two on the same path the later one holds. */
export function toOverlay(
  vocabulary: Vocabulary,
  ...lessons: readonly Iterable<Lesson>[]
): LearnedOverlay {
  const overlay = { graph: createGraph(), vocabulary, categories: [] };
  for (const some of lessons) for (const lesson of some) addLesson(overlay, lesson);
  return overlay;
}

/** Adds a lesson, in the place of one on the same path. */
export function addLesson({ graph, categories }: LearnedOverlay, lesson: Lesson): void {
  const next = categories.length;
  const before = putAt(graph, lesson.path, next);
  if (before !== NOTHING) putAt(graph, lesson.path, before);
  categories[before === NOTHING ? next : before] = lesson.category;
}

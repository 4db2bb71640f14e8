import type { Category } from "./categories.ts";
import { nestingOf } from "./evaluate.ts";
import { priorityLabel, setLabel, wordLabel } from "./graph.ts";
import { LESSON } from "./ledger.ts";
import { fromText, toText } from "./lesson-texts.ts";
import { MAX_LEARNED_LENGTH, MAX_LEARNED_PATTERN_WORDS, MAX_XML_DEPTH } from "./limits.ts";
import { type PathRules, toPath } from "./paths.ts";
import { CARET, HASH, STAR, THAT_MARK, TOPIC_MARK, UNDERSCORE } from "./vocabulary.ts";

/** A category that was learned. */
export interface Lesson {
  /** As it is kept in a memory. */
  readonly text: string;
  readonly bytes: number;
  readonly category: Category;
  readonly path: readonly number[];
}

/** What was learned, by the key that it has in a memory. */
export type Lessons = ReadonlyMap<string, Lesson>;

/**
 * A category, and its key: made of the path, so that whoever learns something for the same words, in
 * whatever process, writes to the same place.
 */
export function toLesson(category: Category, rules: PathRules): readonly [string, Lesson] {
  return withText(toText(category), category, rules);
}

/** Reads what a memory holds; what is `known` already need not be read again. */
export function readLessons(
  entries: Iterable<readonly [string, string]>,
  rules: PathRules,
  known: Lessons,
): Map<string, Lesson> {
  const lessons = new Map<string, Lesson>();
  for (const [written, text] of entries) {
    const found = known.get(written);
    const read = found?.text === text ? ([written, found] as const) : readLesson(text, rules);
    if (!read) continue;
    const [key, lesson] = read;
    // Earlier versions counted their keys, and the bot's substitutions may have changed since.
    if (key === written || !lessons.has(key)) lessons.set(key, lesson);
  }
  return lessons;
}

/** Whether a lesson is small enough to be kept and matched. */
export function isLearnable({ text, path, category }: Lesson): boolean {
  return (
    text.length <= MAX_LEARNED_LENGTH &&
    path.length <= MAX_LEARNED_PATTERN_WORDS &&
    nestingOf(category.template) <= MAX_XML_DEPTH
  );
}

/** Undefined where the text was damaged since it was written. */
function readLesson(text: string, rules: PathRules): readonly [string, Lesson] | undefined {
  const category = text.length > MAX_LEARNED_LENGTH ? undefined : fromText(text);
  const read = category && withText(text, category, rules);
  return read && isLearnable(read[1]) ? read : undefined;
}

function withText(text: string, category: Category, rules: PathRules): readonly [string, Lesson] {
  const names = new Map(MARKS);
  const intern = (word: string) => {
    const id = rules.vocabulary.intern(word);
    const upper = word.toUpperCase();
    names.set(wordLabel(id), upper);
    names.set(priorityLabel(id), `$${upper}`);
    names.set(setLabel(id), `<${upper}>`);
    return id;
  };
  const path = toPath(category, { ...rules, vocabulary: { ...rules.vocabulary, intern } });
  // The space tells these keys from the numbers of earlier versions.
  const key = LESSON + path.map((label) => ` ${names.get(label)}`).join("");
  return [key, { text, bytes: Buffer.byteLength(key + text), category, path }];
}

const MARKS: ReadonlyMap<number, string> = new Map([
  [wordLabel(THAT_MARK), "<THAT>"],
  [wordLabel(TOPIC_MARK), "<TOPIC>"],
  [wordLabel(HASH), "#"],
  [wordLabel(UNDERSCORE), "_"],
  [wordLabel(CARET), "^"],
  [wordLabel(STAR), "*"],
]);

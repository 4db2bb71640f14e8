import type { Category } from "./categories.ts";
import { priorityLabel, setLabel, wordLabel } from "./graph.ts";
import { LESSON } from "./ledger.ts";
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
  const { pattern, that, topic, template } = category;
  return withText(JSON.stringify([pattern, that, topic, template]), category, rules);
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
    const [key, lesson] =
      found?.text === text ? [written, found] : withText(text, fromText(text), rules);
    // Earlier versions counted their keys, and the bot's substitutions may have changed since.
    if (key === written || !lessons.has(key)) lessons.set(key, lesson);
  }
  return lessons;
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

/** Only what `toLesson` made is ever read here. */
function fromText(text: string): Category {
  const [pattern, that, topic, template] = JSON.parse(text);
  return { pattern, that, topic, template, file: "learned", line: 0, column: 0 };
}

import { MAX_INPUT_LENGTH } from "./limits.ts";
import type { Words } from "./words.ts";

/** Something a person may choose: what they read, and what is answered when they do. */
export interface Option {
  readonly label: string;
  readonly postback: string;
}

/** Whether people read a number before each option: a lone one with a number looks like a mistake. */
export function areNumbered(options: readonly Option[]): boolean {
  return options.length > 1;
}

/** The postback of the option that a person's text is the label or the number of. */
export function chosenBy(
  typed: string,
  options: readonly Option[],
  words: Words,
): string | undefined {
  if (options.length === 0) return undefined;
  const wanted = toKey(typed, words);
  const option =
    options.find(({ label }) => wanted !== "" && toKey(label, words) === wanted) ??
    (areNumbered(options) ? options[numberIn(typed) - 1] : undefined);
  return option?.postback.slice(0, MAX_INPUT_LENGTH);
}

/** As a pattern would see it: case, punctuation and contractions make no difference. */
function toKey(text: string, words: Words): string {
  return words.sentence(text).words.join(" ").toUpperCase();
}

/** The number that is all of a text: `2`, `2.` or `(2)`; 0 where there is none. */
function numberIn(typed: string): number {
  return Number(/^[(#]?(\d{1,4})[.)!]*$/.exec(typed)?.[1] ?? 0);
}

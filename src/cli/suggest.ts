import { closestMatch } from "leven";

/** With more typing errors than this a suggestion is a guess. */
const MOST_EDITS = 2;

/** The hint for a word that is not known: the nearest one that is, else where to look. */
export function closest(word: string, known: readonly string[]): string {
  // Letters are swapped more often than lost, so of two that are as near the one as long as the word wins.
  const surplus = (other: string) => Math.abs(other.length - word.length);
  const byLength = known.toSorted((a, b) => surplus(a) - surplus(b));
  const match = closestMatch(word, byLength, { maxDistance: MOST_EDITS });
  return match ? `Did you mean ${match}?` : "See: botline help";
}

import { foldCase } from "./fold.ts";
import { ABSENT, addString, createStrings, findString, type Strings } from "./strings.ts";

/** Numbers for words: comparing and looking up is done with these. Case does not count. */
export interface Vocabulary {
  /** The word's number, or UNKNOWN. */
  idOf(word: string): number;
  /** The word's number, given now where it has none. */
  intern(word: string): number;
}

/** No pattern and no set has this word. */
export const UNKNOWN = 0;

// Numbers of what is no word: the marks between the parts of a path, and the wildcards.
export const THAT_MARK = 1;
export const TOPIC_MARK = 2;
export const HASH = 3;
export const UNDERSCORE = 4;
export const CARET = 5;
export const STAR = 6;
const FIRST_WORD = 16;

/** The bot's own words; those in `words` have their numbers already. */
export function createVocabulary(words: Strings): Vocabulary {
  return {
    idOf(word) {
      const number = findString(words, foldCase(word));
      return number === ABSENT ? UNKNOWN : FIRST_WORD + number;
    },
    intern: (word) => FIRST_WORD + addString(words, foldCase(word)),
  };
}

/** Words beside a bot's own. */
export interface MoreWords extends Vocabulary {
  /** How many there are. */
  size(): number;
}

/** Words that people brought, beside the bot's, which stay as they are: their numbers are negative. */
export function extendVocabulary(base: Vocabulary): MoreWords {
  const own = createStrings();
  return {
    idOf(word) {
      const known = base.idOf(word);
      if (known !== UNKNOWN) return known;
      const number = findString(own, foldCase(word));
      return number === ABSENT ? UNKNOWN : -1 - number;
    },
    intern: (word) => base.idOf(word) || -1 - addString(own, foldCase(word)),
    size: () => own.count,
  };
}

/** Numbers for words: comparing and looking up is done with these. Case does not count. */
export interface Vocabulary {
  /** The word's number, or UNKNOWN. */
  idOf(word: string): number;
  /** The word's number, given now where it has none. */
  intern(word: string): number;
  /** Every word there is, upper case, by number from FIRST_WORD on. */
  readonly words: readonly string[];
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

/** The bot's own words; `words` are those that have their numbers already. */
export function createVocabulary(words: string[] = []): Vocabulary {
  return table(
    words,
    (index) => FIRST_WORD + index,
    () => UNKNOWN,
  );
}

/** One person's words beside the bot's, which stay as they are: their numbers are negative. */
export function extendVocabulary(base: Vocabulary): Vocabulary {
  const words: string[] = [];
  return table(words, (index) => -1 - index, base.idOf);
}

function table(
  words: string[],
  number: (index: number) => number,
  below: (word: string) => number,
): Vocabulary {
  const ids = new Map(words.map((word, index) => [word, number(index)]));
  const find = (upper: string) => below(upper) || (ids.get(upper) ?? UNKNOWN);
  return {
    words,
    idOf: (word) => find(word.toUpperCase()),
    intern(word) {
      const upper = word.toUpperCase();
      const known = find(upper);
      if (known !== UNKNOWN) return known;
      const id = number(words.length);
      words.push(upper);
      ids.set(upper, id);
      return id;
    },
  };
}

/**
 * A text with spaces between characters that need none: those of scripts whose words are not spaced, and
 * emoji, which people put right behind a word. `closeUp` takes the spaces out again.
 */
export function spaceOut(text: string): string {
  const plain = text.replace(ANY_JOINER, "");
  if (!HAS_UNIT.test(plain)) return plain;
  return plain
    .replace(UNIT, `${JOINS_BEFORE}$&${JOINS_AFTER}`)
    .replace(NOT_JOINED, "")
    .replace(JOINED_AFTER, `${JOINS_AFTER} `)
    .replace(JOINED_BEFORE, ` ${JOINS_BEFORE}`);
}

/** A text, or a part of one, without the spaces that `spaceOut` put there. */
export function closeUp(text: string): string {
  return text.replace(JOINT, "");
}

/** A pattern's text with spaces around wildcards that stand beside a character that needs none. */
export function spaceWildcards(text: string): string {
  return HAS_UNSPACED.test(text) ? text.replace(UNSPACED_WILDCARD, " $& ") : text;
}

/** Whether a word may begin or end between two characters although no space is there. */
export function isUnspaced(before: string, after: string): boolean {
  return (IN_UNSPACED.test(before) || HAS_UNSPACED.test(after)) && !IS_MARK.test(after);
}

/**
 * The letters of scripts whose words are not spaced, and the marks that are written on them. Set operations
 * of the `v` flag would say it shorter, but reading them takes ten milliseconds of every start.
 */
const UNSPACED_SCRIPTS = "Han Hiragana Katakana Thai Lao Khmer Myanmar"
  .split(" ")
  .map((script) => `\\p{Script=${script}}`)
  .join("");
const UNSPACED = `(?=\\p{L})[${UNSPACED_SCRIPTS}ーｰ]`;
const MARK = "[\\p{M}\\uFF9E\\uFF9F]";
const HAS_UNSPACED = new RegExp(UNSPACED, "u");
const IN_UNSPACED = new RegExp(`[${UNSPACED_SCRIPTS}]`, "u");
const IS_MARK = new RegExp(MARK, "u");
const UNSPACED_WILDCARD = new RegExp(`(?<=${UNSPACED}${MARK}*)[*^#_]|[*^#_](?=${UNSPACED})`, "gu");

/** An emoji with all that belongs to it: people put it right behind a word, and one behind the other. */
const PICTURE =
  "\\p{Extended_Pictographic}[\\p{Emoji_Modifier}\\p{Variation_Selector}\\u20E3\\u{E0020}-\\u{E007F}]*";
const EMOJI = `\\p{RI}\\p{RI}|${PICTURE}(?:\\u200D${PICTURE})*`;

/** What is a word of its own with or without spaces around it. */
const UNIT = new RegExp(`${UNSPACED}${MARK}*|${EMOJI}`, "gu");
const HAS_UNIT = new RegExp(`${UNSPACED}|\\p{RI}|\\p{Extended_Pictographic}`, "u");

/** Unseen and not compared: where no space was written, so that words can be put together again. */
const JOINS_AFTER = "\u2060";
const JOINS_BEFORE = "\u2061";
const JOINERS = "[\u2060\u2061]";
const ANY_JOINER = new RegExp(JOINERS, "g");
const JOINT = new RegExp(` ?${JOINERS} ?`, "g");
const NOT_JOINED = new RegExp(`${JOINERS}+(?=\\s|$)|(?<=\\s|^)${JOINERS}+`, "g");
const JOINED_AFTER = new RegExp(`${JOINS_AFTER}${JOINS_BEFORE}?`, "g");
const JOINED_BEFORE = new RegExp(`(?<!\\s)${JOINS_BEFORE}`, "g");

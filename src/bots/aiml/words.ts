import { MAX_CACHED_TEXTS } from "./limits.ts";
import type { Substitute } from "./substitutions.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** The words of one sentence as they were written, and their numbers. */
export interface Sentence {
  readonly words: readonly string[];
  readonly ids: Int32Array;
  /** Whether any of its words are of a script that is written without spaces. */
  readonly isUnspaced: boolean;
}

/** From text to words, the same way for what people type, for srai, that and topic. */
export interface Words {
  /** Substitutes, splits at sentence marks, drops punctuation; no sentence is empty. */
  sentences(text: string): readonly Sentence[];
  /** One sentence's words; sentence marks are punctuation like any other. */
  sentence(text: string): Sentence;
  /** The text cut at sentence marks and otherwise as it was. */
  pieces(text: string): readonly string[];
}

/** What a bot's files say about words. */
export interface WordRules {
  readonly normalize: Substitute;
  readonly splitters: string;
  readonly vocabulary: Vocabulary;
}

export function createWords({ normalize, splitters, vocabulary }: WordRules): Words {
  const marks = toMarks(splitters);
  const pieces = (text: string) =>
    marks
      ? text
          .split(marks)
          .map((piece) => piece.trim())
          .filter((piece) => piece !== "")
      : [text.trim()];
  const toSentence = (piece: string) => {
    const words = splitWords(piece);
    const isUnspaced = HAS_ODD.test(piece) && HAS_UNSPACED.test(piece);
    return { words, ids: Int32Array.from(words, vocabulary.idOf), isUnspaced };
  };
  const sentences = cached((text) =>
    pieces(normalize(text))
      .map(toSentence)
      .filter(({ words }) => words.length > 0),
  );
  const sentence = cached((text) => toSentence(normalize(text)));
  return { sentences, sentence, pieces };
}

/** Words as they stand in a text: no punctuation, and each character one where no spaces are written. */
export function splitWords(text: string): string[] {
  const bare = HAS_ODD.test(text) ? spaceOut(text.replace(PUNCTUATION, " ")) : text;
  return bare.split(" ").filter((word) => word !== "");
}

/** Whether a text holds more than words and white space. */
export function hasPunctuation(text: string): boolean {
  return HAS_ODD.test(text) && HAS_PUNCTUATION.test(text);
}

/** A sentence's words put together again, from `start` up to `end`. */
export function joinWords({ words, isUnspaced }: Sentence, start: number, end: number): string {
  let joined = words[start] ?? "";
  for (let at = start + 1; at < end; at++) joined += ` ${words[at]}`;
  if (start === end) return "";
  return isUnspaced ? joined.replace(BETWEEN_UNSPACED, "") : joined;
}

/** Everything but letters, digits and single spaces needs a second look. */
const HAS_ODD = /[^A-Za-z0-9 ]/;
const PUNCTUATION = /[\p{P}\p{C}\s$+<=>^`|~]/gu;
const HAS_PUNCTUATION = /[\p{P}\p{C}$+<=>^`|~]/u;

const UNSPACED = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー]";
const HAS_UNSPACED = new RegExp(UNSPACED, "u");
const EACH_UNSPACED = new RegExp(UNSPACED, "gu");
const BETWEEN_UNSPACED = new RegExp(`(?<=${UNSPACED}) (?=${UNSPACED})`, "gu");

function spaceOut(text: string): string {
  return HAS_UNSPACED.test(text) ? text.replace(EACH_UNSPACED, " $& ") : text;
}

function toMarks(splitters: string): RegExp | undefined {
  const characters = splitters.replace(/\s/g, "").replace(/[\\\]^-]/g, "\\$&");
  return characters === "" ? undefined : new RegExp(`[${characters}]+`, "u");
}

/** Remembers the results of a pure function; forgets all at once when there are too many. */
function cached<Result>(compute: (text: string) => Result): (text: string) => Result {
  const results = new Map<string, Result>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined) return known;
    if (results.size >= MAX_CACHED_TEXTS) results.clear();
    const result = compute(text);
    results.set(text, result);
    return result;
  };
}

import { MAX_CACHED_LENGTH, MAX_CACHED_TEXTS } from "./limits.ts";
import { closeUp, spaceOut } from "./spacing.ts";
import type { Substitute } from "./substitutions.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** The words of one sentence as they were written, and their numbers. */
export interface Sentence {
  readonly words: readonly string[];
  /** Nothing in them has to be put together otherwise than with spaces. */
  readonly isAscii: boolean;
  readonly ids: Int32Array;
}

/** From text to words, the same way for what people type, for srai, that and topic. */
export interface Words {
  /** Substitutes, splits at sentence marks, drops punctuation; no sentence is empty. */
  sentences(text: string): readonly Sentence[];
  /** One sentence's words; sentence marks are punctuation like any other. */
  sentence(text: string): Sentence;
  /** As many as `sentences` finds, as they were typed; their words alone where marks were substituted. */
  typed(text: string): readonly string[];
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
    const isAscii = !NOT_ASCII.test(piece);
    return { words, isAscii, ids: Int32Array.from(words, vocabulary.idOf) };
  };
  const sentences = cached(normalize, (text) =>
    pieces(text)
      .map(toSentence)
      .filter(({ words }) => words.length > 0),
  );
  const sentence = cached(normalize, toSentence);
  const typed = (text: string) => toTyped(text, pieces(text), sentences(text));
  return { sentences, sentence, typed, pieces };
}

function toTyped(
  text: string,
  pieces: readonly string[],
  sentences: readonly Sentence[],
): readonly string[] {
  if (sentences.length === 1) return pieces.length === 1 ? pieces : [text.trim()];
  if (sentences.length === pieces.length) return pieces;
  return sentences.map((sentence) => joinWords(sentence));
}

/** Words as they stand in a text: no punctuation, and each character one where no spaces are written. */
export function splitWords(text: string): string[] {
  return bare(text)
    .split(" ")
    .filter((word) => word !== "");
}

/** Whether a text holds more than words and white space. */
export function hasPunctuation(text: string): boolean {
  return HAS_ODD.test(text) && HAS_PUNCTUATION.test(text);
}

/** A text with spaces for all that is neither word nor white space. */
export function withoutPunctuation(text: string): string {
  return HAS_ODD.test(text) ? text.replace(PUNCTUATION, " ").replace(/ {2,}/g, " ") : text;
}

/** A sentence's words put together again as they were written, from `start` up to `end`. */
export function joinWords(
  { words, isAscii }: Sentence,
  start = 0,
  end: number = words.length,
): string {
  let joined = start < end ? (words[start] ?? "") : "";
  for (let at = start + 1; at < end; at++) joined += ` ${words[at]}`;
  return isAscii ? joined : closeUp(joined);
}

function bare(text: string): string {
  if (!HAS_ODD.test(text)) return text;
  if (!NOT_ASCII.test(text)) return text.replace(ASCII_PUNCTUATION, " ");
  return spaceOut(text.replace(PUNCTUATION, " ").replace(INVISIBLE_WORD, ""));
}

/** Everything but letters, digits and single spaces needs a second look. */
const HAS_ODD = /[^A-Za-z0-9 ]/;
const NOT_ASCII = /[^ -~]/;
const ASCII_PUNCTUATION = /[^A-Za-z0-9]/g;

/** Invisible signs that join characters stay with them; an invisible space is one. */
const SIGNS =
  "\\p{P}\\p{Cc}\\p{Cn}\\p{Co}\\p{Cs}\\u200B\\u02BB\\u02BC$+<=>^`\\|~＄＋＜＝＞＾｀｜～";
const PUNCTUATION = new RegExp(`[${SIGNS}\\s]`, "gu");
const HAS_PUNCTUATION = new RegExp(`[${SIGNS}]`, "u");
const INVISIBLE_WORD = /(?<!\S)(?:\p{Cf}|\p{Variation_Selector})+(?!\S)/gu;

function toMarks(splitters: string): RegExp | undefined {
  const characters = splitters.replace(/\s/g, "").replace(/[\\\]^-]/g, "\\$&");
  return characters === "" ? undefined : new RegExp(`[${characters}]+`, "u");
}

/** Remembers what comes of short texts, forgetting all at once when there are too many, and of the last long one. */
function cached<Result>(
  normalize: Substitute,
  compute: (text: string) => Result,
): (text: string) => Result {
  const results = new Map<string, Result>();
  let last: { readonly text: string; readonly result: Result } | undefined;
  return (text) => {
    const known = results.get(text);
    if (known !== undefined) return known;
    // A turn asks twice for the words of its message.
    if (last?.text === text) return last.result;
    const normal = normalize(text);
    const result = compute(normal);
    if (Math.max(text.length, normal.length) > MAX_CACHED_LENGTH) last = { text, result };
    else {
      if (results.size >= MAX_CACHED_TEXTS) results.clear();
      results.set(text, result);
    }
    return result;
  };
}

import type { Portion } from "../channel.ts";
import { makeCheaper } from "./cheaper.ts";
import { isPlainGsm } from "./gsm.ts";

// Twilio refuses a longer one (14103, 21617).
export const MAX_TEXT_LENGTH = 1600;

// Outside the plain alphabet it may count a character more than once; how it counts is told nowhere:
// https://www.twilio.com/docs/api/errors/21617
const MOST_PER_CHARACTER = 2;

// Twilio sends no more for one webhook (14109), and reads no answer over 64 kB (11750).
const MAX_TEXTS = 10;
const MAX_TWIML_BYTES = 60_000;

/** Ends the last text of an answer that goes on when the person asks for more. */
export const MORE_MARK = "\n(Text MORE for the rest)";

/** How an answer is shaped into texts. */
export interface Fitting {
  /** How many texts are given at once at most. */
  readonly most: number;
  /** Characters give way to look-alikes where that makes a text cheaper. */
  readonly isCheap: boolean;
}

/**
 * Shapes an answer's messages into texts a phone can get: safe characters only, and what is longer than
 * one text split at the end of a sentence, else of a word, else of a character as people see it. A text is
 * as long as may be: the phone puts the parts of one together in their order, and two may change places.
 * What is more than is given at once is kept, in messages as a bot gives them, and said to be.
 */
export function fit(messages: readonly string[], { most, isCheap }: Fitting): Portion {
  const sendable = messages.map(toSendable).map((text) => (isCheap ? makeCheaper(text) : text));
  const whole = toTexts(sendable);
  if (whole.length <= countAtOnce(whole, most)) return { now: whole, later: [] };
  // Split anew, with room for the mark: what is kept then begins where a text begins.
  const texts = toTexts(sendable, MORE_MARK.length);
  const count = countAtOnce(texts, most);
  const [now, later] = [texts.slice(0, count), texts.slice(count)];
  if (later.length === 0) return { now, later };
  return { now: [...now.slice(0, -1), `${now.at(-1)}${MORE_MARK}`], later };
}

function countAtOnce(texts: readonly string[], most: number): number {
  return Math.min(most, countThatFit(texts));
}

function toTexts(messages: readonly string[], room = 0): readonly string[] {
  return messages.flatMap((message) => split(message, room));
}

// XML 1.0 has no place for these, not even escaped: the TwiML would be refused, and the answer lost.
const UNSENDABLE = /(?![\n\t])\p{Cc}|\p{Noncharacter_Code_Point}/gu;

function toSendable(answer: string): string {
  return answer.toWellFormed().replace(/\r\n?/g, "\n").replace(UNSENDABLE, "").trim();
}

function split(text: string, room: number): string[] {
  const texts: string[] = [];
  let rest = text;
  while (rest.length > limitOf(rest) - room) {
    const cut = findCut(rest, limitOf(rest) - room);
    texts.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  return rest === "" ? texts : [...texts, rest];
}

function limitOf(text: string): number {
  if (isPlainGsm(text.slice(0, MAX_TEXT_LENGTH))) return MAX_TEXT_LENGTH;
  return MAX_TEXT_LENGTH / MOST_PER_CHARACTER;
}

function findCut(text: string, limit: number): number {
  // One more, to see whether a sentence or word ends right at the limit.
  const window = text.slice(0, limit + 1);
  // A sentence that ends early would leave a stub of a message; then a word's end reads better.
  const sentence = lastEnd(window, /[.!?…][)"'”’]*(?=\s)|[。！？]|\n/gu, limit);
  if (sentence >= limit / 2) return sentence;
  const word = lastEnd(window, /\S(?=\s)/gu, limit);
  return word > 0 ? word : graphemeCut(text, limit);
}

function lastEnd(window: string, pattern: RegExp, limit: number): number {
  const ends = Array.from(window.matchAll(pattern), (match) => match.index + match[0].length);
  return ends.findLast((end) => end <= limit) ?? 0;
}

function graphemeCut(text: string, limit: number): number {
  const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  let cut = 0;
  for (const { index, segment } of graphemes.segment(text.slice(0, limit * 2))) {
    if (index + segment.length > limit) break;
    cut = index + segment.length;
  }
  // A single "character" longer than a message (stacked marks): keep at least surrogate pairs whole.
  return cut > 0 ? cut : limit - (isHighSurrogate(text, limit - 1) ? 1 : 0);
}

function isHighSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xd800 && unit <= 0xdbff;
}

function countThatFit(texts: readonly string[]): number {
  let bytes = 0;
  const tooMuch = texts.findIndex((text, index) => {
    bytes += Buffer.byteLength(Bun.escapeHTML(text));
    return index >= MAX_TEXTS || bytes > MAX_TWIML_BYTES;
  });
  return tooMuch < 0 ? texts.length : tooMuch;
}

import { isAlike, type Outline } from "./resemblance.ts";

/** A text that followed an answer of ours, and what was said before. */
export interface Exchange {
  readonly text: Outline;
  /** What they said before, the latest first. */
  readonly theirs: readonly Outline[];
  /** What we said before, the latest first: the first is what they answer now. */
  readonly ours: readonly Outline[];
  /** From our answer to their text. */
  readonly gapMs: number;
}

/**
 * How much an exchange tells of a machine: 1 for what no person does ten times in a row, less for what somebody may do
 * for a while, below 0 for what tells of a person.
 */
export function weighExchange(exchange: Exchange): number {
  return Math.max(...SIGNS.map((sign) => sign(exchange)));
}

type Sign = (exchange: Exchange) => number;

const SIGNS: readonly Sign[] = [weighHaste, weighEcho, weighRepetition, weighBouncing];

const MACHINE = 1;
// 25 in a row.
const BOTH_SHORT = 0.4;
// 30 in a row: a person may well ask for a joke, and for another one.
const PERHAPS = 1 / 3;
const PERSON = -1;

// Nobody reads, types and sends in less: it is faster than dictation.
const LEAST_MS = 700;
const LEAST_MS_PER_CHARACTER = 50;

function weighHaste({ text, gapMs }: Exchange): number {
  return gapMs < LEAST_MS + LEAST_MS_PER_CHARACTER * text.words.length ? MACHINE : PERSON;
}

/** "You said: …": an echo holds the whole of what it answers. */
function weighEcho({ text, ours }: Exchange): number {
  const [answered] = ours;
  if (answered === undefined || !isTelling(answered)) return PERSON;
  return text.words.includes(answered.words) ? MACHINE : PERSON;
}

// A brisk typist takes longer: who says much the same again sooner than that does not type it.
const BRISK_MS = 2000;
const BRISK_MS_PER_CHARACTER = 200;

function weighRepetition({ text, theirs, ours, gapMs }: Exchange): number {
  const alike = isTelling(text) ? theirs.filter((earlier) => isAlike(text, earlier)) : [];
  if (alike.length === 0) return PERSON;
  if (isChosenFrom(text, ours)) return PERHAPS;
  const isBrisk = gapMs < BRISK_MS + BRISK_MS_PER_CHARACTER * text.words.length;
  const isSame = alike.some(isSameAs(text));
  // A child's sums and guesses go up and down, and are short.
  if (!isSame && !isCounting([text, ...alike])) return isBrisk && isLong(text) ? MACHINE : PERSON;
  return isBrisk || (isSame && isSaidBefore(ours)) ? MACHINE : PERHAPS;
}

/** "Thanks!", "You're welcome", "Thanks!": too short to tell by themselves, unless both sides say them again and again. */
function weighBouncing({ text, theirs, ours }: Exchange): number {
  const isAgain = theirs.slice(0, 3).some(isSameAs(text));
  return isAgain && isSaidBefore(ours) ? BOTH_SHORT : PERSON;
}

/** One of the choices that our answer gave: a tap on a button is as quick as a machine. */
function isChosenFrom({ words }: Outline, [answered]: readonly Outline[]): boolean {
  return answered?.words.includes(words) === true && 2 * words.length <= answered.words.length;
}

function isSaidBefore([answered, ...before]: readonly Outline[]): boolean {
  return answered !== undefined && before.some(isSameAs(answered));
}

function isSameAs(text: Outline): (other: Outline) => boolean {
  return ({ words }) => words === text.words;
}

/** Counters and clocks only go up; the latest comes first. */
function isCounting(texts: readonly Outline[]): boolean {
  const [latest = 0, ...before] = texts.slice(0, 3).map(({ number }) => number);
  return before.every((number, at) => number < (before[at - 1] ?? latest));
}

function isLong({ words }: Outline): boolean {
  return words.length >= 24;
}

/** "Yes" and "12" are anybody's. */
function isTelling({ words }: Outline): boolean {
  return words.length >= 10;
}

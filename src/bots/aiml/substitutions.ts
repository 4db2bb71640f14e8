import { MAX_OUTPUT_LENGTH } from "./limits.ts";
import { isUnspaced } from "./spacing.ts";

/** Replaces words in a text. */
export type Substitute = (text: string) => string;

/**
 * Makes one pass from left to right out of a list of pairs: what was put in is not looked at again, and
 * where two keys fit at one place the earlier one wins. A space at a key's end means that a word begins
 * or ends there; keys without are found inside words too.
 */
export function createSubstitute(pairs: readonly (readonly [string, string])[]): Substitute {
  const rules = toRules(pairs);
  if (rules.byStart.size === 0) return (text) => text;
  return (text) => substitute(rules, text.replace(/\s+/g, " "));
}

interface Rule {
  /** The key without the spaces around it, case folded. */
  readonly core: string;
  /** Its line in the file: the smaller one wins. */
  readonly rank: number;
  readonly opensWord: boolean;
  readonly closesWord: boolean;
  readonly value: string;
  /** The value has no space where the key has one: the text's own space goes too. */
  readonly eatsBefore: boolean;
  readonly eatsAfter: boolean;
}

interface Rules {
  /** By how their cores begin: with which two characters, or which single one. */
  readonly byStart: ReadonlyMap<number, Alike>;
  /** By the ASCII character that a core begins with: where a rule may stand. */
  readonly places: Uint8Array;
}

// Nearly all places of a text are ruled out by these.
const NOWHERE = 0;
const AT_WORD_START = 1;
const ANYWHERE = 2;

/** Rules whose cores begin alike: however many they are, one look per length finds those that fit. */
interface Alike {
  readonly lengths: number[];
  readonly byCore: Map<string, Rule[]>;
}

function toRules(pairs: readonly (readonly [string, string])[]): Rules {
  const byStart = new Map<number, Alike>();
  const places = new Uint8Array(128);
  for (const [rank, [key, value]] of pairs.entries()) {
    const rule = toRule(rank, key, value);
    if (rule.core === "") continue;
    const start = startOf(rule.core, 0, Math.min(rule.core.length, 2));
    const alike = byStart.get(start) ?? { lengths: [], byCore: new Map() };
    byStart.set(start, alike);
    addRule(alike, rule);
    const first = rule.core.charCodeAt(0);
    places[first] = Math.max(places[first] ?? NOWHERE, rule.opensWord ? AT_WORD_START : ANYWHERE);
  }
  return { byStart, places };
}

function addRule({ lengths, byCore }: Alike, rule: Rule): void {
  const { core, opensWord, closesWord } = rule;
  const same = byCore.get(core);
  if (!same) byCore.set(core, [rule]);
  // Of two with the same key the later one never wins.
  else if (!same.some((one) => one.opensWord === opensWord && one.closesWord === closesWord))
    same.push(rule);
  if (!lengths.includes(core.length)) lengths.push(core.length);
}

/** One or two characters of a text as a number. */
function startOf(text: string, at: number, length: number): number {
  const first = text.charCodeAt(at);
  return length === 1 ? first : (first + 1) * 65_536 + text.charCodeAt(at + 1);
}

function toRule(rank: number, key: string, value: string): Rule {
  const core = isPlain(key) ? key.trim().toLowerCase() : fold(key.replace(/\s+/g, " ").trim());
  const opensWord = key.startsWith(" ");
  const closesWord = key.endsWith(" ");
  // The text's own spaces stand beside the key's core already.
  let kept = value;
  if (opensWord) kept = kept.trimStart();
  if (closesWord) kept = kept.trimEnd();
  const eatsBefore = opensWord && !value.startsWith(" ");
  const eatsAfter = closesWord && !value.endsWith(" ");
  return { core, rank, opensWord, closesWord, value: kept, eatsBefore, eatsAfter };
}

/** Whether a key is what nearly all are: a few hundred are read whenever a server wakes. */
function isPlain(key: string): boolean {
  for (let at = 0; at < key.length; at++) {
    const code = key.charCodeAt(at);
    if (code < SPACE || code > LAST_PRINTED) return false;
    if (code === SPACE && key.charCodeAt(at + 1) === SPACE) return false;
  }
  return true;
}

const LAST_PRINTED = 126;

/** Case is folded, and what a phone writes for a sign of the files is that sign; the length stays. */
function fold(text: string): string {
  const lower = text.toLowerCase();
  if (!NOT_ASCII.test(lower)) return lower;
  const same = lower.length === text.length ? lower : Array.from(text, foldCharacter).join("");
  return same
    .replace(/[‘’‛ʼ]/g, "'")
    .replace(/[“”„‟]/g, '"')
    .replace(/ς/g, "σ")
    .replace(/ı/g, "i")
    .replace(WIDE, (wide) => String.fromCharCode(wide.charCodeAt(0) - WIDE_BY));
}

const NOT_ASCII = /[^ -~]/;

/** ASCII as it is written between Chinese and Japanese characters. */
const WIDE = /[\uFF01-\uFF5E]/g;
const WIDE_BY = 0xfee0;

function foldCharacter(character: string): string {
  if (character === "İ") return "i";
  const lower = character.toLowerCase();
  return lower.length === character.length ? lower : character;
}

function substitute(rules: Rules, text: string): string {
  const folded = fold(text);
  let result = "";
  let copied = 0;
  let at = 0;
  // Values may be longer than keys: a text that is too long for any use is not made longer.
  while (at < text.length && result.length <= MAX_OUTPUT_LENGTH) {
    const rule = findRule(rules, folded, at);
    if (!rule) at++;
    else {
      const before = text.slice(copied, at);
      result += rule.eatsBefore && before.endsWith(" ") ? before.slice(0, -1) : before;
      result += rule.value;
      at += rule.core.length;
      copied = rule.eatsAfter && folded[at] === " " ? at + 1 : at;
    }
  }
  return copied === 0 ? text : (result + text.slice(copied)).slice(0, MAX_OUTPUT_LENGTH + 1);
}

function findRule({ byStart, places }: Rules, folded: string, at: number): Rule | undefined {
  const place = places[folded.charCodeAt(at)] ?? ANYWHERE;
  if (place === NOWHERE || (place === AT_WORD_START && !isWordStart(folded, at))) return undefined;
  const long = fitting(byStart.get(startOf(folded, at, 2)), folded, at);
  const short = fitting(byStart.get(startOf(folded, at, 1)), folded, at);
  return long && short && short.rank < long.rank ? short : (long ?? short);
}

function fitting(alike: Alike | undefined, folded: string, at: number): Rule | undefined {
  if (!alike) return undefined;
  let first: Rule | undefined;
  for (const length of alike.lengths)
    for (const rule of alike.byCore.get(folded.slice(at, at + length)) ?? NO_RULES)
      if ((!first || rule.rank < first.rank) && stands(rule, folded, at)) first = rule;
  return first;
}

const NO_RULES: readonly Rule[] = [];

function stands({ core, opensWord, closesWord }: Rule, folded: string, at: number): boolean {
  return (
    (!opensWord || isWordStart(folded, at)) && (!closesWord || isWordEnd(folded, at + core.length))
  );
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || text.charCodeAt(at - 1) === SPACE || isBetweenWords(text, at);
}

function isWordEnd(text: string, at: number): boolean {
  return at === text.length || WORD_ENDS.includes(text.charAt(at)) || isBetweenWords(text, at);
}

/** Where no spaces are written every character is a word. */
function isBetweenWords(text: string, at: number): boolean {
  const before = text.charAt(at - 1);
  const after = text.charAt(at);
  return (before > LAST_ASCII || after > LAST_ASCII) && isUnspaced(before, after);
}

const LAST_ASCII = "\x7F";

const SPACE = 32;

/** A word also ends at a sentence mark: "isn't." is "is not." */
const WORD_ENDS = " .!?,;:。？！、，；：…｡．؟۔،؛।॥";

/** Replaces words in a text. */
export type Substitute = (text: string) => string;

/**
 * Makes one pass from left to right out of a list of pairs: what was put in is not looked at again, and
 * where two keys fit at one place the earlier one wins. A space at a key's end means that a word begins
 * or ends there; keys without are found inside words too.
 */
export function createSubstitute(pairs: readonly (readonly [string, string])[]): Substitute {
  const root = toTrie(pairs);
  if (root.next.size === 0) return (text) => text;
  return (text) => substitute(root, text.replace(/\s+/g, " "));
}

interface Rule {
  /** Its line in the file: the smaller one wins. */
  readonly rank: number;
  readonly opensWord: boolean;
  readonly closesWord: boolean;
  readonly value: string;
  /** The value has no space where the key has one: the text's own space goes too. */
  readonly eatsBefore: boolean;
  readonly eatsAfter: boolean;
}

interface TrieNode {
  readonly next: Map<number, TrieNode>;
  readonly rules: Rule[];
}

function toTrie(pairs: readonly (readonly [string, string])[]): TrieNode {
  const root: TrieNode = { next: new Map(), rules: [] };
  for (const [rank, [key, value]] of pairs.entries()) {
    const core = fold(key.replace(/\s+/g, " ").trim());
    if (core !== "") nodeFor(root, core).rules.push(toRule(rank, key, value));
  }
  return root;
}

function nodeFor(root: TrieNode, core: string): TrieNode {
  let node = root;
  for (let at = 0; at < core.length; at++) {
    const code = core.charCodeAt(at);
    const next = node.next.get(code) ?? { next: new Map(), rules: [] };
    node.next.set(code, next);
    node = next;
  }
  return node;
}

function toRule(rank: number, key: string, value: string): Rule {
  const opensWord = key.startsWith(" ");
  const closesWord = key.endsWith(" ");
  // The text's own spaces stand beside the key's core already.
  let kept = value;
  if (opensWord) kept = kept.replace(/^\s+/, "");
  if (closesWord) kept = kept.replace(/\s+$/, "");
  const eatsBefore = opensWord && !value.startsWith(" ");
  const eatsAfter = closesWord && !value.endsWith(" ");
  return { rank, opensWord, closesWord, value: kept, eatsBefore, eatsAfter };
}

/** Case is folded, and a phone's curly apostrophe is the file's straight one; the length stays. */
function fold(text: string): string {
  const lower = text.toLowerCase();
  const same = lower.length === text.length ? lower : Array.from(text, foldCharacter).join("");
  return /[‘’ʼ]/.test(same) ? same.replace(/[‘’ʼ]/g, "'") : same;
}

function foldCharacter(character: string): string {
  const lower = character.toLowerCase();
  return lower.length === character.length ? lower : character;
}

function substitute(root: TrieNode, text: string): string {
  const folded = fold(text);
  let result = "";
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const hit = findRule(root, folded, at);
    if (!hit) at++;
    else {
      const before = text.slice(copied, at);
      const { rule } = hit;
      result += rule.eatsBefore && before.endsWith(" ") ? before.slice(0, -1) : before;
      result += rule.value;
      at = hit.end;
      copied = rule.eatsAfter && folded[at] === " " ? at + 1 : at;
    }
  }
  return copied === 0 ? text : result + text.slice(copied);
}

function findRule(root: TrieNode, folded: string, start: number) {
  let best: { rule: Rule; end: number } | undefined;
  let node = root.next.get(folded.charCodeAt(start));
  for (let end = start + 1; node; end++) {
    for (const rule of node.rules) {
      if (best && best.rule.rank <= rule.rank) continue;
      if (rule.opensWord && !isWordStart(folded, start)) continue;
      if (rule.closesWord && !isWordEnd(folded, end)) continue;
      best = { rule, end };
    }
    node = node.next.get(folded.charCodeAt(end));
  }
  return best;
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || text.charCodeAt(at - 1) === SPACE;
}

function isWordEnd(text: string, at: number): boolean {
  return at === text.length || WORD_ENDS.includes(text.charAt(at));
}

const SPACE = 32;

/** A word also ends at a sentence mark: "isn't." is "is not." */
const WORD_ENDS = " .!?,;:。？！、，；：…";

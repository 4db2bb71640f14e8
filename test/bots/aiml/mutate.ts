import type { Dice } from "./dice.ts";

/** A text as nobody should send it, and sometimes as everybody does. */
export function randomText(dice: Dice): string {
  if (dice.onceIn(40)) return dice.oneOf(PIECES).repeat(dice.upTo(6_000));
  return dice.some(8, () => randomPiece(dice)).join(dice.oneOf(["", " ", " ", ". "]));
}

/** A word that the bots' patterns are made of. */
export function randomWord(dice: Dice): string {
  return dice.oneOf(WORDS);
}

/** A text with a few of its characters gone, doubled, moved or replaced. */
export function mutated(dice: Dice, text: string): string {
  let result = text;
  for (let times = 1 + dice.upTo(3); times > 0; times--) {
    const from = dice.upTo(result.length + 1);
    const to = Math.min(result.length, from + dice.upTo(dice.oneOf([2, 20, 2_000])));
    const instead = [
      "",
      randomPiece(dice),
      result.slice(from, to).repeat(2),
      result.slice(dice.upTo(result.length + 1)).slice(0, 50),
    ];
    result = result.slice(0, from) + dice.oneOf(instead) + result.slice(to);
  }
  return result;
}

/** Spoils some of what a bot remembers of a person. */
export function damage(dice: Dice, memory: Map<string, string>): void {
  const keys = [...memory.keys(), ...KEYS];
  for (let times = dice.upTo(4); times > 0; times--) {
    const key = dice.oneOf(keys);
    if (dice.onceIn(4)) memory.delete(key);
    else memory.set(key, damaged(dice, memory.get(key) ?? ""));
  }
}

function damaged(dice: Dice, value: string): string {
  return dice.oneOf([dice.oneOf(JUNK), mutated(dice, value), randomText(dice)]);
}

function randomPiece(dice: Dice): string {
  if (dice.onceIn(4)) return randomCharacters(dice);
  return dice.onceIn(3) ? dice.oneOf(PIECES) : randomWord(dice);
}

function randomCharacters(dice: Dice): string {
  const [first, last] = dice.oneOf(RANGES);
  const characters = dice.some(4, () => String.fromCodePoint(first + dice.upTo(last - first)));
  return characters.join("");
}

const WORDS = ["A", "b", "Hello", "x", "1", "007", "go", "cat", "big cat", "ß", "ad", "don't"];

const PIECES = [
  ..." \n\t.!?,;:'\"<>&*_^#$%\\/()[]{}|~`@+-=\0\u007F\u00AD\u200B\u200D\u202E\u3000\uFEFF\uFFFD",
  ..."\uFDD0\uFDD1\uFDD2\uFFFE\uFFFF\u0301\u0345\u1E9E\u0130\u01C5\u0390",
  "\uD800",
  "\uDC00",
  "👩‍👩‍👧",
  "<b>",
  "</b>",
  "<srai>GO</srai>",
  "&amp;",
  "&#0;",
  "&#xFDD0;",
  "&e;",
  "<!DOCTYPE a [<!ENTITY e 'eeeeeeee'>]>",
  '<!ENTITY f SYSTEM "file:///etc/hosts">',
  "<![CDATA[",
  "]]>",
  "<!--",
  "-->",
  "<?x",
  "?>",
  "\\u0000",
  "\\ufdd0",
  "__proto__",
  "constructor",
  "toString",
  "1e400",
  "-0",
  "9".repeat(400),
  "[",
  '["',
  "null",
  "... ",
  "東京です",
  "Привет",
  "مرحبا",
  "ไทย",
  "e\u0301".repeat(50),
];

const RANGES: readonly (readonly [number, number])[] = [
  [0, 0x20],
  [0x20, 0x7f],
  [0x80, 0x250],
  [0x300, 0x370],
  [0x400, 0x700],
  [0x2000, 0x2070],
  [0x3040, 0x30ff],
  [0x4e00, 0x9fff],
  [0xd800, 0xe000],
  [0xfdd0, 0xfdf0],
  [0xff00, 0xffff],
  [0x1f300, 0x1faff],
  [0xe0000, 0x10ffff],
];

const KEYS =
  "turns learned lessons predicates characters triples o h:0 h:1 l:0 l:1 p:topic p:x t:0 t:1 t:x".split(
    " ",
  );

const JUNK = [
  "",
  "NaN",
  "-1",
  "1e9",
  "1e400",
  "3.5",
  "999999999999999999",
  "{",
  "{}",
  "null",
  "[]",
  "[[]]",
  '["a"]',
  '["a","b"]',
  '["a","b","c"]',
  '[["a","GO"],["b","x"],null]',
  "7 abc",
  "[1,2]",
  "[[],[],[],[]]",
  '[["A"],[],[],[{"name":"srai"}]]',
  '[["A"],[],[],[{"name":"b","attributes":[["x"]],"children":[]}]]',
  '[["A"],[],[],[{"name":"srai","attributes":[],"children":["A"]}]]',
  '[["* ^ # _ $A"],[],[],["\\ufdd0x"]]',
  '{"name":"b","attributes":[],"children":['.repeat(300),
  `[[],[],[],[${'{"name":"b","attributes":[],"children":['.repeat(200)}${"]}".repeat(200)}]]`,
  `[["A"],[],[],[${'{"name":"b","attributes":[],"children":['.repeat(99)}${"]}".repeat(99)}]]`,
  "[".repeat(50_000),
  "[".repeat(20_000) + "]".repeat(20_000),
  "\uFDD0".repeat(5_000),
  "a ".repeat(5_000),
];

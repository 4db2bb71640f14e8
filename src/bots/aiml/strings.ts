/**
 * Strings numbered from 0 in the order they came, found by their characters. Typed arrays hold them: no
 * object per string, and they can be written to a file as they are.
 */
export interface Strings {
  /** The characters of all of them, one after another. */
  chars: Uint16Array;
  /** Where each one's characters end; they begin where those of the one before end. */
  ends: Int32Array;
  /** A hash table of numbers; EMPTY where there is none. A power of two long. */
  slots: Int32Array;
  count: number;
}

/** No string of these characters is there. */
export const ABSENT = -1;

export function createStrings(): Strings {
  return {
    chars: new Uint16Array(256),
    ends: new Int32Array(32),
    slots: new Int32Array(64).fill(EMPTY),
    count: 0,
  };
}

/** The string's number, or ABSENT. */
export function findString(strings: Strings, text: string): number {
  return strings.slots[slotOf(strings, text)] ?? ABSENT;
}

/** The string's number, given now where it has none. */
export function addString(strings: Strings, text: string): number {
  const known = findString(strings, text);
  if (known !== ABSENT) return known;
  makeRoom(strings, text.length);
  const number = strings.count++;
  const start = startOf(strings, number);
  for (let at = 0; at < text.length; at++) strings.chars[start + at] = text.charCodeAt(at);
  strings.ends[number] = start + text.length;
  strings.slots[slotOf(strings, text)] = number;
  return number;
}

/** The string with that number; empty where there is none. */
export function stringAt(strings: Strings, number: number): string {
  if (number < 0 || number >= strings.count) return "";
  const chars = strings.chars.subarray(startOf(strings, number), strings.ends[number]);
  let text = "";
  for (let at = 0; at < chars.length; at += CHARS_AT_ONCE)
    text += String.fromCharCode(...chars.subarray(at, at + CHARS_AT_ONCE));
  return text;
}

const EMPTY = ABSENT;

/** A call takes no more arguments than the machine's stack bears. */
const CHARS_AT_ONCE = 4_096;

function startOf({ ends }: Strings, number: number): number {
  return number === 0 ? 0 : (ends[number - 1] ?? 0);
}

/** Where the string's number is, or would be. */
function slotOf(strings: Strings, text: string): number {
  const { slots } = strings;
  const mask = slots.length - 1;
  for (let slot = hashOf(text) & mask; ; slot = (slot + 1) & mask) {
    const number = slots[slot] ?? EMPTY;
    if (number === EMPTY || isAt(strings, number, text)) return slot;
  }
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
}

function isAt(strings: Strings, number: number, text: string): boolean {
  const { chars, ends } = strings;
  const start = startOf(strings, number);
  if ((ends[number] ?? 0) - start !== text.length) return false;
  for (let at = 0; at < text.length; at++)
    if (chars[start + at] !== text.charCodeAt(at)) return false;
  return true;
}

function makeRoom(strings: Strings, length: number): void {
  const used = startOf(strings, strings.count);
  if (used + length > strings.chars.length) {
    const chars = new Uint16Array(Math.max(strings.chars.length * 2, used + length));
    chars.set(strings.chars);
    strings.chars = chars;
  }
  if (strings.count === strings.ends.length) {
    const ends = new Int32Array(strings.count * 2 + 32);
    ends.set(strings.ends);
    strings.ends = ends;
  }
  if (strings.count * 2 >= strings.slots.length) growSlots(strings);
}

function growSlots(strings: Strings): void {
  strings.slots = new Int32Array(strings.slots.length * 2).fill(EMPTY);
  for (let number = 0; number < strings.count; number++)
    strings.slots[slotOf(strings, stringAt(strings, number))] = number;
}

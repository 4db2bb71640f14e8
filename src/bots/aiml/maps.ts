import { builtInMap } from "./built-in-maps.ts";
import { foldCase } from "./fold.ts";
import { collapse } from "./markup.ts";
import { ABSENT, addString, createStrings, findString, type Strings, stringAt } from "./strings.ts";
import { hasPunctuation, splitWords } from "./words.ts";

/** Every map's entries, in one table. */
export interface Maps {
  /** In lower case, with their numbers. */
  readonly names: ReadonlyMap<string, number>;
  /** A map's number, as one character, and a key. */
  readonly keys: Strings;
  /** By a key's number: its text's number. */
  readonly values: Int32Array;
  readonly texts: Strings;
}

type Pairs = readonly (readonly [string, string])[];

/** Of two entries with the same key the earlier one counts: lists by frequency have the likelier one first. */
export function createMaps(maps: ReadonlyMap<string, Pairs>): Maps {
  const [keys, texts, values] = [createStrings(), createStrings(), [] as number[]];
  const names = new Map(Array.from(maps.keys(), (name, number) => [name, number]));
  const add = (key: string, value: string) => {
    values[addString(keys, key)] ??= addString(texts, value);
  };
  for (const [name, pairs] of maps) {
    const owner = names.get(name) ?? 0;
    for (const [key, value] of pairs) add(toKey(owner, key), value);
    // What comes out of a star has lost its punctuation: "Côte d Ivoire" means the key "Côte d'Ivoire".
    for (const [key, value] of pairs)
      if (hasPunctuation(key)) add(toKey(owner, splitWords(key).join(" ")), value);
  }
  return { names, keys, values: Int32Array.from(values), texts };
}

/** What the map has for the key: a file's map hides the built-in one of its name. */
export function lookUp({ names, keys, values, texts }: Maps, map: string, key: string) {
  const name = map.trim().toLowerCase();
  const owner = names.get(name);
  if (owner === undefined) return builtInMap(name, key);
  const number = findString(keys, toKey(owner, key));
  return number === ABSENT ? undefined : stringAt(texts, values[number] ?? ABSENT);
}

function toKey(map: number, key: string): string {
  return String.fromCharCode(map) + foldCase(collapse(key));
}

import { builtInMap } from "./built-in-maps.ts";
import { collapse } from "./markup.ts";
import { ABSENT, addString, createStrings, findString, type Strings, stringAt } from "./strings.ts";

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

/** Of two entries with the same key the later one counts. */
export function createMaps(maps: ReadonlyMap<string, Pairs>): Maps {
  const [keys, texts, values] = [createStrings(), createStrings(), [] as number[]];
  const names = new Map<string, number>();
  for (const [name, pairs] of maps) {
    const owner = names.size;
    names.set(name, owner);
    for (const [key, value] of pairs)
      values[addString(keys, toKey(owner, key))] = addString(texts, value);
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
  return String.fromCharCode(map) + collapse(key).toUpperCase();
}

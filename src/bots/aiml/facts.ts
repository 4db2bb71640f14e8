import { builtInMap } from "./built-in-maps.ts";
import type { CompiledBot } from "./compile.ts";
import { collapse } from "./markup.ts";
import type { BotFacts } from "./piece.ts";
import { isSetName } from "./sets.ts";
import { createSubstitute, type Substitute } from "./substitutions.ts";
import { createWords } from "./words.ts";

/** What the machine lends the bot. */
export interface Surroundings {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** What `<program/>` says. */
  readonly program: string;
}

/** Makes what templates ask of a bot. */
export function createFacts(data: CompiledBot, surroundings: Surroundings): BotFacts {
  const { now, random, program } = surroundings;
  const { vocabulary } = data;
  const property = (name: string) => data.properties.get(name.trim().toLowerCase());
  const substitute = lazily((name) => createSubstitute(data.substitutions.get(name) ?? []));
  const splitters = property("sentence-splitters") ?? DEFAULT_SPLITTERS;
  return {
    words: createWords({ normalize: substitute("normal"), splitters, vocabulary }),
    property,
    defaultPredicate: (name) => data.defaults.get(name),
    unset: property("default-get") ?? UNKNOWN_VALUE,
    map: createMaps(data.maps),
    substitute,
    vocabularySize: () => vocabulary.words.filter((word) => !isSetName(word)).length,
    program,
    now,
    random,
  };
}

/** What is not known reads so, where no property says otherwise. */
export const UNKNOWN_VALUE = "unknown";

const DEFAULT_SPLITTERS = ".!?。？！";

function createMaps(maps: CompiledBot["maps"]): BotFacts["map"] {
  const tables = lazily((name) => toTable(maps.get(name)));
  return (name, key) => {
    const map = name.trim().toLowerCase();
    return maps.has(map) ? tables(map).get(toKey(key)) : builtInMap(map, key);
  };
}

function toTable(pairs: readonly (readonly [string, string])[] = []): Map<string, string> {
  return new Map(pairs.map(([key, value]) => [toKey(key), value]));
}

function toKey(text: string): string {
  return collapse(text).toUpperCase();
}

/** Makes each thing at its first use and keeps it. */
function lazily<Made extends Substitute | Map<string, string>>(
  make: (name: string) => Made,
): (name: string) => Made {
  const made = new Map<string, Made>();
  return (name) => {
    const known = made.get(name) ?? make(name);
    made.set(name, known);
    return known;
  };
}

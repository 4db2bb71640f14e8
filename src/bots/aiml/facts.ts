import type { CompiledBot } from "./compile.ts";
import { lookUp } from "./maps.ts";
import type { BotFacts } from "./piece.ts";
import { countWords } from "./sets.ts";
import { createSubstitute, type Substitute } from "./substitutions.ts";
import { createVocabulary } from "./vocabulary.ts";
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
  const vocabulary = createVocabulary(data.words);
  const property = (name: string) => data.properties.get(name.trim().toLowerCase());
  const substitute = lazily((name) => createSubstitute(data.substitutions.get(name) ?? []));
  let vocabularySize: number | undefined;
  const splitters = property("sentence-splitters") ?? DEFAULT_SPLITTERS;
  return {
    vocabulary,
    words: createWords({ normalize: substitute("normal"), splitters, vocabulary }),
    property,
    defaultPredicate: (name) => data.defaults.get(name),
    unset: property("default-get") ?? UNKNOWN_VALUE,
    map: (name, key) => lookUp(data.maps, name, key),
    substitute,
    vocabularySize() {
      vocabularySize ??= countWords(data.words);
      return vocabularySize;
    },
    program,
    now,
    random,
  };
}

/** What is not known reads so, where no property says otherwise. */
export const UNKNOWN_VALUE = "unknown";

/** With those of Arabic, Urdu, Hindi, Armenian and Ethiopic, and the narrow, wide and joined forms. */
const DEFAULT_SPLITTERS = ".!?。？！…｡．؟۔।॥։።";

/** Makes each one at its first use and keeps it. */
function lazily(make: (name: string) => Substitute): (name: string) => Substitute {
  const made = new Map<string, Substitute>();
  return (name) => {
    const known = made.get(name) ?? make(name);
    made.set(name, known);
    return known;
  };
}

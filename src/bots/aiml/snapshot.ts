import type { Category } from "./categories.ts";
import type { CategoryList, CompiledBot, FreshBot } from "./compile.ts";
import type { Graph } from "./graph.ts";
import { createVocabulary } from "./vocabulary.ts";

/** A compiled bot as one text, from which it is back without reading its files again. */
export function toSnapshot(bot: FreshBot): string {
  const { categories, members, size, problems } = bot;
  return JSON.stringify({
    categories: categories.map((category) => JSON.stringify(category)),
    graph: toPlainGraph(bot.graph),
    members: toPlainGraph(members.graph),
    numberLabel: members.numberLabel,
    words: bot.vocabulary.words,
    maps: [...bot.maps],
    substitutions: [...bot.substitutions],
    properties: [...bot.properties],
    defaults: [...bot.defaults],
    size,
    problems,
  });
}

/** The bot that `toSnapshot` wrote down. Only its own texts may be given to it. */
export function fromSnapshot(text: string): CompiledBot {
  const plain = JSON.parse(text);
  return {
    categories: toCategories(plain.categories),
    graph: toGraph(plain.graph),
    members: { graph: toGraph(plain.members), numberLabel: plain.numberLabel },
    vocabulary: createVocabulary(plain.words),
    maps: new Map(plain.maps),
    substitutions: new Map(plain.substitutions),
    properties: new Map(plain.properties),
    defaults: new Map(plain.defaults),
    size: plain.size,
    problems: plain.problems,
  };
}

// Of hundreds of categories a start wants one or two: each is read when it is first wanted.
function toCategories(texts: readonly string[]): CategoryList {
  const read = new Map<number, Category>();
  return {
    at(index) {
      const known = read.get(index);
      const text = texts[index];
      if (known || text === undefined) return known;
      const category: Category = JSON.parse(text);
      read.set(index, category);
      return category;
    },
  };
}

interface PlainGraph {
  readonly slots: readonly number[];
  readonly edges: number;
  readonly nodes: number;
  readonly flags: readonly number[];
  readonly values: readonly number[];
  readonly sets: readonly [number, number[]][];
}

function toPlainGraph({ slots, edges, nodes, flags, values, sets }: Graph) {
  return {
    slots: [...slots],
    edges,
    nodes,
    flags: [...flags],
    values: [...values],
    sets: [...sets],
  };
}

function toGraph({ slots, edges, nodes, flags, values, sets }: PlainGraph): Graph {
  return {
    slots: Int32Array.from(slots),
    edges,
    nodes,
    flags: Uint8Array.from(flags),
    values: Int32Array.from(values),
    sets: new Map(sets),
  };
}

import type { CategoryTexts } from "./category-texts.ts";
import type { CompiledBot } from "./compile.ts";
import type { Graph } from "./graph.ts";
import { type Numbers, pack, unpack } from "./packed.ts";
import type { Strings } from "./strings.ts";

/** A compiled bot as bytes, from which it is back without reading its files again. */
export function toSnapshot(bot: CompiledBot): Uint8Array {
  const { categories, graph, members, words, maps } = bot;
  return pack({
    plain: {
      files: categories.files,
      graphs: [graph, members.graph].map(({ edges, nodes, sets }) => [edges, nodes, [...sets]]),
      numberLabel: members.numberLabel,
      maps: [...maps.names],
      substitutions: [...bot.substitutions],
      properties: [...bot.properties],
      defaults: [...bot.defaults],
      size: bot.size,
      problems: bot.problems,
    },
    numbers: [
      ...fromTexts(categories),
      ...fromGraph(graph),
      ...fromGraph(members.graph),
      ...fromStrings(words),
      ...fromStrings(maps.keys),
      ...fromStrings(maps.texts),
      maps.values,
    ],
  });
}

/**
 * The bot that `toSnapshot` wrote down. Only its own bytes may be given to it, and they are the bot's from
 * then on: its tables are views of them.
 */
export function fromSnapshot(bytes: Uint8Array): CompiledBot {
  const { plain, numbers } = unpack(bytes);
  const said = plain as Said;
  const left = [...numbers];
  const take = <Kind extends Numbers>() => left.shift() as Kind;
  const [graph = NO_GRAPH, members = NO_GRAPH] = said.graphs;
  return {
    categories: toTexts(take, said.files),
    graph: toGraph(take, graph),
    members: { graph: toGraph(take, members), numberLabel: said.numberLabel },
    words: toStrings(take),
    maps: {
      names: new Map(said.maps),
      keys: toStrings(take),
      texts: toStrings(take),
      values: take(),
    },
    substitutions: new Map(said.substitutions),
    properties: new Map(said.properties),
    defaults: new Map(said.defaults),
    size: said.size,
    problems: said.problems,
  };
}

type Pair = [string, string];
type PlainGraph = [edges: number, nodes: number, sets: [number, number[]][]];

const NO_GRAPH: PlainGraph = [0, 0, []];

/** What `toSnapshot` says in JSON. */
interface Said extends Pick<CompiledBot, "size" | "problems"> {
  readonly files: string[];
  readonly graphs: readonly PlainGraph[];
  readonly numberLabel: number | undefined;
  readonly maps: readonly (readonly [string, number])[];
  readonly substitutions: readonly (readonly [string, Pair[]])[];
  readonly properties: readonly Pair[];
  readonly defaults: readonly Pair[];
}

/** The next numbers, in the order in which they were packed. */
type Take = <Kind extends Numbers>() => Kind;

function fromTexts({ bytes, ends, count }: CategoryTexts): Numbers[] {
  return [bytes.subarray(0, ends[count - 1] ?? 0), ends.subarray(0, count)];
}

function toTexts(take: Take, files: string[]): CategoryTexts {
  const [bytes, ends] = [take<Uint8Array>(), take<Int32Array>()];
  return { bytes, ends, count: ends.length, files };
}

function fromGraph({ slots, flags, values, nodes }: Graph): Numbers[] {
  return [slots, flags.subarray(0, nodes), values.subarray(0, nodes)];
}

function toGraph(take: Take, [edges, nodes, sets]: PlainGraph): Graph {
  const [slots, flags, values] = [take<Int32Array>(), take<Uint8Array>(), take<Int32Array>()];
  return { slots, mask: slots.length / 3 - 1, edges, nodes, flags, values, sets: new Map(sets) };
}

function fromStrings({ chars, ends, slots, count }: Strings): Numbers[] {
  return [chars.subarray(0, ends[count - 1] ?? 0), ends.subarray(0, count), slots];
}

function toStrings(take: Take): Strings {
  const [chars, ends, slots] = [take<Uint16Array>(), take<Int32Array>(), take<Int32Array>()];
  return { chars, ends, slots, count: ends.length };
}

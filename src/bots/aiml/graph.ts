import { CARET, HASH, STAR, UNDERSCORE } from "./vocabulary.ts";

/**
 * A tree of paths in typed arrays: a node is a number, an edge is a slot of one hash table. It costs no
 * object per node, and can be written to a file as it is.
 */
export interface Graph {
  /** Three numbers a slot: node, label of the edge, node it leads to. A power of two of slots. */
  slots: Int32Array;
  /** One less than there are slots. */
  mask: number;
  edges: number;
  nodes: number;
  /** Which kinds of edges leave a node (HAS_…). */
  flags: Uint8Array;
  /** What is kept at a node, or NOTHING. */
  values: Int32Array;
  /** The labels of a node's set edges, in the order they were added. */
  readonly sets: Map<number, number[]>;
}

export const ROOT = 0;
export const NO_NODE = -1;
export const NOTHING = -1;

export const HAS_PRIORITY = 1;
export const HAS_HASH = 2;
export const HAS_UNDERSCORE = 4;
export const HAS_WORD = 8;
export const HAS_SET = 16;
export const HAS_CARET = 32;
export const HAS_STAR = 64;

export function createGraph(): Graph {
  return {
    slots: emptySlots(64),
    mask: 63,
    edges: 0,
    nodes: 1,
    flags: new Uint8Array(16),
    values: new Int32Array(16).fill(NOTHING),
    sets: new Map(),
  };
}

/** The edge of an ordinary word, a wildcard or a mark. */
export function wordLabel(id: number): number {
  return id * 4;
}

/** The edge of a `$WORD`. */
export function priorityLabel(id: number): number {
  return id * 4 + 1;
}

/** The edge of a set; its name is interned like a word. */
export function setLabel(id: number): number {
  return id * 4 + 2;
}

/** Keeps a value at the end of a path; the one that was there before, or NOTHING. */
export function putAt(graph: Graph, path: readonly number[], value: number): number {
  // Adding the path may replace the array of values.
  const node = addPath(graph, path);
  const before = valueAt(graph, node);
  graph.values[node] = value;
  return before;
}

/** The node that an edge leads to, or NO_NODE. */
export function childOf(graph: Graph, node: number, label: number): number {
  return graph.slots[slotOf(graph, node, label) + 2] ?? NO_NODE;
}

/** What is kept at a node, or NOTHING. */
export function valueAt(graph: Graph, node: number): number {
  return graph.values[node] ?? NOTHING;
}

/** Follows a path, making what is missing; the node at its end. */
function addPath(graph: Graph, labels: readonly number[]): number {
  let node = ROOT;
  for (const label of labels) {
    const next = childOf(graph, node, label);
    node = next === NO_NODE ? addEdge(graph, node, label) : next;
  }
  return node;
}

function addEdge(graph: Graph, node: number, label: number): number {
  // Never much over half full: most of what a search looks for is not there, and that is told by an empty slot.
  if (graph.edges * 5 >= graph.slots.length) growSlots(graph);
  if (graph.nodes === graph.values.length) growNodes(graph);
  const child = graph.nodes++;
  put(graph, [node, label, child]);
  graph.edges++;
  const kind = kindOf(label);
  graph.flags[node] = (graph.flags[node] ?? 0) | kind;
  if (kind === HAS_SET) addSet(graph, node, label);
  return child;
}

function addSet({ sets }: Graph, node: number, label: number): void {
  const labels = sets.get(node);
  if (labels) labels.push(label);
  else sets.set(node, [label]);
}

function growSlots(graph: Graph): void {
  const old = graph.slots;
  graph.slots = emptySlots((old.length / 3) * 2);
  graph.mask = graph.mask * 2 + 1;
  for (let at = 0; at < old.length; at += 3) {
    const [node = NO_NODE, label = 0, child = NO_NODE] = [old[at], old[at + 1], old[at + 2]];
    if (node !== NO_NODE) put(graph, [node, label, child]);
  }
}

function growNodes(graph: Graph): void {
  const flags = new Uint8Array(graph.nodes * 2);
  flags.set(graph.flags);
  graph.flags = flags;
  const values = new Int32Array(graph.nodes * 2).fill(NOTHING);
  values.set(graph.values);
  graph.values = values;
}

function put(graph: Graph, [node, label, child]: readonly [number, number, number]): void {
  const { slots } = graph;
  const at = slotOf(graph, node, label);
  slots[at] = node;
  slots[at + 1] = label;
  slots[at + 2] = child;
}

function slotOf({ slots, mask }: Graph, node: number, label: number): number {
  let hash = Math.imul(node, 0x9e3779b1) + Math.imul(label, 0x85ebca6b);
  hash ^= hash >>> 15;
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const at = slot * 3;
    const owner = slots[at];
    if (owner === NO_NODE || (owner === node && slots[at + 1] === label)) return at;
  }
}

function emptySlots(count: number): Int32Array {
  return new Int32Array(count * 3).fill(NO_NODE);
}

const WILDCARDS: ReadonlyMap<number, number> = new Map([
  [wordLabel(HASH), HAS_HASH],
  [wordLabel(UNDERSCORE), HAS_UNDERSCORE],
  [wordLabel(CARET), HAS_CARET],
  [wordLabel(STAR), HAS_STAR],
]);

function kindOf(label: number): number {
  if ((label & 3) === 1) return HAS_PRIORITY;
  if ((label & 3) === 2) return HAS_SET;
  return WILDCARDS.get(label) ?? HAS_WORD;
}

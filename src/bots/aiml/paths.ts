import type { Category } from "./categories.ts";
import { UNKNOWN_VALUE } from "./facts.ts";
import { priorityLabel, wordLabel } from "./graph.ts";
import { nameIn } from "./pattern-text.ts";
import { labelOfSet } from "./sets.ts";
import { spaceWildcards } from "./spacing.ts";
import type { Substitute } from "./substitutions.ts";
import {
  CARET,
  HASH,
  STAR,
  THAT_MARK,
  TOPIC_MARK,
  UNDERSCORE,
  type Vocabulary,
} from "./vocabulary.ts";
import { hasPunctuation, splitWords } from "./words.ts";
import { type Element, isElement, type Node } from "./xml.ts";

/** What turns patterns into labels. */
export interface PathRules {
  readonly vocabulary: Vocabulary;
  readonly normalize: Substitute;
  readonly property: (name: string) => string;
}

interface PathParts extends Omit<PathRules, "property"> {
  readonly properties: ReadonlyMap<string, string>;
}

/** How a bot's patterns become paths, those that people teach it too. */
export function toPathRules({ vocabulary, properties, normalize }: PathParts): PathRules {
  const unset = properties.get("default-property") ?? UNKNOWN_VALUE;
  return { vocabulary, normalize, property: (name) => properties.get(name.toLowerCase()) ?? unset };
}

/**
 * The labels of a category's way through the graph. A that or topic that is only `*` is left out at the
 * end: it comes after everything else and always fits, so the search may stop before it.
 */
export function toPath(category: Category, rules: PathRules): number[] {
  const that = partLabels(category.that, rules);
  const topic = partLabels(category.topic, rules);
  const path = partLabels(category.pattern, rules);
  if (isAny(that) && isAny(topic)) return path;
  const withThat = [...path, wordLabel(THAT_MARK), ...(that.length === 0 ? ANY : that)];
  return isAny(topic) ? withThat : [...withThat, wordLabel(TOPIC_MARK), ...topic];
}

const ANY: readonly number[] = [wordLabel(STAR)];

function isAny(labels: readonly number[]): boolean {
  return labels.length === 0 || (labels.length === 1 && labels[0] === ANY[0]);
}

function partLabels(nodes: readonly Node[], rules: PathRules): number[] {
  return nodes.flatMap((node) =>
    isElement(node) ? elementLabels(node, rules) : textLabels(node, rules),
  );
}

function elementLabels(element: Element, rules: PathRules): number[] {
  const name = nameIn(element);
  if (element.name === "set") return [labelOfSet(name, rules.vocabulary)];
  if (element.name === "bot") return wordLabels(rules.property(name), rules);
  return partLabels(element.children, rules);
}

function textLabels(text: string, rules: PathRules): number[] {
  if (!IS_PLAIN.test(text)) return mixedLabels(text, rules);
  return text
    .split(" ")
    .filter((token) => token !== "")
    .map((token) => WILDCARDS.get(token) ?? wordLabel(rules.vocabulary.intern(token)));
}

/** Words and wildcards with nothing to substitute or to take away: nearly all that patterns hold. */
const IS_PLAIN = /^(?:[A-Za-z0-9 ]|(?<![^ ])[#_^*](?![^ ]))*$/;

function mixedLabels(text: string, rules: PathRules): number[] {
  const labels: number[][] = [];
  let words: string[] = [];
  const finish = () => {
    if (words.length > 0) labels.push(wordLabels(words.join(" "), rules));
    words = [];
  };
  for (const token of spaceWildcards(text).split(/\s+/)) {
    const wildcard = WILDCARDS.get(token);
    if (wildcard === undefined && !/^\$./.test(token)) words.push(token);
    else {
      finish();
      labels.push(wildcard === undefined ? priorityLabels(token, rules) : [wildcard]);
    }
  }
  finish();
  return labels.flat();
}

const WILDCARDS: ReadonlyMap<string, number> = new Map([
  ["#", wordLabel(HASH)],
  ["_", wordLabel(UNDERSCORE)],
  ["^", wordLabel(CARET)],
  ["*", wordLabel(STAR)],
]);

function priorityLabels(token: string, rules: PathRules): number[] {
  const [first, ...others] = splitWords(token.slice(1));
  if (first === undefined) return [];
  return [
    priorityLabel(rules.vocabulary.intern(first)),
    ...others.map((word) => wordLabel(rules.vocabulary.intern(word))),
  ];
}

/**
 * A pattern without punctuation is taken at its word; one with is written as people write, and goes the
 * way of their texts: `CAN'T` becomes CAN NOT where the bot's files say so.
 */
function wordLabels(text: string, { vocabulary, normalize }: PathRules): number[] {
  const words = splitWords(hasPunctuation(text) ? normalize(text) : text);
  return words.map((word) => wordLabel(vocabulary.intern(word)));
}

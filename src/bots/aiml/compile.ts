import { type BotFile, readBotFiles } from "./bot-files.ts";
import type { Category, Problem } from "./categories.ts";
import { UNKNOWN_VALUE } from "./facts.ts";
import { createGraph, type Graph, NOTHING, putAt } from "./graph.ts";
import { MAX_PATTERN_WORDS } from "./limits.ts";
import { type PathRules, toPath } from "./paths.ts";
import { createMembers, type Members } from "./sets.ts";
import { createSubstitute, type Substitute } from "./substitutions.ts";
import { createVocabulary, type Vocabulary } from "./vocabulary.ts";

type Pairs = readonly (readonly [string, string])[];

/** Categories by number; an array is one, and so is a list that reads each when it is first wanted. */
export interface CategoryList {
  at(index: number): Category | undefined;
}

/** A bot ready to run, as plain data: nothing of it is bound to a person, a clock or a file. */
export interface CompiledBot {
  readonly categories: CategoryList;
  /** The categories' patterns; the values are places in `categories`. */
  readonly graph: Graph;
  readonly members: Members;
  readonly vocabulary: Vocabulary;
  /** Names in lower case, as those of substitutions and properties. */
  readonly maps: ReadonlyMap<string, Pairs>;
  readonly substitutions: ReadonlyMap<string, Pairs>;
  readonly properties: ReadonlyMap<string, string>;
  /** What predicates read as until they are set. */
  readonly defaults: ReadonlyMap<string, string>;
  /** How many different categories there are. */
  readonly size: number;
  /** What was left out of the files. */
  readonly problems: readonly Problem[];
}

/** A bot as it comes from its files. */
export interface FreshBot extends CompiledBot {
  readonly categories: readonly Category[];
}

/** Reads a bot's files; what is broken is told in `problems` and left out. */
export function compileBot(files: readonly BotFile[]): FreshBot {
  const { categories, sets, maps, substitutions, properties, defaults, problems } =
    readBotFiles(files);
  const vocabulary = createVocabulary();
  const graph = createGraph();
  const normalize = createSubstitute(substitutions.get("normal") ?? []);
  const rules = toPathRules({ vocabulary, properties }, normalize);
  const added = addCategories(graph, categories, rules);
  return {
    categories,
    graph,
    members: createMembers(sets, vocabulary),
    vocabulary,
    maps,
    substitutions,
    properties,
    defaults,
    size: added.size,
    problems: [...problems, ...added.problems],
  };
}

/** How a bot's patterns become paths, those that people teach it too. */
export function toPathRules(
  { vocabulary, properties }: Pick<CompiledBot, "vocabulary" | "properties">,
  normalize: Substitute,
): PathRules {
  const unset = properties.get("default-property") ?? UNKNOWN_VALUE;
  return { vocabulary, normalize, property: (name) => properties.get(name.toLowerCase()) ?? unset };
}

interface Added {
  readonly size: number;
  readonly problems: readonly Problem[];
}

function addCategories(graph: Graph, categories: readonly Category[], rules: PathRules): Added {
  const problems: Problem[] = [];
  let size = 0;
  for (const [index, category] of categories.entries()) {
    const path = toPath(category, rules);
    if (path.length > MAX_PATTERN_WORDS) problems.push(tooLong(category, path.length));
    else if (putAt(graph, path, index) === NOTHING) size++;
  }
  return { size, problems };
}

function tooLong({ file, line, column }: Category, words: number): Problem {
  const problem = `Cannot read the category: expected a pattern of up to ${MAX_PATTERN_WORDS} words, found ${words}`;
  return { file, line, column, problem };
}

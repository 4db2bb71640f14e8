import type { BotFile } from "./bot-file.ts";
import { readBotFiles } from "./bot-files.ts";
import type { Category, Problem } from "./categories.ts";
import { addCategory, type CategoryTexts, createCategoryTexts } from "./category-texts.ts";
import { createGraph, type Graph, NOTHING, putAt } from "./graph.ts";
import { MAX_PATTERN_WORDS } from "./limits.ts";
import { createMaps, type Maps } from "./maps.ts";
import { type PathRules, toPath, toPathRules } from "./paths.ts";
import { createMembers, type Members } from "./sets.ts";
import { createStrings, type Strings } from "./strings.ts";
import { createSubstitute } from "./substitutions.ts";
import { createVocabulary } from "./vocabulary.ts";

type Pairs = readonly (readonly [string, string])[];

/** A bot ready to run, as plain data: nothing of it is bound to a person, a clock or a file. */
export interface CompiledBot {
  readonly categories: CategoryTexts;
  /** The categories' patterns; the values are places in `categories`. */
  readonly graph: Graph;
  readonly members: Members;
  /** Of patterns and sets, upper case. */
  readonly words: Strings;
  readonly maps: Maps;
  /** Names in lower case, as those of properties. */
  readonly substitutions: ReadonlyMap<string, Pairs>;
  readonly properties: ReadonlyMap<string, string>;
  /** What predicates read as until they are set. */
  readonly defaults: ReadonlyMap<string, string>;
  /** How many different categories there are. */
  readonly size: number;
  /** What was left out of the files. */
  readonly problems: readonly Problem[];
}

/** Reads a bot's files; what is broken is told in `problems` and left out. */
export function compileBot(files: readonly BotFile[]): CompiledBot {
  const { categories, sets, maps, substitutions, properties, defaults, problems } =
    readBotFiles(files);
  const words = createStrings();
  const vocabulary = createVocabulary(words);
  const normalize = createSubstitute(substitutions.get("normal") ?? []);
  const rules = toPathRules({ vocabulary, properties, normalize });
  const patterns = addCategories(categories, rules);
  return {
    ...patterns,
    members: createMembers(sets, vocabulary),
    words,
    maps: createMaps(maps),
    substitutions,
    properties,
    defaults,
    problems: [...problems, ...patterns.problems],
  };
}

type Patterns = Pick<CompiledBot, "categories" | "graph" | "size" | "problems">;

function addCategories(all: Iterable<Category>, rules: PathRules): Patterns {
  const [categories, graph] = [createCategoryTexts(), createGraph()];
  const problems: Problem[] = [];
  let size = 0;
  for (const category of all) {
    const path = toPath(category, rules);
    if (path.length > MAX_PATTERN_WORDS) problems.push(tooLong(category, path.length));
    else if (putAt(graph, path, addCategory(categories, category)) === NOTHING) size++;
  }
  return { categories, graph, size, problems };
}

function tooLong({ file, line, column }: Category, words: number): Problem {
  const problem = `Cannot read the category: expected a pattern of up to ${MAX_PATTERN_WORDS} words, found ${words}`;
  return { file, line, column, problem };
}

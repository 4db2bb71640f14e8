import type { BotFile } from "../bot-file.ts";
import type { Category, Problem } from "../categories.ts";
import { createCategoryReader } from "../category-texts.ts";
import { compileBot } from "../compile.ts";
import { createFacts } from "../facts.ts";
import { createMatcher } from "../match.ts";
import { toPath, toPathRules } from "../paths.ts";
import type { Place } from "./finding.ts";

/** The category that a sentence leads to. */
export interface Found {
  readonly place: Place;
  readonly stars: readonly string[];
}

/**
 * A compiled bot, as far as a check has to know it. This is the one place where the check meets the
 * compiler and the matcher.
 */
export interface Lookup {
  /** How many different categories there are. */
  readonly size: number;
  /** What the compiler left out. */
  readonly problems: readonly Problem[];
  /** Equal for categories of which only one can be. */
  pathOf(category: Category): string;
  /** The category that each sentence of a text leads to, while nothing was said and no topic is set. */
  find(text: string): readonly (Found | undefined)[];
  /** A text's sentences as they are matched. */
  sentences(text: string): readonly (readonly string[])[];
  property(name: string): string | undefined;
}

export function createLookup(files: readonly BotFile[]): Lookup {
  const bot = compileBot(files);
  const facts = createFacts(bot, { now: () => 0, random: () => 0, program: "" });
  const { words, unset, property } = facts;
  const matcher = createMatcher(bot.graph, bot.members);
  const rules = toPathRules({ ...bot, ...facts, normalize: facts.substitute("normal") });
  const categories = createCategoryReader(bot.categories);
  const unknown = words.sentence(unset);
  const find = (input: typeof unknown): Found | undefined => {
    const match = matcher.match({ input, that: unknown, topic: unknown });
    const place = match && categories.at(match.category);
    return place && { place, stars: match.stars };
  };
  return {
    size: bot.size,
    problems: bot.problems,
    pathOf: (category) => toPath(category, rules).join(),
    find: (text) => words.sentences(text).map(find),
    sentences: (text) => words.sentences(text).map((sentence) => sentence.words),
    property,
  };
}

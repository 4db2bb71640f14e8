import { type BotFile, decodeBotFile, isAiml, splitName } from "../bot-file.ts";
import { inReadingOrder } from "../bot-files.ts";
import { readAiml } from "./aiml-files.ts";
import { checkDuplicates } from "./duplicates.ts";
import { checkEncoding, type SourceFile } from "./encoding.ts";
import { createEntries } from "./entries.ts";
import { type Finding, showPlace, sortFindings, toFinding } from "./finding.ts";
import { checkList } from "./lists.ts";
import { createLookup, type Lookup } from "./lookup.ts";
import { checkLoops } from "./loops.ts";
import { checkNames } from "./names.ts";
import { checkCalls } from "./nothing.ts";
import { checkReach } from "./reach.ts";
import { checkReferences, knownNames } from "./references.ts";
import { createSamples } from "./samples.ts";
import type { Suggest } from "./surroundings.ts";
import type { WholeBot } from "./whole-bot.ts";

/** The files of a folder, and how misspelt words are told. */
export interface Checkable {
  readonly files: readonly SourceFile[];
  /** Names of files that a bot is not made of. */
  readonly ignored: readonly string[];
  readonly suggest: Suggest;
}

/** All that is wrong with a bot, and what it is made of. */
export interface CheckedBot {
  /** By file and line. */
  readonly findings: readonly Finding[];
  readonly counts: Counts;
}

interface Counts {
  readonly files: number;
  readonly categories: number;
  readonly sets: number;
  readonly maps: number;
  readonly substitutions: number;
}

/** Compiles a bot and tells every problem of it; a broken file hides nothing of the others. */
export function checkBot({ files: sources, ignored, suggest }: Checkable): CheckedBot {
  const files = inReadingOrder(sources).map(({ name, bytes }) => ({
    name,
    text: decodeBotFile(bytes),
  }));
  const lists = files.filter(({ name }) => !isAiml(name));
  const lookup = createLookup(files);
  const aiml = files.filter(({ name }) => isAiml(name));
  const read = readAiml(aiml, lookup, suggest);
  const bot: WholeBot = {
    entries: createEntries(read.entries),
    lookup,
    toSample: createSamples(lists, lookup),
  };
  const own = [
    ...sources.flatMap(checkEncoding),
    ...checkNames(sources, ignored),
    ...lists.flatMap(checkList),
    ...read.findings,
    ...checkReferences(read.references, knownNames(lists), suggest),
    ...checkDuplicates(bot.entries),
    ...checkReach(bot),
    ...checkCalls(bot, lists),
    ...checkLoops(bot),
  ];
  const findings = sortFindings([...own, ...unexplained(lookup, own)]);
  return {
    findings,
    counts: countFiles(lists, { files: sources.length, categories: lookup.size }),
  };
}

/** What the compiler left out and no rule has told of. */
function unexplained({ problems }: Lookup, findings: readonly Finding[]): Finding[] {
  const errors = findings.filter(({ severity }) => severity === "error");
  const places = new Set(errors.map(showPlace));
  const files = new Set(errors.map(({ file }) => file));
  return problems
    .filter((problem) => !places.has(showPlace(problem)))
    .filter((problem) => isAiml(problem.file) || !files.has(problem.file))
    .map((problem) =>
      toFinding(problem, { code: "left-out", message: problem.problem, hint: "It is left out" }),
    );
}

function countFiles(
  lists: readonly BotFile[],
  { files, categories }: Pick<Counts, "files" | "categories">,
): Counts {
  const count = (wanted: string) =>
    lists.filter(({ name }) => splitName(name).ending === wanted).length;
  return {
    files,
    categories,
    sets: count("set"),
    maps: count("map"),
    substitutions: count("substitution"),
  };
}

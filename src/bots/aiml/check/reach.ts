import { hasPunctuation, splitWords } from "../words.ts";
import { isElement } from "../xml.ts";
import type { Entry } from "./entries.ts";
import { type Fault, type Finding, showPlace, toFinding } from "./finding.ts";
import type { Lookup } from "./lookup.ts";
import type { WholeBot } from "./whole-bot.ts";

/** Tells of categories that no text can ever lead to, where that is certain. */
export function checkReach(bot: WholeBot): Finding[] {
  const { all, winner } = bot.entries;
  const hasTaker = all.some(({ isPlain, pattern }) => isPlain && TAKES_ALL.test(pattern));
  return all.flatMap((entry) => {
    if (winner(entry) !== entry) return [];
    const isDoubtful = entry.isPlain && (hasTaker || !HAS_CHOICE.test(entry.pattern));
    const fault = rewritten(entry, bot.lookup) ?? (isDoubtful ? shadowed(entry, bot) : undefined);
    return fault ? [toFinding(entry, fault)] : [];
  });
}

/** Comes before every word, and needs none of its own. */
const TAKES_ALL = /^[#_]$/;

/** More than one text may lead there. */
const HAS_CHOICE = /[*^#_<]/;

/** Words that normal.substitution takes out of every text before it is matched. */
function rewritten({ nodes, pattern }: Entry, lookup: Lookup): Fault | undefined {
  for (const node of nodes) {
    if (isElement(node)) continue;
    for (const run of node.split(/(?<!\S)(?:[*^#_]|\$\S+)(?!\S)/)) {
      // A pattern with punctuation goes the way of the texts itself.
      if (hasPunctuation(run)) continue;
      const words = splitWords(run).join(" ");
      const normal = lookup
        .sentences(run)
        .map((sentence) => sentence.join(" "))
        .join(" ");
      if (words.toUpperCase() !== normal.toUpperCase()) return notNormal(pattern, words, normal);
    }
  }
  return undefined;
}

function notNormal(pattern: string, words: string, normal: string): Fault {
  return {
    code: "unreachable-category",
    message: `Cannot reach "${pattern}": expected words as normal.substitution leaves them, found "${words}"`,
    hint: normal === "" ? "It takes them away" : `Write "${normal.toUpperCase()}"`,
  };
}

/** A category that takes every text of this one first. */
function shadowed(entry: Entry, { entries, lookup, toSample }: WholeBot): Fault | undefined {
  const sample = toSample(entry);
  const [found, ...more] = sample === undefined ? [] : lookup.find(sample);
  const other = found && more.length === 0 ? entries.at(found.place) : undefined;
  if (!other || other === entry || !other.isPlain) return undefined;
  if (!isCertain(entry.pattern, other.pattern)) return undefined;
  return {
    code: "unreachable-category",
    message: `Cannot reach "${entry.pattern}": expected it to come first for some text, found "${other.pattern}" before it at ${showPlace(other)}`,
    hint: "# and _ and $WORD come before words; * and ^ come after them",
  };
}

/** One sample is proof where it is all there is, or where the other takes everything there is. */
function isCertain(pattern: string, other: string): boolean {
  if (!HAS_CHOICE.test(pattern)) return true;
  return TAKES_ALL.test(other) && !/^[$#_]/.test(pattern);
}

import type { BotFile } from "../bot-file.ts";
import { collapse, escapeXml } from "../markup.ts";
import { type Element, isElement, type Node } from "../xml.ts";
import { constantOf } from "./calls.ts";
import { type Entry, isCatchAll } from "./entries.ts";
import { type Fault, type Finding, type Place, showPlace, toFinding } from "./finding.ts";
import { createLookup, type Found } from "./lookup.ts";
import type { WholeBot } from "./whole-bot.ts";

/**
 * Tells of srais whose words lead nowhere but to a pattern of wildcards alone, whatever was said before:
 * of each text once, at the first place that asks it.
 */
export function checkCalls(bot: WholeBot, lists: readonly BotFile[]): Finding[] {
  const reaches = createReaches(bot, lists);
  const catcher = bot.entries.all.find(({ isPlain, pattern }) => isPlain && isCatchAll(pattern));
  return constantCalls(bot.entries.all)
    .filter(({ text }) => !reaches(text))
    .map((each) => toFinding(each.place, toNothing(each, catcher)));
}

/** A text that is asked, however often. */
interface Asked {
  readonly text: string;
  readonly place: Place;
  readonly isSrai: boolean;
  times: number;
}

function constantCalls(entries: readonly Entry[]): readonly Asked[] {
  const asked = new Map<string, Asked>();
  for (const { file, calls } of entries)
    for (const { name, line, column, ...call } of calls) {
      const text = collapse(constantOf(call) ?? "");
      const place = { file, line, column };
      const known = asked.get(text.toUpperCase());
      if (known) known.times++;
      else if (text !== "")
        asked.set(text.toUpperCase(), { text, place, isSrai: name === "srai", times: 1 });
    }
  return [...asked.values()];
}

/**
 * A text that the bot has a word for, or has one for when something was said before: those categories
 * are looked up as if they had no that and no topic.
 */
function createReaches({ entries, lookup }: WholeBot, lists: readonly BotFile[]) {
  const inContext = entries.all.filter(({ isPlain, pattern }) => !isPlain && !isCatchAll(pattern));
  // One without a word of its own may be taught to answer anything; that is not why it is asked.
  const learned = entries.all.flatMap((entry) => entry.learned.filter(hasWord));
  const patterns = [...inContext.map(({ nodes }) => nodes), ...learned];
  const text = `<aiml>${patterns.map(toCategory).join("")}</aiml>`;
  const others = createLookup([...lists, { name: "patterns.aiml", text }]);
  const hasOwnWord = (found: Found | undefined) =>
    found !== undefined && !isCatchAll(entries.at(found.place)?.pattern ?? "");
  return (asked: string): boolean => {
    const elsewhere = others.find(asked);
    return lookup.find(asked).every((found, index) => hasOwnWord(found) || elsewhere[index]);
  };
}

function hasWord(pattern: readonly Node[]): boolean {
  return pattern.some((node) => (isElement(node) ? node.name === "set" : !isCatchAll(node)));
}

function toCategory(pattern: readonly Node[]): string {
  const words = pattern.map(toXml).join("");
  return `<category><pattern>${words}</pattern><template/></category>`;
}

function toXml(node: Node): string {
  if (!isElement(node)) return escapeXml(node);
  // What people say stands there; it may be anything.
  if (node.name === "eval") return " * ";
  return `<${node.name}${attributesOf(node)}>${node.children.map(toXml).join("")}</${node.name}>`;
}

function attributesOf({ attributes }: Element): string {
  return attributes.map(([name, value]) => ` ${name}="${escapeXml(value)}"`).join("");
}

function toNothing({ text, isSrai, times }: Asked, catcher: Entry | undefined): Fault {
  const found = catcher ? `"${catcher.pattern}" at ${showPlace(catcher)}` : "none";
  const more = times === 1 ? "" : ` (asked in ${times} places)`;
  return {
    code: "srai-to-nothing",
    message: `Cannot ask "${text}": expected a category for it, found ${found}${more}`,
    hint: isSrai
      ? "Add a category, or correct the words"
      : "It is asked when the other bot fails: add a category, or a default to <sraix>",
  };
}

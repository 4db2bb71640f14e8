import type { Category } from "./categories.ts";
import { collapse } from "./markup.ts";
import type { Person } from "./memory.ts";
import { patternText } from "./pattern-text.ts";
import type { Match, Path } from "./search.ts";
import type { Inquiry } from "./sraix.ts";

/** One step on the way to an answer. What a template does is one deeper than the match that led to it. */
export interface Step {
  readonly depth: number;
  readonly kind: string;
  readonly text: string;
  /** `file:line` of the category. */
  readonly place?: string;
  readonly details?: Readonly<Record<string, string>>;
}

/** Is told each step as it is taken. */
export type Trace = (step: Step) => void;

/** A sentence is looked up; `unset` is what a that or topic reads as that is not there. */
export function inputStep(depth: number, { input, that, topic }: Path, unset: string): Step {
  const details: Record<string, string> = {};
  // They stay the same on the way down, or the template that changed them was told.
  if (depth === 0 && that.words.join(" ") !== unset) details["that"] = that.words.join(" ");
  if (depth === 0 && topic.words.join(" ") !== unset) details["topic"] = topic.words.join(" ");
  return { depth, kind: "input", text: input.words.join(" "), details };
}

/** A category was found, or none was. */
export function matchStep(depth: number, category: Category | undefined, match?: Match): Step {
  if (!category || !match) return { depth, kind: "no match", text: "" };
  const [that, topic] = [patternText(category.that), patternText(category.topic)];
  const isThat = that !== "" && that !== "*";
  const isTopic = topic !== "" && topic !== "*";
  return {
    depth,
    kind: "match",
    text: patternText(category.pattern),
    place: placeOf(category),
    details: {
      ...(isThat && { that }),
      ...(isTopic && { topic }),
      ...numbered("star", match.stars),
      ...(isThat && numbered("thatstar", match.thatStars())),
      ...(isTopic && numbered("topicstar", match.topicStars())),
    },
  };
}

/** Another bot was asked. */
export function inquiryStep(depth: number, { bot, text }: Inquiry, answer = ""): Step {
  return { depth, kind: "sraix", text: `${bot}: ${text}`, details: { answer: collapse(answer) } };
}

/** A limit ended the turn. */
export function limitStep(depth: number, limit: string, category: Category | undefined): Step {
  const step = { depth, kind: "limit", text: limit };
  return category ? { ...step, place: placeOf(category) } : step;
}

/** The same person, whose every changed predicate is told. */
export function watched(person: Person, tell: (step: Omit<Step, "depth">) => void): Person {
  return {
    ...person,
    set(name, value) {
      const before = person.get(name);
      const limit = person.set(name, value);
      const from = before === undefined ? "not set" : quoted(before);
      if (limit === undefined && before !== value)
        tell({ kind: "set", text: `${name}: ${from} → ${quoted(value)}` });
      return limit;
    },
  };
}

function placeOf({ file, line }: Category): string {
  // What a person taught stands in no file.
  return file === "learned" ? file : `${file}:${line}`;
}

function numbered(name: string, values: readonly string[]): Record<string, string> {
  const pairs = values.map((value, index) => [index === 0 ? name : `${name} ${index + 1}`, value]);
  return Object.fromEntries(pairs);
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

import { nameIn } from "../pattern-text.ts";
import { spaceWildcards } from "../spacing.ts";
import { attributeOf, type Element, isElement, type Node, textOf } from "../xml.ts";
import type { Fault } from "./finding.ts";
import type { Stars } from "./surroundings.ts";

interface PatternFault {
  /** Undefined: the text of the pattern itself. */
  readonly element?: Element;
  readonly fault: Fault;
}

/** What is wrong in a pattern, that or topic; in a learned one `<eval>` may stand. */
export function patternFaults(nodes: readonly Node[], isLearned = false): PatternFault[] {
  return nodes.flatMap((node): PatternFault[] => {
    if (!isElement(node)) return gluedWildcards(node).map((token) => ({ fault: glued(token) }));
    if (isLearned && node.name === "eval") return [];
    const fault = elementFault(node);
    return fault ? [{ element: node, fault }] : [];
  });
}

/** Whether a pattern has nothing to match. */
export function isEmptyPattern(pattern: Element): boolean {
  return textOf(pattern.children).trim() === "" && !pattern.children.some(isElement);
}

/** How many stars each part of a category has; `wrapper` may be a topic. */
export function starsOf(category: Element, wrapper: Element): Stars {
  const part = (name: string) =>
    category.children.filter(isElement).find((child) => child.name === name);
  const pattern = part("pattern") ?? part("intent");
  const outerTopic = wrapper.name === "topic" ? attributeOf(wrapper, "name") : undefined;
  return {
    star: pattern ? countStars(pattern.children) : Number.POSITIVE_INFINITY,
    thatstar: countStars(part("that")?.children ?? ["*"]),
    topicstar: countStars(part("topic")?.children ?? [outerTopic ?? "*"]),
  };
}

/** Punctuation beside a wildcard goes, as it does in texts; in C# and FOO_BAR the mark is punctuation itself. */
function gluedWildcards(text: string): string[] {
  return tokensOf(text).filter((token) => {
    const bare = token.replace(/[.,;:!?]+$/, "");
    return bare.length > 1 && !/^\w#$/.test(bare) && /[*^]|^[#_]|[#_]$/.test(bare);
  });
}

function glued(token: string): Fault {
  const apart = token
    .replace(/[*^#_]/g, " $& ")
    .replace(/\s+/g, " ")
    .trim();
  return {
    code: "glued-wildcard",
    message: `Cannot use "${token}" as a wildcard: expected spaces around it`,
    hint: `Write "${apart}"; as it stands it is a word`,
  };
}

function elementFault(element: Element): Fault | undefined {
  const { name } = element;
  if (name !== "set" && name !== "bot")
    return {
      code: "misplaced-element",
      message: `Cannot use <${name}> in a pattern: expected words, wildcards, <set> or <bot>`,
      hint: "It is left out; only its text counts",
    };
  if (nameIn(element) !== "") return undefined;
  const example = name === "set" ? "<set>colour</set>" : '<bot name="name"/>';
  return {
    code: "missing-attribute",
    message: `Cannot use <${name}> in a pattern: expected a name, found none`,
    hint: `For example ${example}`,
  };
}

/** A pattern's text cut at its spaces, and where scripts need none. */
export function tokensOf(text: string): string[] {
  return spaceWildcards(text).split(/\s+/);
}

function countStars(nodes: readonly Node[]): number {
  let count = 0;
  for (const node of nodes) {
    if (!isElement(node)) count += tokensOf(node).filter((token) => IS_STAR.test(token)).length;
    // What people say may hold any number of them.
    else if (node.name === "eval") return Number.POSITIVE_INFINITY;
    else if (node.name === "set") count++;
    else if (node.name !== "bot") count += countStars(node.children);
  }
  return count;
}

const IS_STAR = /^[*^#_]$/;

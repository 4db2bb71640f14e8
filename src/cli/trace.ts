import type { Said } from "../app/chats.ts";

type Step = Said["trace"][number];

/** The steps that led to an answer, a line each, and no line wider than a terminal is at least. */
export function formatTrace(steps: readonly Step[]): string {
  const left = steps.length - MOST_STEPS;
  if (left <= 0) return steps.map(toLines).join("");
  const [first, last] = [steps.slice(0, MOST_STEPS / 2), steps.slice(-MOST_STEPS / 2)];
  return `${first.map(toLines).join("")}  … ${left} more steps …\n${last.map(toLines).join("")}`;
}

/** What goes round in circles is seen from its start and its end; `--json` has it all. */
const MOST_STEPS = 60;

const COLUMNS = 100;

/** Deeper steps are told by their number: half of the width is for the words. */
const DEEPEST_INDENT = 20;

function toLines({ depth, kind, text, place, details = {} }: Step): string {
  const indent = "  ".repeat(Math.min(depth, DEEPEST_INDENT) + 1);
  const level = depth > DEEPEST_INDENT ? `(${depth}) ` : "";
  const notes = Object.entries(details).map(([name, value]) => `${name}: ${value || '""'}`);
  const parts = [`${level}${kind} ${text}`.trimEnd(), place && `(${place})`, ...notes];
  const line = parts.filter((part) => part !== undefined && part !== "").join("  ");
  return wrap(line, COLUMNS - indent.length - HANGING.length)
    .map((piece, index) => `${indent}${index === 0 ? "" : HANGING}${piece}\n`)
    .join("");
}

const HANGING = "    ";

/** Cut at spaces, and where a word is wider than the line, within it. */
function wrap(line: string, width: number): string[] {
  const pieces: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const space = rest.lastIndexOf(" ", width);
    const cut = space > 0 ? space : width;
    pieces.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  return [...pieces, rest];
}

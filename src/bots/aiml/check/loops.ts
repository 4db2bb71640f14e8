import { MAX_DEPTH, MAX_INPUT_LENGTH } from "../limits.ts";
import { closeUp } from "../spacing.ts";
import type { Call } from "./calls.ts";
import type { Entry } from "./entries.ts";
import { type Finding, showPlace, toFinding } from "./finding.ts";
import { STRANGER } from "./samples.ts";
import type { WholeBot } from "./whole-bot.ts";

/**
 * Tells of srais that never come to an end: each category is asked one text that it is for, and what its
 * template asks on in any case is followed as a talk would follow it.
 */
export function checkLoops(bot: WholeBot): Finding[] {
  const walk: Walk = { bot, done: new Set(), growing: new Set(), open: [], loops: new Map() };
  for (const entry of bot.entries.all) {
    const sample = entry.isPlain && certainCalls(entry).length > 0 && bot.toSample(entry);
    if (sample) follow(walk, sample);
  }
  return [...walk.loops.values()];
}

interface Step {
  /** The sentence that is asked, upper case. */
  readonly text: string;
  readonly entry: Entry;
  readonly call: Call;
}

interface Walk {
  readonly bot: WholeBot;
  /** Sentences that are known to come to an end, or were told of. */
  readonly done: Set<string>;
  /** Categories that ask themselves with other words each time; told of, too. */
  readonly growing: Set<Entry>;
  /** From the first sentence to the one that is being followed. */
  readonly open: Step[];
  /** By the categories in the loop. */
  readonly loops: Map<string, Finding>;
}

interface FullCall extends Call {
  readonly pieces: readonly (string | { readonly star: number })[];
}

function follow(walk: Walk, asked: string): void {
  const { lookup, entries } = walk.bot;
  const sentences = lookup.sentences(asked);
  for (const [index, found] of lookup.find(asked).entries()) {
    const text = sentences[index]?.join(" ").toUpperCase() ?? "";
    const entry = found && entries.at(found.place);
    if (entry && !walk.done.has(text)) followSentence(walk, { text, entry, stars: found.stars });
  }
}

interface Sentence extends Pick<Step, "text" | "entry"> {
  readonly stars: readonly string[];
}

function followSentence(walk: Walk, { text, entry, stars }: Sentence): void {
  const { open, done, growing } = walk;
  const again = open.findIndex((step) => step.text === text);
  if (again !== -1) noteLoop(walk, open.slice(again), text);
  else if (open.length >= MAX_DEPTH || text.length > MAX_INPUT_LENGTH) noteGrowth(walk, entry);
  else
    for (const call of certainCalls(entry)) {
      if (growing.has(entry)) break;
      open.push({ text, entry, call });
      follow(walk, fill(call, stars));
      open.pop();
    }
  done.add(text);
}

function certainCalls({ calls, changesContext }: Entry): readonly FullCall[] {
  return changesContext ? [] : calls.filter(isCertain);
}

function isCertain(call: Call): call is FullCall {
  return call.isCertain && call.pieces.every((piece) => typeof piece !== "symbol");
}

function fill({ pieces }: FullCall, stars: readonly string[]): string {
  return pieces
    .map((piece) => (typeof piece === "string" ? piece : (stars[piece.star - 1] ?? "unknown")))
    .join("");
}

function noteLoop({ loops }: Walk, steps: readonly Step[], next: string): void {
  const places = steps.map(({ entry }) => showPlace(entry));
  const key = places.toSorted().join();
  const [first] = steps;
  if (!first || loops.has(key)) return;
  const { line, column } = first.call;
  const texts = [...steps.map(({ text }) => text).slice(0, MOST_SHOWN), next];
  const message = `Cannot come to an end: expected this srai to lead elsewhere, found ${texts.map(show).join(" to ")}`;
  const others = places.slice(1, MOST_SHOWN).join(", ");
  const hint = others === "" ? "It asks itself" : `By way of ${others}`;
  const place = { file: first.entry.file, line, column };
  loops.set(key, toFinding(place, { code: "endless-srai", message, hint }));
}

/** So deep, or so long, that a talk would be stopped: each time the category asks itself something else. */
function noteGrowth(walk: Walk, entry: Entry): void {
  const { open, growing } = walk;
  const from = open.findIndex((step) => step.entry === entry);
  const next = open.findIndex((step, index) => index > from && step.entry === entry);
  if (from === -1 || next === -1) return;
  noteLoop(walk, open.slice(from, next), open[next]?.text ?? "");
  for (const step of open.slice(from)) growing.add(step.entry);
}

const MOST_SHOWN = 5;

function show(text: string): string {
  const shown = closeUp(text.replaceAll(STRANGER, "*"));
  return `"${shown.length > 60 ? `${shown.slice(0, 59)}…` : shown}"`;
}

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { createInterpreter } from "../../../src/bots/aiml/interpreter.ts";
import { createSubstitute } from "../../../src/bots/aiml/substitutions.ts";
import { splitWords } from "../../../src/bots/aiml/words.ts";
import { loadAimlFolder } from "../../../src/bots/aiml-loading.ts";
import { silentLog } from "../../../src/log.ts";

// One bot in one process: a task as JSON comes in, what was measured goes out.

export interface Task {
  readonly folder: string;
  /** Where the compiled bot is kept. */
  readonly keepIn: string;
  readonly inputs: readonly string[];
  readonly seconds: number;
  /** Predicates that the person has already. */
  readonly facts?: number;
}

export interface Measured {
  readonly categories: number;
  readonly loadMs: number;
  readonly rssMb: number;
  readonly keptBytes: number;
  /** Medians over passes. */
  readonly perSecond: number;
  readonly floorPerSecond: number;
}

const task: Task = await Bun.stdin.json();
console.log(JSON.stringify(await measure(task)));

async function measure({ folder, keepIn, inputs, seconds, facts = 0 }: Task): Promise<Measured> {
  const startedAt = performance.now();
  const bot = await loadAimlFolder(folder, { strict: false, keepIn, log: silentLog });
  const { answer } = createInterpreter({
    bot,
    now: Date.now,
    random: Math.random,
    program: "botline",
  });
  const loadMs = performance.now() - startedAt;
  const memory = new Map<string, string>([["predicates", String(facts)]]);
  for (let fact = 0; fact < facts; fact++) memory.set(`p:fact ${fact}`, "remembered");
  const perSecond = passes(inputs, seconds, (text) => {
    for (const [key, value] of answer({ text, personId: "ada", memory }).remember)
      if (value === null) memory.delete(key);
      else memory.set(key, value);
  });
  // What stays: how much garbage there is at a moment is chance.
  Bun.gc(true);
  const rssMb = process.memoryUsage.rss() / 1e6;
  const floorPerSecond = passes(inputs, seconds / 3, createFloor(inputs, bot.substitutions));
  const kept = readdirSync(keepIn).map((name) => statSync(join(keepIn, name)).size);
  const keptBytes = kept.reduce((sum, size) => sum + size, 0);
  return { categories: bot.size, loadMs, rssMb, keptBytes, perSecond, floorPerSecond };
}

/** Texts a second, the median over passes through all of them. */
function passes(inputs: readonly string[], seconds: number, say: (text: string) => void): number {
  const rates: number[] = [];
  for (const text of inputs) say(text);
  for (const end = performance.now() + seconds * 1_000; performance.now() < end; ) {
    const from = performance.now();
    for (const text of inputs) say(text);
    rates.push((inputs.length / (performance.now() - from)) * 1_000);
  }
  return rates.toSorted((a, b) => a - b)[Math.floor(rates.length / 2)] ?? 0;
}

type Substitutions = ReadonlyMap<string, readonly (readonly [string, string])[]>;

/** What no interpreter can do without: substitute, split, look up. */
function createFloor(inputs: readonly string[], substitutions: Substitutions) {
  const normalize = createSubstitute(substitutions.get("normal") ?? []);
  const toKey = (text: string) => splitWords(normalize(text)).join(" ").toUpperCase();
  const answers = new Map(inputs.map((text) => [toKey(text), text]));
  return (text: string) => {
    if (answers.get(toKey(text)) === undefined) throw new Error("Cannot find a text again");
  };
}

import { describe, expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BotFile } from "../../../src/bots/aiml/bot-file.ts";
import { readBotFiles } from "../../../src/bots/aiml/bot-files.ts";
import { compileBot } from "../../../src/bots/aiml/compile.ts";
import { createInterpreter } from "../../../src/bots/aiml/interpreter.ts";
import { isElement, type Node } from "../../../src/bots/aiml/xml.ts";
import { readAimlFolder } from "../../../src/bots/aiml-folder.ts";
import { createTalker, NOON } from "./talk.ts";

// Pandorabots' own bot. Her licence keeps her out of the project: see the golden file for what is kept.
const ROSIE = join(import.meta.dir, "../../../../shared/bots/rosie/lib");
const GOLDEN = join(import.meta.dir, "../../fixtures/rosie.golden");

/** One turn of the golden conversation. */
interface Turn {
  readonly person: string;
  readonly text: string;
  readonly places: string;
  readonly reason: string;
  readonly hash: string;
}

if (existsSync(ROSIE)) describe("Rosie", () => holdHer(filesOf(ROSIE)));
else process.stdout.write("Rosie was not talked to: she is not in ../shared/bots/rosie\n");

function holdHer(files: readonly BotFile[]): void {
  test("compileBot() reads all of her files without a problem", () => {
    const categories = [...readBotFiles(files).categories];
    const taught = categories.map(({ template }) => categoriesIn(template));

    expect(compileBot(files).problems).toEqual([]);
    expect(categories.length + sum(taught)).toBe(12_394);
  });

  test("answer() holds the golden conversation of a hundred turns", () => {
    const turns = parseGolden(readFileSync(GOLDEN, "utf8"));

    expect(turns.length).toBe(100);
    expect(surprises(files, turns)).toEqual([]);
  });
}

function filesOf(folder: string): readonly BotFile[] {
  const clock = { name: "clock.properties", text: '[["timezone", "0"]]' };
  return [...readAimlFolder(folder), clock];
}

function categoriesIn(nodes: readonly Node[]): number {
  return sum(
    nodes.filter(isElement).map(({ name, children }) => {
      return (name === "category" ? 1 : 0) + categoriesIn(children);
    }),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function parseGolden(golden: string): Turn[] {
  return Array.from(
    golden.matchAll(/^> (\w+): (.*)\n@ (.*)\n# (.*)\n= (\w+)$/gm),
    ([, person = "", text = "", places = "", reason = "", hash = ""]) => {
      return { person, text, places, reason, hash };
    },
  );
}

/** The turns that went another way than they were judged to be right, in words for who has to find out why. */
function surprises(files: readonly BotFile[], turns: readonly Turn[]): string[] {
  let draw = 0;
  const bot = createInterpreter({
    bot: compileBot(files),
    now: () => NOON,
    random: () => draw,
    program: "test 1",
  });
  const people = new Map(turns.map(({ person }) => [person, createTalker(person)]));
  return turns.flatMap((turn, index) => {
    draw = ((index + 1) % 10) / 10;
    const answer = people.get(turn.person)?.say(bot, turn.text) ?? "";
    if (hashOf(answer) === turn.hash) return [];
    return `turn ${index + 1} > ${turn.text}\ngot: ${answer} (${hashOf(answer)})\njudged: ${turn.reason}\nlook at: ${turn.places}`;
  });
}

function hashOf(answer: string): string {
  return createHash("sha256").update(answer).digest("hex").slice(0, 12);
}

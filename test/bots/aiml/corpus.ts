import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compileBot } from "../../../src/bots/aiml/compile.ts";
import { createInterpreter, type Interpreter } from "../../../src/bots/aiml/interpreter.ts";
import { collapse, toXml } from "../../../src/bots/aiml/markup.ts";
import { createTalker } from "./talk.ts";

/** One dialogue of the corpus beside the project. */
export interface CorpusCase {
  /** `suite/case`. */
  readonly name: string;
  readonly folder: string;
  readonly isDisputed: boolean;
  readonly properties: Readonly<Record<string, string>>;
  readonly defaults: Readonly<Record<string, string>>;
  readonly turns: readonly Turn[];
}

interface Turn {
  readonly input: string;
  readonly user?: string;
  readonly expect?: string;
  readonly expectAny?: readonly string[];
  readonly expectMatch?: string;
}

/** What was said in one turn, and what is wrong with it. */
interface Held {
  readonly answer: string;
  readonly fault: string | undefined;
}

/** Seen from the project's root, `../shared`; a clone of the project alone has none. */
const CORPUS = join(import.meta.dir, "../../../../shared/aiml-conformance");

/** All cases, or none where the corpus is not there. */
export function readCorpus(): readonly CorpusCase[] {
  if (!existsSync(CORPUS)) return [];
  return foldersIn(CORPUS).flatMap((suite) =>
    foldersIn(join(CORPUS, suite)).map((name) => readCase(suite, name)),
  );
}

/** Holds a case's dialogue, each user with a memory of their own. */
export function holdCase(read: CorpusCase): readonly Held[] {
  const bot = createCaseBot(read);
  const people = new Map<string, ReturnType<typeof createTalker>>();
  return read.turns.map((turn, index) => {
    const user = turn.user ?? "someone";
    const person = people.get(user) ?? createTalker(user);
    people.set(user, person);
    const started = performance.now();
    const answer = written(person.ask(bot, turn.input).raw);
    const isLate = performance.now() - started > MAX_TURN_MS;
    const got = `${answer}${isLate ? " (too late)" : ""}`;
    const isRight = !isLate && accepts(turn, answer);
    const place = `${read.name}, turn ${index + 1}`;
    return {
      answer,
      fault: isRight ? undefined : `${place}: wanted ${wantedIn(turn)}, got ${got}`,
    };
  });
}

const MAX_TURN_MS = 2_000;

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

function readCase(suite: string, name: string): CorpusCase {
  const folder = join(CORPUS, suite, name);
  const { disputed, properties, defaults, turns } = JSON.parse(
    readFileSync(join(folder, "dialog.json"), "utf8"),
  );
  const isDisputed = disputed === true;
  return { name: `${suite}/${name}`, folder, isDisputed, properties, defaults, turns };
}

function createCaseBot({ folder, properties, defaults }: CorpusCase): Interpreter {
  const files = readdirSync(folder)
    .filter((name) => name !== "dialog.json")
    .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
  const bot = compileBot([
    ...files,
    { name: "case.properties", text: JSON.stringify(Object.entries(properties)) },
    { name: "case.pdefaults", text: JSON.stringify(Object.entries(defaults)) },
  ]);
  return createInterpreter({ bot, now: Date.now, random: Math.random, program: "corpus 1" });
}

/** Where an answer has no markup, its text is not XML either. */
function written(raw: string): string {
  const xml = toXml(raw);
  return collapse(xml.includes("<") ? xml : raw);
}

function accepts({ expect, expectAny, expectMatch }: Turn, answer: string): boolean {
  if (expectMatch !== undefined) return new RegExp(expectMatch).test(answer);
  return (expectAny ?? [expect ?? ""]).some((text) => canonical(text) === canonical(answer));
}

/** White space beside a tag does not count, and an element without content is an empty one. */
function canonical(xml: string): string {
  return collapse(xml)
    .replace(/\s*(<[^>]*>)\s*/g, "$1")
    .replace(/<(\S+)([^>]*)><\/\1>/g, "<$1$2/>");
}

function wantedIn({ expect, expectAny, expectMatch }: Turn): string {
  return expectMatch ? `/${expectMatch}/` : (expectAny ?? [expect]).join(" or ");
}

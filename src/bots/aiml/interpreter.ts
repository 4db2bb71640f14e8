import type { Category } from "./categories.ts";
import { createCategoryReader } from "./category-texts.ts";
import type { CompiledBot } from "./compile.ts";
import { createDraft } from "./draft.ts";
import { createCompiler, nestingOf } from "./evaluate.ts";
import { createFacts } from "./facts.ts";
import { createLearning } from "./learning.ts";
import { MAX_INPUT_LENGTH, MAX_OUTPUT_LENGTH } from "./limits.ts";
import { collapse, firstOf, withoutFences } from "./markup.ts";
import { createMatcher } from "./match.ts";
import { type Message, toMessage } from "./media.ts";
import { openPerson } from "./memory.ts";
import { chosenBy } from "./options.ts";
import { toPathRules } from "./paths.ts";
import { type Others, type Run, runAsking, startRun } from "./sraix.ts";
import { tags } from "./tags.ts";
import type { Step, Trace } from "./trace.ts";
import { createTripleStore } from "./triples.ts";
import { type Engine, startTurn, type Template } from "./turn.ts";

/** What an interpreter is made of: a bot, and what it may not reach for itself. */
export interface Parts {
  readonly bot: CompiledBot;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** What `<program/>` says: name and version. */
  readonly program: string;
}

/** One person's message. */
interface Question {
  readonly text: string;
  /** What `<id/>` says. */
  readonly personId: string;
  /** What is remembered of the person. */
  readonly memory: ReadonlyMap<string, string>;
  /** Is told how the answer comes about; costs nothing where it is missing. */
  readonly trace?: Trace | undefined;
  /**
   * What is remembered for everybody: another map whenever it holds something else than the one before and
   * what was answered since. Left out, it lasts as long as the interpreter.
   */
  readonly shared?: ReadonlyMap<string, string>;
}

export interface Answer extends Omit<Message, "options"> {
  /** With its elements in it, fenced; `toXml` writes them out. */
  readonly raw: string;
  readonly remember: ReadonlyMap<string, string | null>;
  readonly rememberForAll: ReadonlyMap<string, string | null>;
  /** The limit that ended the turn, where one did. */
  readonly limit: string | undefined;
  /** The category whose template ran into it, where one was at work. */
  readonly stoppedIn: { readonly file: string; readonly line: number } | undefined;
}

export interface Interpreter {
  /** Says something to everything: a template without an end leads to the default answer. */
  answer(question: Question): Answer;
  /** As `answer`, where `<sraix>` has others to ask. */
  answerAsking(question: Question, others: Others): Promise<Answer>;
}

/**
 * Makes a bot answer.
 *
 * ```ts
 * const bot = compileBot(files);
 * const { answer } = createInterpreter({ bot, now: Date.now, random: Math.random, program: "Ada 1" });
 * const { text, remember } = answer({ text: "Hello", personId: "ben", memory: new Map() });
 * ```
 */
export function createInterpreter({ bot, ...surroundings }: Parts): Interpreter {
  const facts = createFacts(bot, surroundings);
  const normalize = facts.substitute("normal");
  const engine: Engine = {
    facts,
    matcher: createMatcher(bot.graph, bot.members),
    categories: createCategoryReader(bot.categories),
    learning: createLearning(
      toPathRules({ ...bot, ...facts, normalize }),
      Number.parseInt(facts.property("max-learn-file-size") ?? "", 10),
    ),
    triples: createTripleStore(),
    template: createTemplates(facts),
    size: bot.size,
    defaultAnswer: firstOf(facts.property("default-answer") ?? DEFAULT_ANSWER, MAX_OUTPUT_LENGTH),
  };
  const kept = new Map<string, string>();
  const keeping = (question: Question, answered: Answer): Answer => {
    if (!question.shared) applyTo(kept, answered.rememberForAll);
    return answered;
  };
  const evaluate = (question: Question, run: Run) =>
    answer(engine, { shared: kept, ...question }, run);
  return {
    answer: (question) => keeping(question, evaluate(question, startRun(facts))),
    async answerAsking(question, others) {
      return keeping(question, await runAsking((run) => evaluate(question, run), facts, others));
    },
  };
}

const DEFAULT_ANSWER = "I have no answer for that.";

function createTemplates(facts: Engine["facts"]): Engine["template"] {
  const compiler = createCompiler(tags, facts);
  const templates = new WeakMap<Category, Template>();
  return (category) => {
    const known = templates.get(category);
    if (known) return known;
    const { template: children, line, column } = category;
    const element = { name: "template", attributes: [], children, line, column };
    const template = { piece: compiler.content(element), nesting: nestingOf(children) };
    templates.set(category, template);
    return template;
  };
}

function applyTo(memory: Map<string, string>, changes: Answer["rememberForAll"]): void {
  for (const [key, value] of changes) {
    if (value === null) memory.delete(key);
    else memory.set(key, value);
  }
}

type WithShared = Question & Required<Pick<Question, "shared">>;

function answer(engine: Engine, question: WithShared, run: Run): Answer {
  const { text, personId, memory, trace } = question;
  const person = openPerson(memory);
  const shared = createDraft(question.shared);
  const typed = collapse(withoutFences(text.slice(0, MAX_INPUT_LENGTH)).normalize());
  // Templates are written for the postback: it stands for what was typed in request and input, too.
  const request = chosenBy(typed, person.options(), engine.facts.words) ?? typed;
  const steps: Step[] = [];
  const collect: Trace | undefined = trace && ((step) => steps.push(step));
  const turn = startTurn(engine, { person, personId, shared, request, trace: collect, run });
  if (text.length > MAX_INPUT_LENGTH) turn.stop("input");
  const said = collapse(turn.limit() ? "" : turn.respond());
  const limit = turn.limit();
  const raw = limit ? engine.defaultAnswer : said;
  const { options, ...message } = toMessage(raw);
  // A turn that met a limit leaves nothing half done: everything is as before it.
  const kept = limit ? openPerson(memory) : person;
  kept.remember({ request, response: raw });
  kept.offer(options);
  // Only now: a run that was broken off is no part of how the answer came about.
  for (const step of steps) trace?.(step);
  const remember = kept.changes();
  const rememberForAll = limit ? NO_CHANGES : shared.changes();
  return { raw, ...message, remember, rememberForAll, limit, stoppedIn: turn.stoppedIn() };
}

const NO_CHANGES: ReadonlyMap<string, string | null> = new Map();

import type { Category } from "./categories.ts";
import type { CategoryList } from "./category-texts.ts";
import { UNKNOWN_VALUE } from "./facts.ts";
import type { Learned, Learner, Learning } from "./learning.ts";
import {
  MAX_ACTIVATIONS,
  MAX_DEPTH,
  MAX_INPUT_LENGTH,
  MAX_NESTING,
  MAX_OUTPUT_LENGTH,
} from "./limits.ts";
import type { Matcher } from "./match.ts";
import { toSayings } from "./media.ts";
import type { Person } from "./memory.ts";
import { type BotFacts, type Frame, type Piece, permitted, type Turn } from "./piece.ts";
import type { Match } from "./search.ts";
import type { Run } from "./sraix.ts";
import { inputStep, inquiryStep, limitStep, matchStep, type Trace, watched } from "./trace.ts";
import type { TripleStore } from "./triples.ts";
import type { Sentence } from "./words.ts";

/** A bot ready to answer: what all turns share. */
export interface Engine {
  readonly facts: BotFacts;
  readonly matcher: Matcher;
  readonly categories: CategoryList;
  readonly learning: Learning;
  readonly triples: TripleStore;
  /** A category's template, compiled at its first use. */
  readonly template: (category: Category) => Template;
  /** How many categories all people share. */
  readonly size: number;
  readonly defaultAnswer: string;
}

export interface Template {
  readonly piece: Piece;
  /** Elements open at once while it is evaluated. */
  readonly nesting: number;
}

/** Who asks, and what. */
export interface Asking extends Learner {
  readonly request: string;
  /** Where somebody wants to see how the answer comes about. */
  readonly trace?: Trace | undefined;
  readonly run: Run;
}

/** A turn, and how its sentences are answered. */
export interface RunningTurn extends Turn {
  /** What the bot says to the request. */
  respond(): string;
  /** The limit that ended the turn, where one did. */
  limit(): string | undefined;
  /** The category whose template ran into it; none where no template was at work. */
  stoppedIn(): Category | undefined;
}

export function startTurn(engine: Engine, asking: Asking): RunningTurn {
  const { facts } = engine;
  const { person, personId, request, trace, run } = asking;
  const state = newState(engine, asking);
  const turn: RunningTurn = {
    person: trace ? watched(person, (step) => trace({ depth: state.depth, ...step })) : person,
    personId,
    request,
    sentence: 0,
    startedAt: run.startedAt,
    random: run.random,
    inquire(inquiry) {
      if (state.limit !== undefined) return undefined;
      const answer = run.inquire(inquiry);
      trace?.(inquiryStep(state.depth, inquiry, answer));
      return answer;
    },
    respond: () => respondToAll(state, turn, facts.words.sentences(request)),
    ask: (text) => ask(state, turn, text),
    learn(category, audience) {
      const limit = state.learned.add(category, audience);
      if (limit) turn.stop(limit);
    },
    unlearn: (audience) => state.learned.forget(audience),
    triples: () => engine.triples.of(personId, person),
    size: () => engine.size + (state.learned.overlay()?.categories.length ?? 0),
    stop(limit) {
      if (state.limit !== undefined) return;
      state.limit = limit;
      state.stoppedIn = state.active;
      trace?.(limitStep(state.depth, limit, state.active));
    },
    permits(text) {
      if (text.length > MAX_OUTPUT_LENGTH) turn.stop("output");
      return (++state.pieces & CLOCK_MASK) === 0 ? !turn.isStopped() : state.limit === undefined;
    },
    isStopped() {
      if (facts.now() > run.deadline) turn.stop("time");
      return state.limit !== undefined;
    },
    limit: () => state.limit,
    stoppedIn: () => state.stoppedIn,
  };
  return turn;
}

/** The clock is looked at once in 16 pieces. */
const CLOCK_MASK = 15;

interface State {
  readonly engine: Engine;
  readonly that: Sentence;
  readonly trace: Trace | undefined;
  readonly learned: Learned;
  depth: number;
  nesting: number;
  activations: number;
  /** Texts made so far. */
  pieces: number;
  /** The topic when it was last looked at. */
  topic: { readonly text: string; readonly sentence: Sentence } | undefined;
  /** Whose template is at work. */
  active: Category | undefined;
  limit: string | undefined;
  stoppedIn: Category | undefined;
}

function newState(engine: Engine, asking: Asking): State {
  return {
    engine,
    that: lastSaid(engine, asking.person),
    trace: asking.trace,
    learned: engine.learning.of(asking),
    depth: 0,
    nesting: 0,
    activations: 0,
    pieces: 0,
    topic: undefined,
    active: undefined,
    limit: undefined,
    stoppedIn: undefined,
  };
}

function sentencesIn({ facts: { words } }: Engine, text: string): readonly Sentence[] {
  const sayings = toSayings(text);
  const [only = ""] = sayings;
  return sayings.length === 1 ? words.sentences(only) : sayings.flatMap(words.sentences);
}

/** The last sentence of the last answer; all sentences of one message see the same. */
function lastSaid(engine: Engine, person: Person): Sentence {
  const said = sentencesIn(engine, person.exchange(1)?.response ?? "");
  return said.at(-1) ?? nothingKnown(engine.facts);
}

function ask(state: State, turn: RunningTurn, text: string): string {
  if (text.length > MAX_INPUT_LENGTH) turn.stop("input");
  if (turn.isStopped()) return "";
  return respondToAll(state, turn, sentencesIn(state.engine, text));
}

/** Nothing at all is asked like a sentence without words. */
function respondToAll(state: State, turn: RunningTurn, sentences: readonly Sentence[]): string {
  const [first = state.engine.facts.words.sentence("")] = sentences;
  let said = respond(state, turn, first).trim();
  for (let at = 1; at < sentences.length && turn.permits(said); at++) {
    if (state.depth === 0) turn.sentence = at;
    said += ` ${respond(state, turn, sentences[at] ?? first).trim()}`;
  }
  return permitted({ turn }, said);
}

function respond(state: State, turn: RunningTurn, input: Sentence): string {
  if (++state.activations > MAX_ACTIVATIONS) turn.stop("activations");
  if (state.depth >= MAX_DEPTH) turn.stop("depth");
  if (turn.isStopped()) return "";
  const { engine, that, trace } = state;
  const learned = state.learned.overlay();
  const topic = topicOf(state, turn);
  const path = { input, that, topic };
  trace?.(inputStep(state.depth, path, nothingKnown(engine.facts).words.join(" ")));
  const match = engine.matcher.match(path, learned);
  if (engine.matcher.isGivenUp()) turn.stop("steps");
  const category = match && (match.isLearned ? learned : engine)?.categories.at(match.category);
  trace?.(matchStep(state.depth, category, match));
  if (category) return activate(state, category, newFrame(turn, match, topic));
  // A template that asks about nothing, such as a wildcard that took no words, is told nothing.
  return state.depth > 0 && input.words.length === 0 ? "" : engine.defaultAnswer;
}

/** Read afresh each time: a template may have changed it. */
function topicOf(state: State, { person }: RunningTurn): Sentence {
  const { facts } = state.engine;
  const text = person.get("topic") ?? facts.defaultPredicate("topic") ?? "";
  if (state.topic?.text === text) return state.topic.sentence;
  const topic = facts.words.sentence(toSayings(text).join(" "));
  const sentence = topic.words.length > 0 ? topic : nothingKnown(facts);
  state.topic = { text, sentence };
  return sentence;
}

/** A part of the path is never empty: `*` must find a word even where there is nothing to find. */
function nothingKnown({ words, unset }: BotFacts): Sentence {
  const sentence = words.sentence(unset);
  return sentence.words.length > 0 ? sentence : words.sentence(UNKNOWN_VALUE);
}

function newFrame(turn: RunningTurn, match: Match, topic: Sentence): Frame {
  return { turn, match, topic, vars: undefined, isLooping: false };
}

function activate(state: State, category: Category, frame: Frame): string {
  const { piece, nesting } = state.engine.template(category);
  const caller = state.active;
  state.active = category;
  state.depth++;
  state.nesting += nesting;
  if (state.nesting > MAX_NESTING) frame.turn.stop("nesting");
  const text = state.limit === undefined ? permitted(frame, piece(frame)) : "";
  state.nesting -= nesting;
  state.depth--;
  state.active = caller;
  return text;
}

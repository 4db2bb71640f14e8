import type { Category } from "./categories.ts";
import type { Person } from "./memory.ts";
import type { Match } from "./search.ts";
import type { Inquiry } from "./sraix.ts";
import type { Substitute } from "./substitutions.ts";
import type { Triples } from "./triples.ts";
import type { Vocabulary } from "./vocabulary.ts";
import type { Sentence, Words } from "./words.ts";
import type { Element } from "./xml.ts";

/** A compiled part of a template: what it says in one activation. */
export type Piece = (frame: Frame) => string;

/** How an element of a template is compiled. */
export type Tag = (element: Element, compiler: Compiler) => Piece;

/** Whom a learned category answers. */
export type Audience = "person" | "everybody";

/** One activation of a category. */
export interface Frame {
  readonly turn: Turn;
  readonly match: Match;
  /** The topic that the category was found with. */
  readonly topic: Sentence;
  /** Made when the first `var` is set. */
  vars: Map<string, string> | undefined;
  /** A `<loop/>` was met since the condition around it began. */
  isLooping: boolean;
}

/** One message of one person, while it is answered. */
export interface Turn {
  readonly person: Person;
  readonly personId: string;
  readonly request: string;
  /** Which of the message's sentences is being answered. */
  sentence: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** From 0 up to 1. */
  random(): number;
  /** What an srai of this text answers. */
  ask(text: string): string;
  /** What another bot answers; undefined where none does. */
  inquire(inquiry: Inquiry): string | undefined;
  /** Adds a category to the person's own, or to everybody's. */
  learn(category: Category, audience: Audience): void;
  /** Forgets what the person, or everybody, was taught. */
  unlearn(audience: Audience): void;
  /** What the person's triples say. */
  triples(): Triples;
  /** How many categories the person can reach. */
  size(): number;
  /** Ends the turn: what was said so far is dropped for the default answer. */
  stop(limit: string): void;
  /** Whether the turn may go on with what a piece said: checks its length and, now and then, the time. */
  permits(text: string): boolean;
  /** Whether the turn has ended, by itself or because its time is over. */
  isStopped(): boolean;
}

/** What a template may ask of the bot it belongs to; fixed once the files are read. */
export interface BotFacts {
  readonly vocabulary: Vocabulary;
  readonly words: Words;
  readonly property: (name: string) => string | undefined;
  readonly defaultPredicate: (name: string) => string | undefined;
  /** What an unset predicate reads as. */
  readonly unset: string;
  readonly map: (name: string, key: string) => string | undefined;
  readonly substitute: (name: string) => Substitute;
  readonly vocabularySize: () => number;
  readonly program: string;
  readonly now: () => number;
  readonly random: () => number;
}

/** Turns elements into pieces. */
export interface Compiler {
  readonly bot: BotFacts;
  /** What stands inside an element, but for the child elements named: they are attributes. */
  content(element: Element, attributes?: readonly string[]): Piece;
  /** An attribute's value, whether written as one or as a child element. */
  attribute(element: Element, name: string): Piece | undefined;
}

/** A piece that always says the same. */
export function constant(text: string): Piece {
  return () => text;
}

/** A piece that says what `change` makes of another's text. */
export function changed(piece: Piece, change: (text: string) => string): Piece {
  return (frame) => {
    const text = piece(frame);
    return frame.turn.permits(text) ? permitted(frame, change(text)) : "";
  };
}

/** The text, or nothing where the turn may not go on with it. */
export function permitted({ turn }: Pick<Frame, "turn">, text: string): string {
  return turn.permits(text) ? text : "";
}

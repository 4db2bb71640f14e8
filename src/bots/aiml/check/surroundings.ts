import type { Element } from "../xml.ts";
import type { Fault } from "./finding.ts";

/** Takes down a fault of an element. */
export type Report = (element: Element, fault: Fault) => void;

/** Gives the known word that a misspelt one was likely meant to be. */
export type Suggest = (word: string, known: readonly string[]) => string | undefined;

/** How many wildcards and sets each part of a category has: what its stars can be about. */
export interface Stars {
  readonly star: number;
  readonly thatstar: number;
  readonly topicstar: number;
}

/** Where an element of a template stands. */
export interface Around {
  /** The elements around it, the innermost last. */
  readonly parents: readonly Element[];
  readonly stars: Stars;
  readonly suggest: Suggest;
  /** Where the `<learn>` around the category stands, which is where its `<eval>`s are evaluated. */
  readonly outer?: Around | undefined;
}

/** One thing that can be wrong with an element of a template. */
export type Rule = (element: Element, around: Around) => readonly Fault[];

/** No fault. */
export const FINE: readonly Fault[] = [];

import { collapse, withElements } from "../markup.ts";
import { type Compiler, constant, type Frame, permitted, type Tag } from "../piece.ts";
import type { Element } from "../xml.ts";
import { tupleReader } from "./triples.ts";

/** Reads what a `name` or `var` attribute points at. */
export interface Reader {
  /** The value that was set, also by the bot's files; undefined where none was. */
  bound(frame: Frame): string | undefined;
  /** The value, or what stands in for it. */
  read(frame: Frame): string;
}

/** What an element's `name` or `var` points at; undefined where it has neither. */
export function readerOf(element: Element, compiler: Compiler): Reader | undefined {
  const { bot } = compiler;
  const variable = compiler.attribute(element, "var");
  if (variable) {
    const bound = (frame: Frame) => frame.vars?.get(variable(frame));
    return { bound, read: (frame) => bound(frame) ?? bot.unset };
  }
  const name = compiler.attribute(element, "name");
  if (!name) return undefined;
  const bound = (frame: Frame) => {
    const wanted = name(frame);
    return frame.turn.person.get(wanted) ?? bot.defaultPredicate(wanted);
  };
  return { bound, read: (frame) => bound(frame) ?? bot.unset };
}

/** `<get name="…"/>`, `<get var="…"/>`, and `<get var="?x"><tuple>…</tuple></get>`. */
export const get: Tag = (element, compiler) => {
  const { unset } = compiler.bot;
  const variable = compiler.attribute(element, "var");
  const tuple = compiler.attribute(element, "tuple");
  if (!variable || !tuple) return readerOf(element, compiler)?.read ?? constant(unset);
  const read = tupleReader(variable, tuple);
  return (frame) => read(frame) ?? unset;
};

/** `<set name="…">`, `<set var="…">`: keeps the content and says it. */
export const set: Tag = (element, compiler) => {
  const variable = compiler.attribute(element, "var");
  const name = compiler.attribute(element, "name");
  const content = compiler.content(element, ["name", "var"]);
  return (frame) => {
    const value = collapse(content(frame));
    if (variable) setVariable(frame, variable(frame), value);
    else if (name) setPredicate(frame, name(frame), value);
    return value;
  };
};

/** `<bot name="…"/>`: a property of the bot. */
export const botProperty: Tag = (element, compiler) => {
  const { property } = compiler.bot;
  const otherwise = property("default-property") ?? "unknown";
  const name = compiler.attribute(element, "name");
  return (frame) => permitted(frame, withElements((name && property(name(frame))) ?? otherwise));
};

/** `<map name="…">`: what the map has for the content. */
export const lookUp: Tag = (element, compiler) => {
  const { map, property } = compiler.bot;
  const otherwise = property("default-map") ?? "unknown";
  const name = compiler.attribute(element, "name") ?? constant("");
  const content = compiler.content(element, ["name"]);
  return (frame) => permitted(frame, map(name(frame), collapse(content(frame))) ?? otherwise);
};

/** `<id/>`: what the bot knows the person by. */
export const id: Tag = () => (frame) => frame.turn.personId;

/** `<size/>`: how many categories there are for this person. */
export const size: Tag = () => (frame) => String(frame.turn.size());

/** `<vocabulary/>`: how many different words the patterns and sets have. */
export const vocabulary: Tag =
  (_, { bot }) =>
  () =>
    String(bot.vocabularySize());

/** `<program/>`: what answers. */
export const program: Tag = (_, { bot }) => constant(bot.program);

function setPredicate({ turn }: Frame, name: string, value: string): void {
  const limit = turn.person.set(name, value);
  if (limit) turn.stop(limit);
}

function setVariable(frame: Frame, name: string, value: string): void {
  frame.vars ??= new Map();
  frame.vars.set(name, value);
}

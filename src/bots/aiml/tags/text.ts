import { collapse, mapText } from "../markup.ts";
import { type Compiler, changed, type Piece, type Tag } from "../piece.ts";
import { withoutPunctuation } from "../words.ts";
import type { Element } from "../xml.ts";
import { firstStar } from "./star.ts";

/** An element that changes its whole content's case. */
export function caseTag(change: (text: string) => string): Tag {
  return (element, compiler) => changed(compiler.content(element), (text) => mapText(text, change));
}

/** `<formal>`: each word's first letter up, the rest down. */
export const formal: Tag = caseTag((text) =>
  text.toLowerCase().replace(/(?<!\S)[^\s\p{L}\p{N}]*\p{L}/gu, (start) => start.toUpperCase()),
);

/** `<sentence>`: the first word's first letter up, the rest as it is. */
export const sentenceCase: Tag = (element, compiler) =>
  changed(compiler.content(element), (text) => {
    let isOver = false;
    return mapText(text, (part) => {
      if (isOver || !/[\p{L}\p{N}]/u.test(part)) return part;
      isOver = true;
      return part.replace(/[\p{L}\p{N}]/u, (letter) => letter.toUpperCase());
    });
  });

/** `<explode>`: the characters with one space between them. */
export const explode: Tag = caseTag((text) => characters(text.replace(/\s+/g, "")).join(" "));

/** `<first>`: the first word. */
export const first: Tag = (element, compiler) =>
  changed(compiler.content(element), (text) => collapse(text).split(" ")[0] || NIL);

/** `<rest>`: all words but the first. */
export const rest: Tag = (element, compiler) =>
  changed(compiler.content(element), (text) => collapse(text).split(" ").slice(1).join(" ") || NIL);

/** `<person>` and its like: the content, or the first star, through a substitution file. */
export function substituted(name: string): Tag {
  return (element, compiler) => {
    const substitute = compiler.bot.substitute(name);
    return changed(contentOrStar(element, compiler), (text) => mapText(text, substitute));
  };
}

/** `<normalize>`: the content as it would be matched, its case kept. */
export const normalize: Tag = (element, compiler) => {
  const substitute = compiler.bot.substitute("normal");
  const normalized = (text: string) => withoutPunctuation(substitute(text));
  return changed(contentOrStar(element, compiler), (text) => mapText(text, normalized));
};

/** A letter with its accents, and an emoji of several signs, are one character. */
function characters(text: string): string[] {
  if (/^\p{ASCII}*$/u.test(text)) return text.split("");
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}

/** Loops over lists end at this word. */
const NIL = "NIL";

function contentOrStar(element: Element, compiler: Compiler): Piece {
  return element.children.length === 0 ? firstStar(compiler) : compiler.content(element);
}

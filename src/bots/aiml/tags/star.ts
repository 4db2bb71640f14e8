import { toSayings } from "../media.ts";
import type { Compiler, Frame, Piece, Tag } from "../piece.ts";
import { joinWords } from "../words.ts";
import type { Element } from "../xml.ts";

/** `<star index="n"/>`: what the nth wildcard or set of the pattern took. */
export const star: Tag = starOf(({ match }) => match.stars);

/** `<thatstar index="n"/>`. */
export const thatStar: Tag = starOf(({ match }) => match.thatStars());

/** `<topicstar index="n"/>`; where the category names no topic it is the one that is now set. */
export const topicStar: Tag = (element, compiler) => {
  const took = starOf(({ match }) => match.topicStars())(element, compiler);
  const index = indexOf(element, compiler);
  const { defaultPredicate, unset, words } = compiler.bot;
  return (frame) => {
    const isWhole = frame.match.topicStars()[0] === joinWords(frame.topic);
    if (!isWhole || index(frame) !== 1) return took(frame);
    const topic = frame.turn.person.get("topic") ?? defaultPredicate("topic") ?? "";
    return joinWords(words.sentence(toSayings(topic).join(" "))) || unset;
  };
};

/** An `index` attribute's value; a missing one, and 0, is 1. */
export function indexOf(element: Element, compiler: Compiler): (frame: Frame) => number {
  const index = compiler.attribute(element, "index");
  return index ? (frame) => Math.max(1, Number.parseInt(index(frame), 10) || 1) : () => 1;
}

/** The first wildcard's words, for elements whose empty form works on them. */
export function firstStar({ bot }: Compiler): Piece {
  const nullStar = bot.property("nullstar") ?? "";
  return ({ match }) => match.stars[0] || (match.stars.length > 0 ? nullStar : bot.unset);
}

function starOf(starsOf: (frame: Frame) => readonly string[]): Tag {
  return (element, compiler) => {
    const index = indexOf(element, compiler);
    // A wildcard that took no words reads as the property says, or as nothing.
    const nullStar = compiler.bot.property("nullstar") ?? "";
    return (frame) => {
      const words = starsOf(frame)[index(frame) - 1];
      return words === undefined ? compiler.bot.unset : words || nullStar;
    };
  };
}

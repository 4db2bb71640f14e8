import { constant, type Frame, type Piece, type Tag } from "../piece.ts";
import { firstStar } from "./star.ts";

/** `<srai>`: what the bot answers to the content. */
export const srai: Tag = (element, compiler) => asked(compiler.content(element));

/** `<sr/>`: what the bot answers to the first star. */
export const sr: Tag = (_, compiler) => asked(firstStar(compiler));

/** `<think>`: does its content and says nothing. */
export const think: Tag = (element, compiler) => {
  const content = compiler.content(element);
  return (frame) => {
    content(frame);
    return "";
  };
};

/** Elements that would run code outside the bot: neither they nor their content are ever looked at. */
export const nothing: Tag = () => constant("");

function asked(content: Piece): Piece {
  return (frame: Frame) => frame.turn.ask(content(frame));
}

import { MAX_INPUT_LENGTH } from "../limits.ts";
import { collapse, withoutFences } from "../markup.ts";
import { toSayings } from "../media.ts";
import { type Compiler, constant, type Frame, type Piece, permitted, type Tag } from "../piece.ts";
import type { Element } from "../xml.ts";

/** `<sraix bot="…">`: what another bot says to the content; else the `default`, else the category SRAIXFAILED. */
export const sraix: Tag = (element, compiler) => {
  const bot = compiler.attribute(element, "bot") ?? compiler.attribute(element, "botid");
  const otherwise = compiler.attribute(element, "default") ?? failed;
  if (!bot) return otherwise;
  const content = compiler.content(element, ATTRIBUTES);
  const shorten = shortenerOf(element, compiler);
  return (frame) => {
    const inquiry = { bot: bot(frame), text: toSayings(content(frame)).join(" ") };
    if (inquiry.text.length > MAX_INPUT_LENGTH) frame.turn.stop("input");
    const answer = permitted(frame, frame.turn.inquire(inquiry) ?? "");
    const said = collapse(withoutFences(answer));
    return said === "" ? otherwise(frame) : shorten(said, frame);
  };
};

// Who may be asked, where and with which key is the owner's to say: host, server, service and apikey change nothing.
const ATTRIBUTES = "bot botid host server service apikey hint limit default".split(" ");

const failed: Piece = (frame) => frame.turn.ask("SRAIXFAILED");

/** Leaves as many sentences as `limit` says. */
function shortenerOf(element: Element, { attribute, bot }: Compiler) {
  const limit = attribute(element, "limit") ?? constant("");
  return (text: string, frame: Frame): string => {
    const most = Number.parseInt(limit(frame), 10);
    return most > 0 ? firstSentences(text, bot.words.pieces(text), most) : text;
  };
}

/** The pieces are a text's sentences without their marks. */
function firstSentences(text: string, pieces: readonly string[], most: number): string {
  let end = 0;
  for (const piece of pieces.slice(0, most)) end = text.indexOf(piece, end) + piece.length;
  const next = pieces[most];
  return next === undefined ? text : text.slice(0, text.indexOf(next, end)).trim();
}

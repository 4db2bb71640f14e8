import { toSayings } from "../media.ts";
import type { Compiler, Frame, Tag } from "../piece.ts";
import { indexOf } from "./star.ts";

/** `<request index="n"/>`: the nth message back as it was typed; 0 is the one being answered. */
export const request: Tag = (element, compiler) => {
  const index = compiler.attribute(element, "index");
  return (frame) => {
    const back = index ? Number.parseInt(index(frame), 10) : 1;
    if (back === 0) return frame.turn.request;
    return frame.turn.person.exchange(back || 1)?.request ?? compiler.bot.unset;
  };
};

/** `<response index="n"/>`: the nth answer back. */
export const response: Tag = (element, compiler) => {
  const index = indexOf(element, compiler);
  return (frame) => frame.turn.person.exchange(index(frame))?.response ?? compiler.bot.unset;
};

/** `<input index="n"/>`: the nth sentence back as it was typed, 1 the one being answered. */
export const input: Tag = (element, compiler) => {
  const index = indexOf(element, compiler);
  return (frame) => typedSentence(frame, compiler, index(frame) - 1) ?? compiler.bot.unset;
};

/** `<that index="m,n"/>`: the nth sentence from the end of the mth answer back. */
export const history: Tag = (element, compiler) => {
  const index = compiler.attribute(element, "index");
  return (frame) => {
    const [back = 1, fromEnd = 1] = (index?.(frame) ?? "").split(",").map((n) => Number(n) || 1);
    const answer = frame.turn.person.exchange(back)?.response;
    const sentences = toSayings(answer ?? "").flatMap(compiler.bot.words.typed);
    return sentences.at(-fromEnd) ?? compiler.bot.unset;
  };
};

function typedSentence({ turn }: Frame, { bot }: Compiler, back: number): string | undefined {
  if (back <= turn.sentence) return bot.words.typed(turn.request)[turn.sentence - back];
  let left = back - turn.sentence;
  for (let message = 1; ; message++) {
    const exchange = turn.person.exchange(message);
    if (!exchange) return undefined;
    const sentences = bot.words.typed(exchange.request);
    if (left <= sentences.length) return sentences.at(-left);
    left -= sentences.length;
  }
}

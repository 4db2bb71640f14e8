import { collapse, hasElements } from "./markup.ts";
import { toTree } from "./markup-tree.ts";
import { render } from "./media/elements.ts";
import { INDENT, LINE, LINE_END, OPTION, SPLIT } from "./media/marks.ts";
import { toSpoken } from "./media/spoken.ts";
import { takeOutOob } from "./oob.ts";
import { areNumbered, type Option } from "./options.ts";

/** What a text message can carry of an answer, and what it cannot. */
export interface Message {
  /** All of it, as a person reads it. */
  readonly text: string;
  /** The same, cut where `<split/>` begins a new message; none is empty. */
  readonly texts: readonly string[];
  /** In the order they are read. */
  readonly options: readonly Option[];
  /** What was meant for machines, as XML. */
  readonly oob: readonly string[];
}

/** Turns an answer's rich media into words, lines, addresses and numbered options. */
export function toMessage(raw: string): Message {
  if (!hasElements(raw)) return plain(collapse(raw));
  const { rest, oob } = takeOutOob(raw);
  const { text, options } = numbered(render(toTree(rest)));
  const texts = text.split(SPLIT).map(tidy).filter(isSomething);
  return { text: texts.join("\n"), texts, options, oob };
}

/**
 * What was said in words, one message each, as the next message's `<that>` and an srai see it: without
 * what is only shown. Where nothing else was said, a card's words are it.
 */
export function toSayings(raw: string): readonly string[] {
  if (!hasElements(raw)) return [collapse(raw)];
  return toSpoken(toTree(raw)).split(SPLIT).map(collapse).filter(isSomething);
}

function plain(text: string): Message {
  return { text, texts: isSomething(text) ? [text] : NOTHING, options: NOTHING, oob: NOTHING };
}

const NOTHING: readonly never[] = [];

/** Options are counted as they are read: those of a card stand before those that wait for the text's end. */
function numbered(rendered: ReturnType<typeof render>): Pick<Message, "text" | "options"> {
  const options: Option[] = [];
  const text = rendered.text.replace(OPTION_PLACES, (_, index) => {
    const option = rendered.options[index];
    if (option) options.push(option);
    return areNumbered(rendered.options) ? `${options.length}. ` : "";
  });
  return { text, options };
}

const OPTION_PLACES = new RegExp(`${OPTION}(\\d+)${OPTION}`, "g");

function tidy(text: string): string {
  return text
    .replace(/ {2,}/g, " ")
    .replace(LINE_BREAKS, (breaks) => (breaks.split(LINE_END).length > 2 ? "\n\n" : "\n"))
    .trim()
    .replaceAll(INDENT, "  ");
}

const LINE_BREAKS = new RegExp(` ?[${LINE}${LINE_END}][ ${LINE}${LINE_END}]*`, "g");

function isSomething(text: string): boolean {
  return text !== "";
}

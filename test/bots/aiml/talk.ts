import { compileBot } from "../../../src/bots/aiml/compile.ts";
import {
  type Answer,
  createInterpreter,
  type Interpreter,
} from "../../../src/bots/aiml/interpreter.ts";

export interface BotParts {
  /** Categories, without the element around them. */
  readonly aiml?: string;
  /** Other files by name; what is not text is written as JSON. */
  readonly files?: Readonly<Record<string, unknown>>;
  readonly random?: () => number;
  readonly now?: () => number;
}

/** A bot of a few lines. */
export function createBot({ aiml = "", files = {}, random, now }: BotParts): Interpreter {
  const others = Object.entries(files).map(([name, content]) => ({
    name,
    text: typeof content === "string" ? content : JSON.stringify(content),
  }));
  const main = { name: "bot.aiml", text: `<aiml version="2.1">${aiml}</aiml>` };
  return createInterpreter({
    bot: compileBot([main, ...others]),
    random: random ?? (() => 0),
    now: now ?? (() => NOON),
    program: "test 1",
  });
}

/** 2 March 2026, a Monday, 12:05:09 in Greenwich. */
export const NOON = Date.UTC(2026, 2, 2, 12, 5, 9);

/** Someone who talks with a bot and whose memory is kept between the messages. */
export function createTalker(personId = "ada", memory = new Map<string, string>()) {
  const ask = (bot: Interpreter, text: string): Answer => {
    const answer = bot.answer({ text, personId, memory });
    for (const [key, value] of answer.remember) {
      if (value === null) memory.delete(key);
      else memory.set(key, value);
    }
    return answer;
  };
  return { memory, ask, say: (bot: Interpreter, text: string) => ask(bot, text).text };
}

/** What is said when the `>` lines of a dialogue are put to a bot, in the dialogue's own form. */
export function hold(bot: Interpreter, dialogue: string): string {
  const ada = createTalker();
  return linesOf(dialogue)
    .filter((line) => line.startsWith(">"))
    .flatMap((line) => [line, `< ${ada.say(bot, line.slice(2))}`.trimEnd()])
    .join("\n");
}

/** A dialogue without its indentation. */
export function linesOf(dialogue: string): string[] {
  return dialogue
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** A category of a pattern and a template. */
export function category(pattern: string, template: string): string {
  return `<category><pattern>${pattern}</pattern><template>${template}</template></category>`;
}

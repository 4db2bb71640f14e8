import type { Log } from "../log.ts";
import type { Reply } from "../message.ts";
import type { CompiledBot } from "./aiml/compile.ts";
import { createInterpreter, type Interpreter } from "./aiml/interpreter.ts";
import type { BotOptions } from "./bot.ts";
import type { Errand } from "./sraix/inquiries.ts";

/** Makes a compiled bot answer, by the machine's clock and lots unless others are given. */
export function startInterpreter(
  bot: CompiledBot,
  { now = Date.now, random = Math.random }: Pick<BotOptions, "now" | "random">,
): Interpreter {
  return createInterpreter({ bot, now, random, program: "botline" });
}

/** A reply, and how it came to be. */
export interface Answered {
  readonly reply: Reply;
  /** A limit ended the turn: the reply is the default answer, and all else is as before it. */
  readonly isCutShort: boolean;
}

/** The interpreter's answer to a message, as a bot's reply. */
export async function answerErrand(
  interpreter: Interpreter,
  { turn: { message, trace }, memories, ask, effort }: Errand,
  log: Log,
): Promise<Answered> {
  const { own: memory, shared } = memories;
  const question = { text: message.text, personId: message.from, memory, shared, trace };
  const answer = await interpreter.answerAsking(question, { ask, effort });
  const { text, texts, oob, remember, rememberForAll, limit, stoppedIn } = answer;
  if (limit) log.warn("bot.limit_reached", { limit, file: stoppedIn?.file, line: stoppedIn?.line });
  if (oob.length > 0) log.debug("bot.oob", { elements: namesIn(oob) });
  const reply = { text, texts, remember, rememberForAll, ...(oob.length > 0 && { oob }) };
  return { reply, isCutShort: limit !== undefined };
}

// Only names: what stands in the elements may be what a person said.
function namesIn(oob: readonly string[]): string {
  return Array.from(oob.join("").matchAll(/<([^\s/>]+)/g), ([, name]) => name).join(" ");
}

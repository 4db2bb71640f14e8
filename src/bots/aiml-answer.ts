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

/** The interpreter's answer to a message, as a bot's reply. */
export async function answerErrand(
  interpreter: Interpreter,
  { turn: { message, trace }, memories, ask }: Errand,
  log: Log,
): Promise<Reply> {
  const { own: memory, shared } = memories;
  const question = { text: message.text, personId: message.from, memory, shared, trace };
  const answer = await interpreter.answerAsking(question, ask);
  const { text, texts, oob, remember, rememberForAll, limit, stoppedIn } = answer;
  if (limit) log.warn("bot.limit_reached", { limit, file: stoppedIn?.file, line: stoppedIn?.line });
  const reply = { text, texts, remember, rememberForAll };
  if (oob.length === 0) return reply;
  log.debug("bot.oob", { elements: namesIn(oob) });
  return { ...reply, oob };
}

// Only names: what stands in the elements may be what a person said.
function namesIn(oob: readonly string[]): string {
  return Array.from(oob.join("").matchAll(/<([^\s/>]+)/g), ([, name]) => name).join(" ");
}

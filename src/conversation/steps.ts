import type { Outcome, Turn } from "../message.ts";
import { type AskBotParts, createAskBot } from "./ask-bot.ts";
import { heedKeyword } from "./consent.ts";
import type { Step } from "./turn.ts";

/** The steps of every turn, in order. */
export function createSteps(parts: AskBotParts): readonly Step[] {
  return [passOverBlank, heedKeyword, createAskBot(parts)];
}

// A picture without words: bots read text, and an empty question makes hosted ones fail.
function passOverBlank({ message }: Turn): Outcome | undefined {
  if (message.text.trim() !== "") return undefined;
  return { kind: "silence", reason: "the message has no text" };
}

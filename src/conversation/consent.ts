import type { Outcome, Turn } from "../message.ts";

// Twilio answers these itself (and blocks or unblocks the sender), yet passes them on: a second
// answer would be refused or confuse. YES is left to the bot: it is talk far more often.
// https://help.twilio.com/articles/223134027
const CARRIER_KEYWORDS = new Set([
  ...["stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"],
  ...["start", "unstop"],
  ...["help", "info"],
]);

/** Says nothing to a text that is a carrier's keyword and nothing else: "STOP" is theirs, "stop it" is talk. */
export function leaveToCarrier({ message }: Turn): Outcome | undefined {
  const word = message.text.trim().toLowerCase();
  if (!CARRIER_KEYWORDS.has(word)) return undefined;
  return { kind: "silence", reason: `the carrier answers ${word.toUpperCase()}` };
}

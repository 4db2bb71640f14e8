/**
 * The states of a message at Twilio, each later than the ones before it. Callbacks come doubled and out of
 * order, so two ends that exclude each other have an order as well: what ends the same way for whoever looks
 * second, and delivery is believed before failure.
 * https://www.twilio.com/docs/messaging/guides/track-outbound-message-status
 */
const STATUSES = [
  "unknown",
  "accepted",
  "scheduled",
  "queued",
  "sending",
  "sent",
  "canceled",
  "failed",
  "undelivered",
  "delivered",
  "read",
] as const;

export type MessageStatus = (typeof STATUSES)[number];

const FIRST_FINAL = STATUSES.indexOf("canceled");

/** Twilio's word for a state; `unknown` for a word we do not know. */
export function toStatus(word: string): MessageStatus {
  return STATUSES.find((status) => status === word.toLowerCase()) ?? "unknown";
}

/** The later of two states: a message's state only moves forward. */
export function laterOf(one: MessageStatus, other: MessageStatus): MessageStatus {
  return STATUSES.indexOf(other) > STATUSES.indexOf(one) ? other : one;
}

/** Whether a message in this state stays unsent or has arrived; what follows may only be that it was read. */
export function isFinal(status: MessageStatus): boolean {
  return STATUSES.indexOf(status) >= FIRST_FINAL;
}

import type { Address } from "./message.ts";

/**
 * The states of a message at its provider, each later than the ones before it. Callbacks come doubled and out of
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

/** The provider's word for a state; `unknown` for a word we do not know. */
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

/**
 * What becomes of a message that the provider would not or could not send: `final` it is never sent; `retry` soon,
 * `retry-later` when what is in the way may be gone; `pause` all sending until somebody sets things right;
 * `opt-out` never again to this person until they text START; `unknown-outcome` look for it before anything else.
 */
export type Action = "final" | "retry" | "retry-later" | "pause" | "opt-out" | "unknown-outcome";

/** What a failure at the provider comes to. It holds nothing of the request: neither token nor text nor number. */
export interface Verdict {
  readonly action: Action;
  /** For whoever runs the server. */
  readonly words: string;
  /** The provider's code, where it gave one. */
  readonly code?: number;
  /** How often it is worth another try; as long as the message is not stale when left out. */
  readonly tries?: number;
  /** How long the provider wants us to wait at least. */
  readonly retryAfterMs?: number;
}

/**
 * Where a text of ours is: `answered` it went back in a webhook's answer, and nothing was heard of it since;
 * `owed` it waits for its turn to be sent; `sending` it is on its way to the provider; `uncertain` nobody knows
 * whether the provider has it; `sent` the provider has it (`status` tells the rest); `kept` it is given with the
 * person's next text; `held` it is given when the person asks for more; `failed` it could not be sent;
 * `dropped` it is not to be sent any more.
 */
export type OutboundState =
  | "answered"
  | "owed"
  | "sending"
  | "uncertain"
  | "sent"
  | "kept"
  | "held"
  | "failed"
  | "dropped";

/** A text of ours as the store keeps it. */
export interface OutboundText {
  readonly id: number;
  readonly channel: string;
  /** Our number. */
  readonly from: Address;
  /** The person. */
  readonly to: Address;
  readonly text: string;
  readonly state: OutboundState;
  /** How often it was handed to the provider's API. */
  readonly attempts: number;
  /** When it was handed over last, in milliseconds since 1970; when it was made where it never was. */
  readonly attemptedAt: number;
  readonly createdAt: number;
  /** The provider's identifier, once it is known. */
  readonly sid: string | undefined;
  readonly status: MessageStatus;
  /** It answers a keyword, and goes to somebody who opted out, too. */
  readonly isKeyword: boolean;
}

/** What is to be handed to the provider's API. */
export interface TextToSend extends Pick<OutboundText, "id" | "from" | "to" | "text"> {
  /** After this long an unsent text is worth nothing: the provider gives it up then. */
  readonly validForMs: number;
}

/** How the provider took a text. */
export type Sending =
  | { readonly kind: "accepted"; readonly sid: string; readonly status: MessageStatus }
  | { readonly kind: "refused"; readonly verdict: Verdict };

/** What the provider tells of a message of ours, by a callback or when asked. */
export interface DeliveryReport {
  readonly sid: string;
  readonly status: MessageStatus;
  /** What its failure means, where it failed. */
  readonly verdict?: Verdict | undefined;
}

/** A message of ours in the provider's list. */
export interface ListedText extends DeliveryReport {
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

import type { AnyElysia } from "elysia";
import type { DeliveryReport, ListedText, Sending, TextToSend } from "../delivery.ts";
import type { Address, InboundMessage, Receive } from "../message.ts";

/** An answer cut into what is given at once and what is kept until the person asks for more. */
export interface Portion {
  readonly now: readonly string[];
  readonly later: readonly string[];
}

/** A way messages come and answers go. */
export interface Channel {
  /** Names the channel in the store and the log. */
  readonly name: string;
  /** Shapes the messages of a bot's answer into the texts this channel can carry, in order; none when nothing is left. */
  fit(messages: readonly string[]): Portion;
  /** For how many texts this one is paid. */
  countSegments(text: string): number;
}

/** What is told of a text of ours, by its id in the store. */
export type HearOf = (id: number, report: DeliveryReport) => Promise<void>;

/** What the routes of a channel hand on. */
export interface Doors {
  readonly receive: Receive;
  readonly hearOf: HearOf;
}

/** A channel whose messages come in by HTTP. */
export interface WebhookChannel extends Channel {
  /** The routes that hand what they receive to the doors, as an Elysia plugin with a name of its own. */
  routes(doors: Doors): AnyElysia;
}

/** A stretch of the provider's list of messages. */
export interface Since {
  readonly from: Address;
  readonly to: Address;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** Which messages of an account are asked for. */
export interface Received {
  /** Milliseconds since 1970. */
  readonly since: number;
  /** Whether a number is one that we answer for; the account may have others. */
  readonly isOurs: (number: Address) => boolean;
}

/**
 * What a channel can do without being asked by a webhook. Every wait ends with the signal. What fails throws a
 * SendError, which carries a verdict and nothing of the request; `send` alone tells it as a value.
 */
export interface Sender {
  /** Hands a text over, once. */
  send(text: TextToSend, signal: AbortSignal): Promise<Sending>;
  /** Our messages from one of our numbers to one person, those that wait to be sent included, newest first. */
  listSent(stretch: Since, signal: AbortSignal): Promise<readonly ListedText[]>;
  /** Where one message of ours is. */
  fetchReport(sid: string, signal: AbortSignal): Promise<DeliveryReport>;
  /** The messages that people sent us, page by page, newest first. */
  listReceived(what: Received, signal: AbortSignal): AsyncIterable<readonly InboundMessage[]>;
  /** Erases the provider's copy of a message; one that is gone already counts as erased. */
  erase(sid: string, signal: AbortSignal): Promise<void>;
}

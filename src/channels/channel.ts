import type { AnyElysia } from "elysia";
import type { Receive } from "../message.ts";

/** A way messages come and answers go. */
export interface Channel {
  /** Names the channel in the store and the log. */
  readonly name: string;
  /** Shapes the messages of a bot's answer into the texts this channel can carry, in order; none when nothing is left. */
  fit(messages: readonly string[]): readonly string[];
}

/** A channel whose messages come in by HTTP. */
export interface WebhookChannel extends Channel {
  /** The routes that hand what they receive to `receive`, as an Elysia plugin with a name of its own. */
  routes(receive: Receive): AnyElysia;
}

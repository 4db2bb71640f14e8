import { Elysia } from "elysia";
import type { Doors, WebhookChannel } from "../channels/channel.ts";
import type { Log } from "../log.ts";
import { createFailures } from "./failures.ts";
import { type HealthParts, health } from "./health.ts";

export interface ServerParts extends Doors {
  readonly log: Log;
  readonly health: HealthParts;
  readonly channel: WebhookChannel;
}

// Twilio's own limit for a webhook exchange is 64 kB.
const MAX_BODY_BYTES = 64 * 1024;

// Seconds without a byte; Twilio gives a webhook 15 in all.
const IDLE_TIMEOUT_S = 20;

/** The server as a table of contents: failures, health, then the channel's routes. */
export function createServer({ log, channel, receive, hearOf, ...parts }: ServerParts) {
  return new Elysia({
    serve: { maxRequestBodySize: MAX_BODY_BYTES, idleTimeout: IDLE_TIMEOUT_S },
  })
    .onError(createFailures(log))
    .use(health(parts.health))
    .use(channel.routes({ receive, hearOf }));
}

import { Elysia } from "elysia";
import type { Conversation } from "../conversation/conversation.ts";
import { codeOf } from "../errors.ts";
import type { Store } from "../store/store.ts";

export interface HealthParts {
  readonly version: string;
  readonly store: Pick<Store, "checkWritable">;
  readonly conversation: Pick<Conversation, "health">;
  readonly isStopping: () => boolean;
}

/**
 * `GET /health`: 200 while texts can be taken, 503 otherwise. `degraded` is a 200: texts are taken, and somebody should
 * have a look. Asks neither Twilio nor the bot.
 */
export function health({ version, store, conversation, isStopping }: HealthParts) {
  return new Elysia({ name: "health" }).get("/health", async () => {
    const database = await store.checkWritable().then(() => "writable", codeOf);
    const isReady = database === "writable" && !isStopping();
    if (!isReady) {
      const status = isStopping() ? "stopping" : "failing";
      return Response.json({ status, version, database }, { status: 503 });
    }
    const { isWell, ...details } = await conversation.health();
    return Response.json({ status: isWell ? "ok" : "degraded", version, database, ...details });
  });
}

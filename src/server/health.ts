import { Elysia } from "elysia";
import { codeOf } from "../errors.ts";
import type { Store } from "../store/store.ts";

export interface HealthParts {
  readonly version: string;
  readonly store: Pick<Store, "checkWritable">;
  readonly isStopping: () => boolean;
}

/** `GET /health`: 200 while texts can be taken, 503 otherwise. Asks neither Twilio nor the bot. */
export function health({ version, store, isStopping }: HealthParts) {
  return new Elysia({ name: "health" }).get("/health", async () => {
    const database = await store.checkWritable().then(() => "writable", codeOf);
    const isReady = database === "writable" && !isStopping();
    const status = isStopping() ? "stopping" : isReady ? "ok" : "failing";
    return Response.json({ status, version, database }, { status: isReady ? 200 : 503 });
  });
}

import { describe, expect, test } from "bun:test";
import { StoreError } from "../../src/errors.ts";
import { health } from "../../src/server/health.ts";

describe("GET /health", () => {
  test("is 200 while texts can be taken", async () => {
    const { status, body } = await ask({});

    expect(status).toBe(200);
    expect(body).toEqual({ status: "ok", version: "1.2.3", database: "writable", outbox: {} });
  });

  test("is 503 and says why when the database cannot be written", async () => {
    const { status, body } = await ask({
      checkWritable: () => Promise.reject(new StoreError("no", { code: "full" })),
    });

    expect(status).toBe(503);
    expect(body).toEqual({ status: "failing", version: "1.2.3", database: "full" });
  });

  test("is 200 and degraded when somebody should have a look", async () => {
    const conversation = { isWell: false, outbox: { owed: 2, paused: "bad credentials" } };

    const { status, body } = await ask({ conversation });

    expect([status, body]).toMatchObject([
      200,
      { status: "degraded", outbox: conversation.outbox },
    ]);
  });

  test("is 503 while the server stops", async () => {
    const { status, body } = await ask({ isStopping: true });

    expect([status, body]).toMatchObject([503, { status: "stopping" }]);
  });
});

async function ask({
  checkWritable = async () => {},
  isStopping = false,
  conversation = { isWell: true, outbox: {} },
}) {
  const app = health({
    version: "1.2.3",
    store: { checkWritable },
    conversation: { health: async () => conversation },
    isStopping: () => isStopping,
  });
  const response = await app.handle(new Request("http://127.0.0.1/health"));
  const body: unknown = await response.json();
  return { status: response.status, body };
}

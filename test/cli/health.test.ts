import { expect, test } from "bun:test";
import { runCli } from "../../src/cli/cli.ts";
import { createDesk } from "../fakes/io.ts";

function answering(status: number) {
  return Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    routes: {
      "/health": () => Response.json({ status: status === 200 ? "ok" : "failing" }, { status }),
    },
    fetch: () => new Response("elsewhere", { status: 404 }),
  });
}

test("health prints what the server says and exits with 0 when it is well", async () => {
  using server = answering(200);
  using desk = createDesk();

  const exitCode = await runCli(["health"], { PORT: String(server.port) }, desk.io);

  expect(exitCode).toBe(0);
  expect(desk.stdout()).toBe('{"status":"ok"}\n');
});

test("health exits with 1 when the server is not well", async () => {
  using server = answering(503);
  using desk = createDesk();

  const exitCode = await runCli(["health", "--url", `${server.url.origin}/sms`], {}, desk.io);

  expect(exitCode).toBe(1);
  expect(desk.stdout()).toBe('{"status":"failing"}\n');
  expect(desk.stderr()).toInclude("expected status 200, found 503");
});

test("health exits with 1 when there is no server", async () => {
  using desk = createDesk();

  const exitCode = await runCli(["health", "--port", "1"], {}, desk.io);

  expect(exitCode).toBe(1);
  expect(desk.stderr()).toInclude("Cannot reach a server at http://127.0.0.1:1");
});

test("health does not mind settings other than the address", async () => {
  using server = answering(200);
  using desk = createDesk();
  const env = { PORT: String(server.port), LOG_LEVEL: "loud", TWILIO_AUTH_TOKEN: "" };

  const exitCode = await runCli(["health"], env, desk.io);

  expect(exitCode).toBe(0);
});

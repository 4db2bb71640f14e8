import { describe, expect, test } from "bun:test";
import { chmodSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { runCli } from "../../src/cli/cli.ts";
import { createDesk, type Desk } from "../fakes/io.ts";

const TOKEN = "0123456789abcdef0123456789abcdef";

function serve(desk: Desk, env: Readonly<Record<string, string>> = {}) {
  return runCli(["--bot", "echo", "--port", "0"], { ...desk.env, ...env }, desk.io);
}

function urlOf(desk: Desk): string {
  return /listening at {2}(\S+)/.exec(desk.stdout())?.[1] ?? "nowhere";
}

describe("serve without a token", () => {
  test("says the next command, which texts the server without more ado", async () => {
    using server = createDesk();
    using phone = createDesk();
    const serving = serve(server);
    await server.says("service");

    const [, port = ""] =
      /^ {2}dist\/botline text "hello" --port (\d+)$/m.exec(server.stdout()) ?? [];
    const exitCode = await runCli(["text", "hello", "--port", port], server.env, phone.io);
    server.interrupt();

    expect(exitCode).toBe(0);
    expect(phone.stdout()).toBe("hello\n");
    expect(await serving).toBe(0);
  });

  test("keeps its token out of all it writes, and takes its file away at the end", async () => {
    using server = createDesk();
    const serving = serve(server);
    await server.says("service");
    const folder = join(server.io.cwd, "botline");

    const [file = ""] = readdirSync(folder);
    const { token } = await Bun.file(join(folder, file)).json();
    server.interrupt();
    await serving;

    expect(token).toMatch(/^[0-9a-f]{32}$/);
    expect(server.stdout() + server.stderr()).not.toInclude(token);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("goes on without a token file where nobody could trust it, and says so", async () => {
    using server = createDesk();
    const folder = join(server.io.cwd, "botline");
    mkdirSync(folder);
    chmodSync(folder, 0o755);
    const serving = serve(server);
    await server.says("service");

    const response = await fetch(`${urlOf(server)}/health`);
    server.interrupt();

    expect(response.status).toBe(200);
    expect(await serving).toBe(0);
    expect(server.stdout()).toInclude("Nobody can text it");
    expect(server.stderr()).toInclude(`chmod 700 ${folder}`);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("makes its database where the program is", async () => {
    using server = createDesk();
    const serving = serve(server);
    await server.says("service");

    server.interrupt();
    await serving;

    expect(server.stdout()).toInclude(join(server.io.cwd, "botline.db"));
    expect(existsSync(join(server.io.cwd, "botline.db"))).toBe(true);
  });

  test.each([
    [{ PUBLIC_URL: "https://bot.example.com" }],
    [{ FLY_APP_NAME: "bot" }],
    [{ HOST: "0.0.0.0" }],
    [{ TWILIO_AUTH_TOKEN: "" }],
  ])("refuses to start with %j", async (env) => {
    using server = createDesk();

    const exitCode = await serve(server, env);

    expect(exitCode).toBe(1);
    expect(server.stderr()).toInclude("TWILIO_AUTH_TOKEN");
    expect(existsSync(join(server.io.cwd, "botline.db"))).toBe(false);
  });
});

describe("serve with a token", () => {
  test("says the exact webhook for Twilio and leaves no token file", async () => {
    using server = createDesk();
    const serving = serve(server, {
      TWILIO_AUTH_TOKEN: TOKEN,
      PUBLIC_URL: "https://bot.example.com",
    });
    await server.says("service");

    server.interrupt();

    expect(await serving).toBe(0);
    expect(server.stdout()).toMatch(/^ {2}https:\/\/bot\.example\.com\/sms$/m);
    expect(server.stdout()).not.toInclude("PUBLIC_URL");
    expect(server.stdout() + server.stderr()).not.toInclude(TOKEN);
    expect(existsSync(join(server.io.cwd, "botline"))).toBe(false);
  });

  test("says that Twilio cannot reach a local address", async () => {
    using server = createDesk();
    const serving = serve(server, { TWILIO_AUTH_TOKEN: TOKEN, HOST: "127.0.0.1" });
    await server.says("service");

    server.interrupt();
    await serving;

    expect(server.stdout()).toInclude("Give the one that Twilio can reach as PUBLIC_URL");
  });

  test("logs its start and its end", async () => {
    using server = createDesk();
    const serving = serve(server, { TWILIO_AUTH_TOKEN: TOKEN, HOST: "127.0.0.1" });
    await server.says("service");

    server.interrupt();
    await serving;

    const events = server
      .stderr()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).event);
    expect(events[0]).toBe("server.started");
    expect(events.at(-1)).toBe("server.stopped");
  });
});

test("serve says which setting to change when the port is taken", async () => {
  using first = createDesk();
  using second = createDesk();
  const serving = serve(first);
  await first.says("service");

  const { port } = new URL(urlOf(first));
  const exitCode = await runCli(["serve", "--bot", "echo", "--port", port], second.env, second.io);
  first.interrupt();
  await serving;

  expect(exitCode).toBe(1);
  expect(second.stderr()).toInclude(`Cannot listen on 127.0.0.1:${port}`);
  expect(second.stderr()).toInclude("--port");
  expect(second.stdout()).toBe("");
});

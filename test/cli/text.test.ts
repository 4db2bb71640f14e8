import { describe, expect, test } from "bun:test";
import { runCli } from "../../src/cli/cli.ts";
import { createDesk, type Desk } from "../fakes/io.ts";

const TOKEN = "0123456789abcdef0123456789abcdef";
const SERVICE = { TWILIO_AUTH_TOKEN: TOKEN, HOST: "127.0.0.1" };

/** A server in service at a desk of its own, until the test is over. */
async function createServer(env: Readonly<Record<string, string>>) {
  const desk = createDesk();
  const serving = runCli(["--bot", "echo", "--port", "0"], { ...desk.env, ...env }, desk.io);
  await desk.says("service");
  const stop = async () => {
    desk.interrupt();
    await serving;
    desk[Symbol.dispose]();
  };
  const url = /listening at {2}(\S+)/.exec(desk.stdout())?.[1] ?? "http://nowhere.invalid";
  return { url, port: new URL(url).port, [Symbol.asyncDispose]: stop };
}

function text(desk: Desk, words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return runCli(["text", ...words], { ...desk.env, ...env }, desk.io);
}

describe("text to a server in service", () => {
  test("signs with the token of the settings", async () => {
    await using server = await createServer(SERVICE);
    using desk = createDesk();

    const exitCode = await text(desk, ["hello", "--port", server.port], SERVICE);

    expect(exitCode).toBe(0);
    expect(desk.stdout()).toBe("hello\n");
  });

  test("signs with the token it is given, whatever the settings say", async () => {
    await using server = await createServer(SERVICE);
    using desk = createDesk();
    const words = ["hello", "--port", server.port, "--token", TOKEN];

    const exitCode = await text(desk, words, { TWILIO_AUTH_TOKEN: "another" });

    expect(exitCode).toBe(0);
  });

  test.each([["https://bot.example.com"], ["https://bot.example.com/sms?key=1#rc=3"]])(
    "signs for PUBLIC_URL=%s when the server is on this machine",
    async (PUBLIC_URL) => {
      await using server = await createServer({ ...SERVICE, PUBLIC_URL });
      using desk = createDesk();
      const { search } = new URL(PUBLIC_URL);

      const exitCode = await text(desk, ["hello", "--url", `${server.url}/sms${search}`], {
        ...SERVICE,
        PUBLIC_URL,
      });

      expect(exitCode).toBe(0);
    },
  );

  test("claims to come from the account that the server serves", async () => {
    const account = { ...SERVICE, TWILIO_ACCOUNT_SID: `AC${"1".repeat(32)}` };
    await using server = await createServer(account);
    using desk = createDesk();

    const exitCode = await text(desk, ["hello", "--port", server.port], account);

    expect(exitCode).toBe(0);
  });

  test("does not mind settings that are the server's own affair", async () => {
    await using server = await createServer(SERVICE);
    using desk = createDesk();
    const env = { ...SERVICE, LOG_LEVEL: "loud", BOT_TIMEOUT_MS: "soon" };

    const exitCode = await text(desk, ["hello", "--port", server.port], env);

    expect(exitCode).toBe(0);
  });

  test("reaches it by another name of this machine", async () => {
    await using server = await createServer(SERVICE);
    using desk = createDesk();
    const words = ["hello", "--url", `http://localhost:${server.port}#rc=3`];

    const exitCode = await text(desk, words, SERVICE);

    expect(exitCode).toBe(0);
  });

  test("prints several texts as paragraphs", async () => {
    await using server = await createServer(SERVICE);
    using desk = createDesk();
    const long = `${"a".repeat(1000)} ${"b".repeat(1000)}`;

    await text(desk, [long, "--port", server.port], SERVICE);

    expect(desk.stdout()).toBe(`${"a".repeat(1000)}\n\n${"b".repeat(1000)}\n`);
  });

  test("says on stderr when there is no reply", async () => {
    await using server = await createServer(SERVICE);
    using desk = createDesk();

    const exitCode = await text(desk, ["", "--port", server.port], SERVICE);

    expect(exitCode).toBe(0);
    expect(desk.stdout()).toBe("");
    expect(desk.stderr()).toBe("(no reply)\n");
  });

  test.each([
    [
      ["hello", "--token", "wrong"],
      "does not accept the signature (status 403)",
      "TWILIO_AUTH_TOKEN",
    ],
    [["hello", "--from", " "], "does not take it for a text (status 400)", "--from"],
    [["x".repeat(70_000)], "the text is too large (status 413)", "shorter"],
  ])("explains a refusal (case %#)", async (words, reason, hint) => {
    await using server = await createServer(SERVICE);
    using desk = createDesk();

    const exitCode = await text(desk, [...words, "--port", server.port], SERVICE);

    expect(exitCode).toBe(1);
    expect(desk.stdout()).toBe("");
    expect(desk.stderr()).toInclude(reason);
    expect(desk.stderr()).toInclude(hint);
    expect(desk.stderr()).not.toInclude(TOKEN);
  });

  test("explains that the webhook is elsewhere", async () => {
    await using server = await createServer(SERVICE);
    using desk = createDesk();

    const exitCode = await text(desk, ["hello", "--url", `${server.url}/elsewhere`], SERVICE);

    expect(exitCode).toBe(1);
    expect(desk.stderr()).toInclude("nothing is there (status 404)");
  });
});

test("text says how to start a server when there is none", async () => {
  using desk = createDesk();

  const exitCode = await text(desk, ["hello", "--port", "1"]);

  expect(exitCode).toBe(1);
  expect(desk.stderr()).toInclude("http://127.0.0.1:1/sms");
  expect(desk.stderr()).toInclude("botline serve");
});

test("text gives up when it is interrupted", async () => {
  using silent = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
  using desk = createDesk();
  const texting = text(desk, ["hello", "--port", String(silent.port)]);

  desk.interrupt();

  expect(await texting).toBe(1);
  expect(desk.stderr()).toInclude("interrupted by SIGTERM");
});

test("text refuses an answer that is no TwiML", async () => {
  using stranger = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => new Response("hi") });
  using desk = createDesk();

  const exitCode = await text(desk, ["hello", "--port", String(stranger.port)]);

  expect(exitCode).toBe(1);
  expect(desk.stderr()).toInclude("TwiML");
  expect(desk.stdout()).toBe("");
});

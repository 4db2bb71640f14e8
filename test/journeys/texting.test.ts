import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks";
import { type RunningBinary, startBinary } from "../fakes/binary.ts";
import { emptyDirectory } from "../fakes/directory.ts";
import { smsParameters, TOKEN } from "../fakes/webhook.ts";

// The compiled executable, real files, and signatures by the SDK's own signing function.

describe("the compiled server", () => {
  test("answers a text", async () => {
    await using server = await start({ BOT: "echo" });

    const response = await post(server, smsParameters({ Body: "Grüße & <b> 🎉" }));

    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/xml");
    expect(await response.text()).toContain(">Grüße &amp; &lt;b&gt; 🎉</Message>");
  });

  test("remembers a person through kill -9", async () => {
    const database = freshDatabase();
    await using first = await start({ DATABASE_URL: database });
    await say(first, "my name is Ada");
    first.kill("SIGKILL");
    await first.exited;

    await using second = await start({ DATABASE_URL: database });
    const answer = await say(second, "what is my name");

    expect(answer).toContain("Ada");
  });

  test("keeps people apart", async () => {
    await using server = await start({});
    await say(server, "my name is Ada");

    const answer = await say(server, "what is my name", { From: "+15550002222" });

    expect(answer).not.toContain("Ada");
  });

  test("gives the same text sent twenty times at once one answer, and asks the bot once", async () => {
    const database = freshDatabase();
    await using server = await start({ BOT: "echo", DATABASE_URL: database });
    const parameters = smsParameters({ Body: "once" });

    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => (await post(server, parameters)).text()),
    );

    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain(">once</Message>");
    using kept = new Database(database, { readonly: true });
    expect(kept.query("SELECT count(*) AS turns FROM turns").get()).toEqual({ turns: 1 });
  });

  test("gives a text repeated after kill -9 the answer it had", async () => {
    const database = freshDatabase();
    const parameters = smsParameters({ Body: "flip a coin" });
    await using first = await start({ DATABASE_URL: database });
    const answer = await (await post(first, parameters)).text();
    first.kill("SIGKILL");
    await first.exited;
    await using second = await start({ DATABASE_URL: database });

    const again = await (await post(second, parameters)).text();

    expect(again).toBe(answer);
  });

  test("answers one person's burst in the order in which it arrived", async () => {
    const database = freshDatabase();
    await using server = await start({ DATABASE_URL: database, GATHER_MS: "0" });
    const names = ["Ada", "Grace", "Edsger", "Barbara"];

    await Promise.all(names.map((name) => say(server, `my name is ${name}`)));

    using kept = new Database(database, { readonly: true });
    const last = kept.query("SELECT body FROM inbound ORDER BY turn_id DESC LIMIT 1").get();
    const name = await say(server, "what is my name");
    expect(last).toEqual({ body: expect.stringMatching(/^my name is /) });
    expect(name).toContain(String(Object.values(last ?? {})[0]).slice("my name is ".length));
  });

  test.each<[string, RequestInit, number]>([
    ["an unsigned text", { body: "Body=hello" }, 403],
    ["a body over 64 kB", { body: "x".repeat(70_000), headers: signature("x") }, 413],
    ["a body of unknown length over 64 kB", { body: endless(), headers: signature("x") }, 413],
    ["JSON", { body: "{}", headers: { "content-type": "application/json" } }, 403],
    ["an empty body", { headers: signature("x") }, 403],
    ["a broken escape", { body: "Body=100%", headers: signature("x") }, 400],
  ])("refuses %s, without a word, and lives on", async (_, init, status) => {
    await using server = await start({ BOT: "echo" });

    const response = await fetch(`${server.url}/sms`, { method: "POST", ...init });

    expect([response.status, await response.text()]).toEqual([status, ""]);
    expect((await post(server, smsParameters())).status).toBe(200);
  });

  test("logs one JSON line per text, without its words, the token or the whole number", async () => {
    await using server = await start({ BOT: "echo" });
    await say(server, "my secret");
    await fetch(`${server.url}/sms`, { method: "POST", body: "Body=my+secret" });
    server.kill("SIGTERM");
    await server.exited;

    const events = server.stderr().trim().split("\n").map(eventOf);

    expect(events).toEqual(["server.started", "turn.ended", "request.refused", "server.stopped"]);
    expect(server.stdout() + server.stderr()).not.toMatch(/my secret|12345|5550001111/);
  });

  test("finishes the text under way on SIGTERM, takes no more, and exits with 0", async () => {
    await using slow = slowBot();
    const settings = { BOT: "pandorabots", PANDORABOTS_URL: slow.url, PANDORABOTS_BOTKEY: "key" };
    await using server = await start(settings);
    const answer = say(server, "hello");
    await slow.isAsked;

    server.kill("SIGTERM");
    await Bun.sleep(50);
    const late = await fetch(`${server.url}/health`).catch(() => "refused");
    slow.answer("Hello at last");

    expect(await answer).toContain("Hello at last");
    expect(late).toBe("refused");
    expect(await server.exited).toBe(0);
  });

  test("does not wait on SIGTERM for a request that somebody only half sent", async () => {
    await using server = await start({ BOT: "echo" });
    const { port } = new URL(server.url);
    const head =
      "POST /sms HTTP/1.1\r\nHost: a\r\nX-Twilio-Signature: x\r\nContent-Length: 99\r\n\r\nBody=";
    const socket = { data() {}, open: (opened: Bun.Socket) => void opened.write(head) };
    await Bun.connect({ hostname: "127.0.0.1", port: Number(port), socket });
    await Bun.sleep(50);
    const askedAt = performance.now();

    server.kill("SIGTERM");

    expect(await server.exited).toBe(0);
    expect(performance.now() - askedAt).toBeLessThan(5000);
  });

  test.each(["", "x", "@@[", "a:99999", "a b", "evil.example.com"])(
    "lets Host=%p have no say",
    async (host) => {
      await using server = await start({ BOT: "echo" });
      const parameters = smsParameters();
      const url = "https://bot.example.com/sms";
      const body = new URLSearchParams(parameters).toString();
      const signed = getExpectedTwilioSignature(TOKEN, url, parameters);

      const statuses = await Promise.all(
        [signed, "forged"].map((header) => rawPost(server, { host, header, body })),
      );

      expect(statuses).toEqual(["HTTP/1.1 200 OK", "HTTP/1.1 403 Forbidden"]);
    },
  );

  test("leaves one clean database file behind", async () => {
    const database = freshDatabase();
    await using server = await start({ BOT: "echo", DATABASE_URL: database });
    await say(server, "hello");
    server.kill("SIGINT");
    await server.exited;

    const files = [...new Bun.Glob(`${database.split("/").at(-1)}*`).scanSync(directory)];

    expect(files).toEqual([database.split("/").at(-1) ?? ""]);
  });

  test("says nothing of the person to a bot's failure, and nothing of the failure to the person", async () => {
    const settings = { BOT: "pandorabots", PANDORABOTS_URL: "http://127.0.0.1:9" };
    await using server = await start({ ...settings, PANDORABOTS_BOTKEY: "verysecretkey" });

    const answer = await say(server, "my secret");

    expect(answer).toContain("Sorry, I can't answer right now");
    expect(server.stderr()).toContain('"event":"bot.failed"');
    expect(server.stderr()).not.toMatch(/my secret|verysecretkey/);
  });
});

const directory = emptyDirectory();

let databases = 0;

function freshDatabase(): string {
  databases += 1;
  return join(directory, `${databases}.db`);
}

function start(env: Record<string, string>): Promise<RunningBinary> {
  return startBinary(["serve"], {
    env: { TWILIO_AUTH_TOKEN: TOKEN, PUBLIC_URL: "https://bot.example.com", ...env },
  });
}

function post(server: RunningBinary, parameters: Record<string, string>): Promise<Response> {
  const signed = getExpectedTwilioSignature(TOKEN, "https://bot.example.com/sms", parameters);
  return fetch(`${server.url}/sms`, {
    method: "POST",
    headers: signature(signed),
    body: new URLSearchParams(parameters),
  });
}

async function say(server: RunningBinary, text: string, changes = {}): Promise<string> {
  return (await post(server, smsParameters({ Body: text, ...changes }))).text();
}

function signature(text: string): Record<string, string> {
  return { "x-twilio-signature": text };
}

function endless(): ReadableStream<Uint8Array> {
  let chunks = 0;
  return new ReadableStream({
    pull(controller) {
      chunks += 1;
      if (chunks > 100) controller.close();
      else controller.enqueue(new Uint8Array(1024).fill(120));
    },
  });
}

function eventOf(line: string): unknown {
  const parsed: unknown = JSON.parse(line);
  return Object(parsed).event;
}

function slowBot() {
  const { promise: isAsked, resolve: asked } = Promise.withResolvers<void>();
  const { promise: answered, resolve: answer } = Promise.withResolvers<string>();
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch() {
      asked();
      const response = await answered;
      return Response.json({
        status: "ok",
        responses: [response],
        client_name: "a1",
        sessionid: 1,
      });
    },
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    isAsked,
    answer,
    [Symbol.asyncDispose]: () => server.stop(true),
  };
}

/** A POST byte by byte, since fetch would mend it; the first line of the answer. */
async function rawPost(
  server: RunningBinary,
  { host, header, body }: { host: string; header: string; body: string },
): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const request = [
    "POST /sms HTTP/1.1",
    `Host: ${host}`,
    `X-Twilio-Signature: ${header}`,
    "Content-Type: application/x-www-form-urlencoded",
    `Content-Length: ${body.length}`,
    "Connection: close",
  ];
  const socket = {
    open: (opened: Bun.Socket) => void opened.write(`${request.join("\r\n")}\r\n\r\n${body}`),
    data: (_: Bun.Socket, chunk: Buffer) => resolve(chunk.toString().split("\r\n")[0] ?? ""),
    close: () => resolve("closed"),
  };
  await Bun.connect({ hostname: "127.0.0.1", port: Number(new URL(server.url).port), socket });
  return promise;
}

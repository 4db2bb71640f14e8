import { describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { binary } from "../fakes/binary.ts";
import { emptyDirectory } from "../fakes/directory.ts";
import { NO_LIMITS } from "../fakes/no-limits.ts";
import { createPipe } from "../fakes/pipe.ts";
import { signedRequest, smsParameters, TOKEN } from "../fakes/webhook.ts";

// Whoever reads what the executable writes may be slow, stop reading, or go away.

type Reader = "pipe" | number;

function serve({ stdout = "pipe", stderr = "pipe" }: { stdout?: Reader; stderr?: Reader }) {
  const cwd = emptyDirectory();
  const database = { DATABASE_URL: join(cwd, "bot.db") };
  const env = { ...NO_LIMITS, ...database, TWILIO_AUTH_TOKEN: TOKEN, HOST: "127.0.0.1" };
  return Bun.spawn([binary(), "--bot", "echo", "--port", "0"], {
    cwd,
    env,
    stdio: ["ignore", stdout, stderr],
  });
}

async function listening(words: ReadableStream<Uint8Array> | number): Promise<string> {
  if (typeof words === "number") throw new Error("Cannot read what another is to read");
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of words) {
    text += decoder.decode(chunk, { stream: true });
    const url = /http:\/\/127\.0\.0\.1:\d+(?=\D)/.exec(text)?.[0];
    if (url) return url;
  }
  throw new Error(`Cannot find where it listens: ${text}`);
}

async function sendTexts(url: string, count: number): Promise<number> {
  let answered = 0;
  for (let sent = 0; sent < count; sent += 1) {
    const response = await fetch(signedRequest(smsParameters(), { url: `${url}/sms` }));
    if ((await response.text()).includes("hello")) answered += 1;
  }
  return answered;
}

describe("serve", () => {
  test("answers every text and ends well while nobody reads its log", async () => {
    await using server = serve({ stderr: createPipe().descriptor });
    const url = await listening(server.stdout);

    const answered = await sendTexts(url, 2_000);
    server.kill("SIGTERM");

    expect(answered).toBe(2_000);
    expect(await server.exited).toBe(0);
  }, 30_000);

  test("leaves no log line behind when it ends", async () => {
    const log = createPipe();
    await using server = serve({ stderr: log.descriptor });
    const url = await listening(server.stdout);

    await sendTexts(url, 100);
    server.kill("SIGTERM");
    const lines = await log.reads("server.stopped");

    expect(await server.exited).toBe(0);
    expect(lines.match(/turn\.ended/g)).toHaveLength(100);
  });

  test("carries on when nobody reads what it says at its start", async () => {
    const words = createPipe();
    words.breakOff();
    await using server = serve({ stdout: words.descriptor });
    const url = await listening(server.stderr);

    const answered = await sendTexts(url, 1);
    server.kill("SIGTERM");

    expect(answered).toBe(1);
    expect(await server.exited).toBe(0);
  });
});

describe.if(existsSync("/dev/full"))("a command whose words cannot be written", () => {
  test("fails and says so", async () => {
    const child = Bun.spawn(["sh", "-c", '"$BOTLINE" help > /dev/full'], {
      env: { BOTLINE: binary() },
      stderr: "pipe",
    });

    const said = await new Response(child.stderr).text();

    expect(await child.exited).toBe(1);
    expect(said).toStartWith("Cannot write to stdout: ENOSPC");
  });
});

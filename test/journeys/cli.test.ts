import { describe, expect, test } from "bun:test";
import { copyFileSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import packageFile from "../../package.json";
import { binary, startBinary } from "../fakes/binary.ts";
import { emptyDirectory } from "../fakes/directory.ts";

// The command line as a person has it: the compiled executable, pipes, a terminal, signals.

interface Place {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

function emptyPlace(): Place {
  const cwd = emptyDirectory();
  return { cwd, env: { HOME: cwd, TMPDIR: cwd, PATH: "/usr/bin:/bin" } };
}

async function run(args: readonly string[], place: Place, stdin = "") {
  const child = Bun.spawn([binary(), ...args], {
    ...place,
    stdin: new Blob([stdin]),
    stdout: "pipe",
    stderr: "pipe",
  });
  const [stdout, stderr] = await Promise.all([textOf(child.stdout), textOf(child.stderr)]);
  return { exitCode: await child.exited, stdout, stderr };
}

/** What `sh` makes of a line; `$BOTLINE` is the executable. */
async function shell(line: string, { cwd, env }: Place) {
  const child = Bun.spawn(["sh", "-c", line], {
    cwd,
    env: { ...env, BOTLINE: binary() },
    stdout: "pipe",
    stderr: "pipe",
  });
  const [stdout, stderr] = await Promise.all([textOf(child.stdout), textOf(child.stderr)]);
  return { exitCode: await child.exited, stdout, stderr };
}

describe("the executable", () => {
  test("prints its version", async () => {
    const { exitCode, stdout } = await run(["--version"], emptyPlace());

    expect(exitCode).toBe(0);
    expect(stdout).toBe(`${packageFile.version}\n`);
  });

  test.each([
    [["help"], 0],
    [["help", "serve"], 0],
    [["chat", "--help"], 0],
    [["health", "--port", "1"], 1],
    [["config", "--port", "80a"], 1],
    [["sreve"], 2],
    [["serve", "--prot", "1"], 2],
  ])("leaves %j with exit code %i and tells on the stream meant for it", async (args, wanted) => {
    const { exitCode, stdout, stderr } = await run(args, emptyPlace());

    expect(exitCode).toBe(wanted);
    expect(stdout === "").toBe(wanted !== 0);
    expect(stderr === "").toBe(wanted === 0);
  });

  test("leaves nothing behind where it only talks", async () => {
    const place = emptyPlace();

    await run(["chat", "--bot", "echo"], place, "hello\n");

    expect(readdirSync(place.cwd)).toEqual([]);
  });

  test("runs copied alone into an empty directory, with its database beside it", async () => {
    const place = emptyPlace();
    mkdirSync(join(place.cwd, "my bot's"));
    copyFileSync(binary(), join(place.cwd, "my bot's", "botline"));
    const server = Bun.spawn(["./my bot's/botline", "--port", "0"], {
      ...place,
      stdout: "pipe",
      stderr: "ignore",
    });
    const said = await untilSaid(server.stdout, 'text "hello"');

    const [command = ""] = /'\.\/my bot.*botline' text "hello" --port \d+/.exec(said) ?? [];
    const { exitCode, stdout } = await shell(command, place);
    server.kill("SIGTERM");

    expect(exitCode).toBe(0);
    expect(stdout.trim()).not.toBe("");
    expect(await server.exited).toBe(0);
    expect(existsSync(join(place.cwd, "my bot's", "botline.db"))).toBe(true);
  });
});

describe("serve and text", () => {
  test("find each other without any setting", async () => {
    const place = emptyPlace();
    await using server = await startBinary(["--bot", "echo"], place);

    const { stdout } = await run(["text", "Grüße 🎉", "--url", server.url], place);

    expect(stdout).toBe("Grüße 🎉\n");
  });

  test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("part well at %s", async (signal) => {
    const place = emptyPlace();
    await using server = await startBinary(["--bot", "echo"], place);

    server.kill(signal);

    expect(await server.exited).toBe(0);
    expect(tokensLeft(place)).toEqual([]);
  });

  test("part at once at the second signal, whoever still waits for an answer", async () => {
    const place = emptyPlace();
    const asked = Promise.withResolvers<void>();
    using silent = Bun.listen({
      hostname: "127.0.0.1",
      port: 0,
      socket: { data: () => asked.resolve() },
    });
    const env = {
      ...place.env,
      BOT: "pandorabots",
      PANDORABOTS_URL: `http://127.0.0.1:${silent.port}`,
      PANDORABOTS_BOTKEY: "0123456789abcdef",
    };
    await using server = await startBinary([], { ...place, env });
    const texting = run(["text", "hello", "--url", server.url], place);
    await asked.promise;

    server.kill("SIGTERM");
    await refused(server.url);
    server.kill("SIGTERM");

    expect(await server.exited).toBe(143);
    expect(await texting).toMatchObject({ exitCode: 1 });
  });

  test("are not misled by a server that was killed", async () => {
    const place = emptyPlace();
    await using server = await startBinary(["--bot", "echo"], place);
    server.kill("SIGKILL");
    await server.exited;

    const left = tokensLeft(place);
    const { exitCode, stderr } = await run(["text", "hello", "--url", server.url], place);

    expect(left).toHaveLength(1);
    expect(tokensLeft(place)).toEqual([]);
    expect(exitCode).toBe(1);
    expect(stderr).toInclude("botline serve");
  });

  test("find each other whatever proxy the environment names", async () => {
    const place = emptyPlace();
    await using server = await startBinary(["--bot", "echo"], place);
    const behind = { ...place, env: { ...place.env, HTTP_PROXY: "http://127.0.0.1:1" } };

    const texting = await run(["text", "hello", "--url", server.url], behind);
    const health = await run(["health", "--url", server.url], behind);

    expect(texting.stdout).toBe("hello\n");
    expect(health.exitCode).toBe(0);
  });

  test("need no help from a health check", async () => {
    const place = emptyPlace();
    await using server = await startBinary(["--bot", "echo"], place);

    const { exitCode, stdout } = await run(["health", "--port", new URL(server.url).port], place);

    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: "ok", version: packageFile.version });
  });
});

describe("chat in a pipe", () => {
  test("loses nothing on its way to a slow reader", async () => {
    const place = emptyPlace();
    // More than a pipe holds, so that the program ends before its reader has begun.
    const lines = `${"x".repeat(1500)}\n`.repeat(200);
    await Bun.write(join(place.cwd, "lines"), lines);

    const { stdout } = await shell(
      '"$BOTLINE" chat --bot echo < lines | (sleep 0.5; wc -c)',
      place,
    );

    expect(Number(stdout)).toBe(lines.length);
  });

  test("ends quietly when its reader has seen enough", async () => {
    const { stdout, stderr } = await shell(
      'yes hello | "$BOTLINE" chat --bot echo | head -n 2',
      emptyPlace(),
    );

    expect(stdout).toBe("hello\nhello\n");
    expect(stderr).toBe("");
  });
});

describe("chat on a terminal", () => {
  test.each([
    ["Ctrl-D", "\u0004"],
    ["Ctrl-C", "\u0003"],
  ])("prompts, answers and ends well at %s", async (_name, key) => {
    const terminal = createTerminal();
    const child = Bun.spawn([binary(), "chat", "--bot", "echo"], {
      ...emptyPlace(),
      terminal: terminal.options,
    });
    await terminal.shows("> ");

    child.terminal?.write("hello\r");
    await terminal.shows("\nhello\r\n");
    child.terminal?.write(key);

    expect(await child.exited).toBe(0);
  });
});

/** Waits until the server takes no more texts: it has heard the first signal. */
async function refused(url: string): Promise<void> {
  const isOpen = () => fetch(url).then(Boolean, () => false);
  while (await isOpen()) await Bun.sleep(5);
}

function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(stream).text();
}

function tokensLeft({ cwd }: Place): readonly string[] {
  return readdirSync(join(cwd, `botline-${process.getuid?.()}`));
}

async function untilSaid(stream: ReadableStream<Uint8Array>, wanted: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    if (text.includes(wanted)) return text;
  }
  throw new Error(`Cannot find ${wanted} in what was said: ${text}`);
}

function createTerminal() {
  let text = "";
  const shows = async (wanted: string) => {
    while (!text.includes(wanted)) await Bun.sleep(5);
  };
  const data = (_terminal: unknown, chunk: Uint8Array) => {
    text += new TextDecoder().decode(chunk);
  };
  return { shows, options: { cols: 80, rows: 24, data } };
}

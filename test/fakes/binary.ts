import { existsSync, mkdtempSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(import.meta.dir, "..", "..");
const BINARY = join(ROOT, "dist", "botline");

/** The path of the compiled program, built first when it is missing or older than what it is made of. */
export function binary(): string {
  if (isStale()) {
    const { exitCode, stdout } = Bun.spawnSync([process.execPath, "src/build.ts"], { cwd: ROOT });
    if (exitCode !== 0) throw new Error(`Cannot build dist/botline: ${stdout}`);
  }
  return BINARY;
}

export interface StartOptions {
  /** All the program finds in its environment, beside PORT=0 and a home and database of its own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where it runs; a directory that is removed afterwards, unless given. */
  readonly cwd?: string;
}

/** A compiled server that listens: `await using server = await startBinary()`. */
export interface RunningBinary extends AsyncDisposable {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  readonly pid: number;
  /** What it has written so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Sends a signal to it and to all it has started. */
  kill(signal: NodeJS.Signals): void;
  /** Its exit code; null when a signal ended it. */
  readonly exited: Promise<number | null>;
}

/** Starts the compiled server and waits until it says where it listens. */
export async function startBinary(
  args: readonly string[] = ["serve"],
  { env = {}, cwd }: StartOptions = {},
): Promise<RunningBinary> {
  const home = mkdtempSync(join(tmpdir(), "botline-"));
  const child = Bun.spawn([binary(), ...args], {
    cwd: cwd ?? home,
    env: { HOME: home, TMPDIR: home, DATABASE_URL: join(home, "botline.db"), PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own: nothing of it outlives the test, and a signal to it reaches nobody else.
    detached: true,
  });
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const exited = child.exited.then(() => child.exitCode);
  const kill = (signal: NodeJS.Signals) => killGroup(child.pid, signal);
  const stop = async () => {
    kill("SIGKILL");
    await exited;
    await rm(home, { recursive: true });
  };
  try {
    const url = await listening(() => stdout() + stderr(), exited);
    return { url, pid: child.pid, stdout, stderr, kill, exited, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function isStale(): boolean {
  if (!existsSync(BINARY)) return true;
  const builtAt = statSync(BINARY).mtimeMs;
  const parts = ["package.json", "bun.lock", ...new Bun.Glob("src/**").scanSync(ROOT)];
  return parts.some((path) => statSync(join(ROOT, path)).mtimeMs > builtAt);
}

function collect(stream: ReadableStream<Uint8Array>): () => string {
  const decoder = new TextDecoder();
  let text = "";
  void (async () => {
    for await (const chunk of stream) text += decoder.decode(chunk, { stream: true });
  })();
  return () => text;
}

/** Signals a process and all it has started; nothing where they have ended already. */
export function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended by itself.
  }
}

const START_WITHIN_MS = 10_000;

async function listening(said: () => string, exited: Promise<unknown>): Promise<string> {
  let hasExited = false;
  void exited.then(() => {
    hasExited = true;
  });
  for (const giveUpAt = Date.now() + START_WITHIN_MS; Date.now() < giveUpAt; await Bun.sleep(2)) {
    const url = /http:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d+/.exec(said())?.[0];
    if (url && (await isHealthy(url))) return url;
    if (hasExited) break;
  }
  throw new Error(`Cannot start dist/botline: expected it to listen, it said:\n${said()}`);
}

async function isHealthy(url: string): Promise<boolean> {
  return fetch(`${url}/health`).then(
    (response) => response.ok,
    () => false,
  );
}

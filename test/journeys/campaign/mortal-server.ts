import { closeSync, mkdtempSync, openSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { binary } from "../../fakes/binary.ts";

/** When a server was killed and when it was gone, in milliseconds since 1970. */
export interface Kill {
  readonly at: number;
  readonly goneAt: number;
}

/** A compiled server on one port and one database that dies and lives again. */
export interface MortalServer extends AsyncDisposable {
  readonly url: string;
  readonly database: string;
  readonly kills: readonly Kill[];
  /** How it ended where nobody killed it. */
  readonly deaths: readonly string[];
  /** SIGKILL; it stays dead until `start`. */
  kill(): Promise<void>;
  start(): void;
  /** SIGTERM: its exit code. */
  stop(): Promise<number | null>;
  /** Resolves once it answers. */
  isUp(): Promise<void>;
  /** What all of its lives have written. */
  said(): string;
  /** Leaves its folder behind when it is disposed of. */
  keep(): void;
}

/** Starts a server whose environment is all but its port, its public URL and its database. */
export function startMortalServer(env: Readonly<Record<string, string>>): MortalServer {
  const folder = mkdtempSync(join(tmpdir(), "botline-campaign-"));
  const port = freePort();
  const url = `http://127.0.0.1:${port}`;
  const place = { database: join(folder, "botline.db"), log: join(folder, "log") };
  const all = { HOME: folder, HOST: "127.0.0.1", PORT: port, PUBLIC_URL: url, LOG_FORMAT: "json" };
  const lives = new Lives(place.log, { ...all, DATABASE_URL: place.database, ...env });
  let isKept = false;
  return {
    url,
    database: place.database,
    kills: lives.kills,
    deaths: lives.deaths,
    kill: () => lives.kill(),
    start: () => lives.start(),
    stop: () => lives.stop(),
    isUp: () => isUp(url),
    said: () => readFileSync(place.log, "utf8"),
    keep() {
      isKept = true;
    },
    async [Symbol.asyncDispose]() {
      await lives.kill();
      if (!isKept) await rm(folder, { recursive: true });
    },
  };
}

// Below those that the system gives to connections that go out: one of these would take the port while the server is
// dead. Each is used once, for servers run side by side.
let nextPort = 20_000 + (process.pid % 8000);

function freePort(): string {
  for (;;) {
    nextPort += 1;
    try {
      const server = Bun.serve({
        port: nextPort,
        hostname: "127.0.0.1",
        fetch: () => new Response(),
      });
      void server.stop(true);
      return String(nextPort);
    } catch {
      // Somebody else's: the next one.
    }
  }
}

class Lives {
  readonly kills: Kill[] = [];
  readonly deaths: string[] = [];
  readonly #log: string;
  readonly #env: Readonly<Record<string, string>>;
  #child: Bun.Subprocess | undefined;

  constructor(log: string, env: Readonly<Record<string, string>>) {
    this.#log = log;
    this.#env = env;
    this.start();
  }

  start(): void {
    const log = openSync(this.#log, "a");
    const child = Bun.spawn([binary(), "serve"], {
      cwd: this.#env["HOME"] ?? ".",
      env: this.#env,
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    this.#child = child;
    void child.exited.then(() => this.#mourn(child));
  }

  async kill(): Promise<void> {
    const at = Date.now();
    const child = this.#takeOut();
    if (!child) return;
    child.kill("SIGKILL");
    await child.exited;
    this.kills.push({ at, goneAt: Date.now() });
  }

  async stop(): Promise<number | null> {
    const child = this.#takeOut();
    child?.kill("SIGTERM");
    await child?.exited;
    return child?.exitCode ?? null;
  }

  #takeOut(): Bun.Subprocess | undefined {
    const child = this.#child;
    this.#child = undefined;
    return child?.exitCode === null && child.signalCode === null ? child : undefined;
  }

  #mourn(child: Bun.Subprocess): void {
    if (this.#child !== child) return;
    this.deaths.push(`exit code ${child.exitCode}, signal ${child.signalCode}`);
  }
}

const UP_WITHIN_MS = 10_000;

async function isUp(url: string): Promise<void> {
  for (const giveUpAt = Date.now() + UP_WITHIN_MS; Date.now() < giveUpAt; await Bun.sleep(5)) {
    const isHealthy = await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isHealthy) return;
  }
  throw new Error(`Cannot reach the server: expected it to be up in ${UP_WITHIN_MS} ms`);
}

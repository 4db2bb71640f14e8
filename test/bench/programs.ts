import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { BuildConfig } from "bun";
import { binary } from "../fakes/binary.ts";
import { NO_LIMITS } from "../fakes/no-limits.ts";
import { WEBHOOK } from "../fakes/webhook.ts";

const ROOT = join(import.meta.dir, "..", "..");
const SOURCE = join(ROOT, "src");
const DIST = join(ROOT, "dist");

/** What a webhook is signed with in every program that checks. */
export const BENCH_TOKEN = "0123456789abcdef0123456789abcdef";

/** Something that answers `POST /sms` with 200 on the port that PORT names. */
export interface Program {
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Running extends AsyncDisposable {
  readonly port: number;
  /** What it has in memory, in MB. */
  rss(): number;
}

// Below dist/, so that databases lie on the disk of the project and not on one that may be kept in memory.
mkdirSync(DIST, { recursive: true });
const directory = mkdtempSync(join(DIST, "bench-"));
process.on("exit", () => rmSync(directory, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(1));

/** A new directory that goes when the bench is done. */
export function newDirectory(): string {
  return mkdtempSync(join(directory, "run-"));
}

/** botline as it ships, in service with this bot; logs as always, to nobody. */
export function botline(bot: string, env: Readonly<Record<string, string>> = {}): Program {
  return {
    name: `botline, ${bot}`,
    command: [binary(), "serve"],
    env: {
      BOT: bot,
      HOST: "127.0.0.1",
      PUBLIC_URL: WEBHOOK,
      TWILIO_AUTH_TOKEN: BENCH_TOKEN,
      ...env,
    },
  };
}

/**
 * The same, for benches that text as no person would: without the limits, which would soon answer everybody with
 * silence, and without the few milliseconds in which a person's next text is waited for.
 */
export function unlimited(bot: string, env: Readonly<Record<string, string>> = {}): Program {
  return botline(bot, { ...NO_LIMITS, GATHER_MS: "0", ...env });
}

/** Compiles a program of ./programs the way botline is; the path of the executable. */
export function compile(name: string): Promise<string> {
  return compileAs(name, { entrypoints: [join(import.meta.dir, "programs", `${name}.ts`)] });
}

/** Compiles botline itself with a store of ./stores in place of its own; the path of the executable. */
export function compileWithStore(name: string): Promise<string> {
  const store = join(import.meta.dir, "stores", `${name}.ts`);
  const opener = join(SOURCE, "store", "open.ts");
  return compileAs(`store-${name}`, {
    entrypoints: ["main.ts", "store/checkpoint-thread.ts"].map((path) => join(SOURCE, path)),
    root: SOURCE,
    splitting: true,
    plugins: [
      {
        name: "store",
        setup: (build) =>
          void build.onResolve({ filter: /\/sqlite\.ts$/ }, ({ importer }) =>
            importer === opener ? { path: store } : undefined,
          ),
      },
    ],
  });
}

async function compileAs(
  name: string,
  config: Pick<BuildConfig, "entrypoints" | "root" | "splitting" | "plugins">,
): Promise<string> {
  const outfile = join(directory, name);
  await Bun.build({
    ...config,
    target: "bun",
    bytecode: true,
    format: "esm",
    sourcemap: "linked",
    define: { "process.env.NODE_ENV": '"production"' },
    compile: { outfile, autoloadDotenv: false, autoloadBunfig: false },
  });
  return outfile;
}

/** Starts a program and does not wait for it. */
export function spawn({ command, env }: Program, port: number, cwd: string) {
  return Bun.spawn([...command], {
    cwd,
    env: {
      PATH: process.env["PATH"],
      NODE_ENV: "production",
      DATABASE_URL: join(cwd, "botline.db"),
      PORT: String(port),
      ...env,
    },
    stdio: ["ignore", "ignore", "ignore"],
  });
}

/** Starts a program with an empty database and waits until it answers. */
export async function start(program: Program): Promise<Running> {
  const port = nextPort();
  const child = spawn(program, port, newDirectory());
  const stop = async () => {
    child.kill("SIGKILL");
    await child.exited;
  };
  await answers(port, () => child.exitCode === null && child.signalCode === null).catch(
    async (cause) => {
      await stop();
      throw new Error(`Cannot start ${program.name}`, { cause });
    },
  );
  return { port, rss: () => rssOf(child.pid), [Symbol.asyncDispose]: stop };
}

let lastPort = 20_000 + (process.pid % 5000);

/** A port below those the system takes for itself: polled before it listens, those can answer themselves. */
export function nextPort(): number {
  lastPort += 1;
  return lastPort;
}

async function answers(port: number, isAlive: () => boolean): Promise<void> {
  for (
    const giveUpAt = Date.now() + 10_000;
    Date.now() < giveUpAt && isAlive();
    await Bun.sleep(5)
  ) {
    const response = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined);
    if (response) return;
  }
  throw new Error(`Nobody answers at port ${port}`);
}

function rssOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

/** A file's size in MB. */
export function sizeOf(path: string): number {
  return statSync(path).size / 1e6;
}

/** The one in the middle. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Prints rows below a title, the first one being the head. */
export function printTable(title: string, rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, n) => Math.max(...rows.map((row) => row[n]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0)))
      .join("  "),
  );
  console.log(
    `${title} (Bun ${Bun.version}, ${availableParallelism()} cores)\n${lines.join("\n")}\n`,
  );
}

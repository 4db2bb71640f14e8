import { dirname, relative } from "node:path";
import { reportCrash, runCli } from "./cli/cli.ts";
import { openOutputs } from "./cli/descriptor.ts";
import type { Io } from "./cli/io.ts";
import { isHangUpIgnored } from "./cli/signals.ts";

/** 128 and the signal's number, as shells report it. */
const KILLED_EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

const interrupt = new AbortController();
// `botline help | head -1`: whoever read us has seen enough.
const outputs = openOutputs(() => process.exit(0));

process.on("SIGINT", end);
process.on("SIGTERM", end);
// `nohup botline` is meant to outlive its terminal.
if (!isHangUpIgnored()) process.on("SIGHUP", end);
process.on("uncaughtException", crash);
process.on("unhandledRejection", crash);
await exit(await runCli(process.argv.slice(2), process.env, createIo()));

/** The first signal asks, the second one insists. */
function end(signal: keyof typeof KILLED_EXIT_CODES): void {
  if (interrupt.signal.aborted) process.exit(KILLED_EXIT_CODES[signal]);
  interrupt.abort(new Error(`interrupted by ${signal}`));
}

function crash(error: unknown): void {
  reportCrash(error, outputs.stderr);
  void exit(1);
}

async function exit(code: number): Promise<void> {
  await outputs.flush();
  process.exit(code);
}

function createIo(): Io {
  return {
    // Opening it costs a millisecond that only `chat` has to pay.
    get stdin() {
      return process.stdin;
    },
    stdout: outputs.stdout,
    stderr: outputs.stderr,
    outlastReaders: outputs.outlastReaders,
    get screen() {
      return process.stdout;
    },
    cwd: process.cwd(),
    homeDir: Bun.isStandaloneExecutable ? dirname(process.execPath) : process.cwd(),
    program: programName(),
    pid: process.pid,
    uid: process.getuid?.(),
    isRunning,
    signal: interrupt.signal,
  };
}

function programName(): string {
  const words = [process.argv0];
  if (!Bun.isStandaloneExecutable) words.push(relative(process.cwd(), Bun.main));
  return words.map(quote).join(" ");
}

function quote(word: string): string {
  if (process.platform === "win32") return word.includes(" ") ? `"${word}"` : word;
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // Gone, or another user's by now: either way not the one that was meant.
    return false;
  }
}

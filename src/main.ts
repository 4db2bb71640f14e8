import { dirname, relative } from "node:path";
import { reportCrash, runCli } from "./cli/cli.ts";
import { openDescriptor } from "./cli/descriptor.ts";
import type { Io } from "./cli/io.ts";

/** 128 and the signal's number, as shells report it. */
const KILLED_EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

const interrupt = new AbortController();
// `botline help | head -1`: whoever read us has seen enough.
const stdout = openDescriptor(1, () => process.exit(0));
// Where nobody reads the log any more there is nobody to tell; texts are answered all the same.
const stderr = openDescriptor(2, () => {});

process.on("SIGINT", end);
process.on("SIGTERM", end);
process.on("uncaughtException", crash);
process.on("unhandledRejection", crash);
process.exit(await runCli(process.argv.slice(2), process.env, createIo()));

/** The first signal asks, the second one insists. */
function end(signal: keyof typeof KILLED_EXIT_CODES): void {
  if (interrupt.signal.aborted) process.exit(KILLED_EXIT_CODES[signal]);
  interrupt.abort(new Error(`interrupted by ${signal}`));
}

function crash(error: unknown): void {
  reportCrash(error, stderr);
  process.exit(1);
}

function createIo(): Io {
  return {
    // Opening it costs a millisecond that only `chat` has to pay.
    get stdin() {
      return process.stdin;
    },
    stdout,
    stderr,
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
  if (Bun.isStandaloneExecutable) return process.argv0;
  return `${process.argv0} ${relative(process.cwd(), Bun.main)}`;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // Gone, or another user's by now: either way not the one that was meant.
    return false;
  }
}

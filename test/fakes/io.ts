import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import type { Env, Io } from "../../src/cli/io.ts";

export interface FakeIoOptions {
  /** What stands in the pipe, or is typed. */
  readonly stdin?: string;
  /** A person sits at it. */
  readonly isTerminal?: boolean;
}

/** A process that is none: a directory of its own, all it writes kept. `using desk = createDesk()`. */
export interface Desk extends Disposable {
  readonly io: Io;
  /** Keeps run files inside the directory. */
  readonly env: Env;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves once stdout holds the text. */
  says(text: string): Promise<void>;
  /** What SIGTERM does. */
  interrupt(): void;
}

export function createDesk({ stdin = "", isTerminal = false }: FakeIoOptions = {}): Desk {
  const cwd = mkdtempSync(join(tmpdir(), "botline-desk-"));
  const stdout = createPaper(isTerminal);
  const stderr = createPaper(isTerminal);
  const interrupt = new AbortController();
  return {
    io: {
      stdin: Object.assign(Readable.from(stdin === "" ? [] : [Buffer.from(stdin)]), {
        isTTY: isTerminal,
      }),
      stdout: stdout.stream,
      stderr: stderr.stream,
      outlastReaders() {},
      screen: stdout.stream,
      cwd,
      homeDir: cwd,
      program: "dist/botline",
      pid: process.pid,
      uid: process.getuid?.(),
      isRunning: (pid) => pid === process.pid,
      signal: interrupt.signal,
    },
    env: { XDG_RUNTIME_DIR: cwd },
    stdout: stdout.text,
    stderr: stderr.text,
    says: stdout.holds,
    interrupt: () => interrupt.abort(new Error("interrupted by SIGTERM")),
    [Symbol.dispose]: () => rmSync(cwd, { recursive: true, force: true }),
  };
}

function createPaper(isTTY: boolean) {
  let text = "";
  const written = new EventTarget();
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      written.dispatchEvent(new Event("write"));
      done();
    },
  });
  const holds = (wanted: string) =>
    new Promise<void>((resolve) => {
      const look = () => text.includes(wanted) && resolve();
      written.addEventListener("write", look);
      look();
    });
  return { stream: Object.assign(stream, { isTTY }), text: () => text, holds };
}

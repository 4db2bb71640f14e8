import { fstatSync, writeSync } from "node:fs";
import { CommandError } from "../errors.ts";
import type { Output } from "./io.ts";
import { openQueue, type Queue } from "./queue.ts";

/** Standard output and error of this process. */
export interface Outputs {
  readonly stdout: Output;
  readonly stderr: Output;
  /** From here on no reader who is behind or gone holds the program up. */
  outlastReaders(): void;
  /** Resolves once all is written, or after a second. */
  flush(): Promise<void>;
}

const FLUSH_WITHIN_MS = 1_000;

/**
 * Opens both, each written at once: nothing is left unsaid by a crash, and opening costs nothing,
 * where a stream of `process` costs 8 ms of the start.
 */
export function openOutputs(whenUnread: () => void): Outputs {
  let queue: Queue | undefined;

  function whenStdoutFails(error: unknown): void {
    if (queue) return;
    if (!hasCode(error, "EPIPE"))
      throw new CommandError("Cannot write to stdout", { cause: error });
    whenUnread();
  }

  return {
    stdout: toOutput(1, (text) => writeAll(1, text, whenStdoutFails)),
    // Where nobody reads what went wrong there is nobody to tell.
    stderr: toOutput(2, (text) => (queue ? queue.write(text) : writeAll(2, text, () => {}))),
    outlastReaders() {
      queue ??= openQueue(2);
    },
    flush: async () => queue?.flush(FLUSH_WITHIN_MS),
  };
}

function toOutput(descriptor: 1 | 2, write: Output["write"]): Output {
  return {
    write,
    get isTTY() {
      return isTerminal(descriptor);
    },
  };
}

type WhenFailed = (error: unknown) => void;

function writeAll(descriptor: 1 | 2, text: string, whenFailed: WhenFailed): void {
  let rest: Uint8Array = Buffer.from(text);
  while (rest.length > 0) rest = rest.subarray(writeSome(descriptor, rest, whenFailed));
}

// A pipe whose reader is behind, and which was made not to wait, asks to be tried again.
const TRY_AGAIN_AFTER_MS = 1;

function writeSome(descriptor: 1 | 2, bytes: Uint8Array, whenFailed: WhenFailed): number {
  try {
    return writeSync(descriptor, bytes);
  } catch (error) {
    if (hasCode(error, "EAGAIN")) {
      Bun.sleepSync(TRY_AGAIN_AFTER_MS);
      return 0;
    }
    whenFailed(error);
    return bytes.length;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

// `node:tty` would cost 5 ms. /dev/null is a character device, too: what is written there is no matter.
function isTerminal(descriptor: 1 | 2): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    // Closed before we began: nobody reads it.
    return false;
  }
}

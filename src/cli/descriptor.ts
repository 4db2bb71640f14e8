import { fstatSync, writeSync } from "node:fs";
import type { Output } from "./io.ts";

/**
 * Standard output or error, written at once: nothing is left unsaid by a crash, and opening costs
 * nothing, where a stream of `process` costs 8 ms of the start.
 */
export function openDescriptor(descriptor: 1 | 2, whenGone: () => void): Output {
  return {
    write(text) {
      let rest: Uint8Array = Buffer.from(text);
      while (rest.length > 0) rest = rest.subarray(writeSome(descriptor, rest, whenGone));
    },
    get isTTY() {
      return isTerminal(descriptor);
    },
  };
}

// A pipe whose reader is behind, and which was made not to wait, asks to be tried again.
const TRY_AGAIN_AFTER_MS = 1;

function writeSome(descriptor: 1 | 2, bytes: Uint8Array, whenGone: () => void): number {
  try {
    return writeSync(descriptor, bytes);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EAGAIN") {
      Bun.sleepSync(TRY_AGAIN_AFTER_MS);
      return 0;
    }
    whenGone();
    return bytes.length;
  }
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

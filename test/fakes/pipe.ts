import { closeSync, constants, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { emptyDirectory } from "./directory.ts";

/** A pipe that is read when the test says so, and not before. */
export interface Pipe {
  /** The end to write to. */
  readonly descriptor: number;
  /** Reads until the text has come. */
  reads(wanted: string): Promise<string>;
  /** Nobody will ever read it. */
  breakOff(): void;
}

export function createPipe(): Pipe {
  const path = join(emptyDirectory(), "pipe");
  Bun.spawnSync(["mkfifo", path]);
  // The reader first: without one, a writer waits to be let in.
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const descriptor = openSync(path, "w");
  const buffer = Buffer.alloc(65_536);
  const decoder = new TextDecoder();
  let text = "";
  const reads = async (wanted: string) => {
    for (; !text.includes(wanted); await Bun.sleep(1)) text += decoder.decode(take(reader, buffer));
    return text;
  };
  return { descriptor, reads, breakOff: () => closeSync(reader) };
}

function take(reader: number, buffer: Buffer): Buffer {
  try {
    return buffer.subarray(0, readSync(reader, buffer));
  } catch {
    // Nothing in it just now.
    return buffer.subarray(0, 0);
  }
}

import { write } from "node:fs";

/** Writes that never wait for their reader. */
export interface Queue {
  write(text: string): void;
  /** Resolves once all is written, or the time is up. */
  flush(withinMs: number): Promise<void>;
}

/** How much may wait for a reader who is behind: some thousand lines of a log. */
const MOST_WAITING = 256 * 1024;

/** Keeps what the reader has not taken yet; past a bound it drops, counts, and says so when it flows again. */
export function openQueue(descriptor: number, mostWaiting = MOST_WAITING): Queue {
  let waiting = "";
  let dropped = 0;
  let flow: Promise<void> | undefined;

  function add(text: string): void {
    // Once one is dropped, so are all until it flows again: the gap is in one place.
    if (dropped > 0 || waiting.length + text.length > mostWaiting) dropped += 1;
    else waiting += text;
    flow ??= drain().finally(() => {
      flow = undefined;
    });
  }

  async function drain(): Promise<void> {
    while (waiting !== "" || dropped > 0) {
      const batch = waiting + (dropped > 0 ? `log lines dropped: ${dropped}\n` : "");
      waiting = "";
      dropped = 0;
      await writeAll(descriptor, Buffer.from(batch));
    }
  }

  async function flush(withinMs: number): Promise<void> {
    await Promise.race([flow, Bun.sleep(withinMs)]);
  }

  return { write: add, flush };
}

async function writeAll(descriptor: number, bytes: Uint8Array): Promise<void> {
  for (let rest = bytes; rest.length > 0; ) rest = rest.subarray(await writeSome(descriptor, rest));
}

// A pipe that was made not to wait asks to be tried again.
const TRY_AGAIN_AFTER_MS = 10;

/** By a thread of its own: where the reader is behind, that one waits. */
function writeSome(descriptor: number, bytes: Uint8Array): Promise<number> {
  return new Promise((resolve) => {
    write(descriptor, bytes, (error, written) => {
      if (error?.code === "EAGAIN") setTimeout(resolve, TRY_AGAIN_AFTER_MS, 0);
      // Where nobody reads the log any more there is nobody to tell.
      else resolve(error ? bytes.length : written);
    });
  });
}

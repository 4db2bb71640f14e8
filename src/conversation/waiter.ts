import type { Answer } from "../message.ts";

/** Who waits for the answer to one text: the webhook that brought it and its repeats, for so long, or nobody. */
export interface Waiter {
  /** Somebody waits from now on; that goes for the first only, repeats wait along. */
  attend(withinMs: number | undefined): void;
  /** The text is on the disk: before that nobody is told that all is well, however late it is. */
  noteKept(): void;
  /** Whether somebody waited, be it in vain. */
  isAttended(): boolean;
  /**
   * Whether the answer can still go back to who waits. From a yes on it is awaited, however long that takes: of
   * the deadline and the answer, one comes first, and the other way is closed.
   */
  take(): boolean;
  give(answer: Answer): void;
  fail(error: unknown): void;
  /** What who waits gets: the answer, or nothing when it comes too late. */
  readonly answer: Promise<Answer>;
}

const LATE: Answer = { texts: [] };

/** A waiter for whom nobody waits yet; `isKept`: the text is on the disk already. */
export function createWaiter({ isKept = false } = {}): Waiter {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  let state: "nobody" | "waiting" | "late" | "over" = "nobody";
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Where nobody waits, nobody hears of a failure here; it is logged where it happens.
  promise.catch(() => {});

  function giveUp(): void {
    state = "late";
    if (isKept) resolve(LATE);
  }

  function end(): void {
    state = "over";
    clearTimeout(timer);
  }

  return {
    answer: promise,
    isAttended: () => state !== "nobody",
    attend(withinMs) {
      if (state !== "nobody") return;
      state = "waiting";
      if (withinMs !== undefined) timer = setTimeout(giveUp, withinMs);
    },
    noteKept() {
      isKept = true;
      if (state === "late") resolve(LATE);
    },
    take() {
      const isAwaited = state === "waiting";
      end();
      return isAwaited;
    },
    give(answer) {
      end();
      resolve(answer);
    },
    fail(error) {
      end();
      reject(error);
    },
  };
}

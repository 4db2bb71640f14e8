import type { Thread } from "../../src/store/checkpoints.ts";

/** A thread that says what it is told to say. */
export interface FakeThread extends Thread {
  /** What it was asked. */
  readonly asked: readonly unknown[];
  readonly isTerminated: () => boolean;
  say(report: unknown): void;
  die(): void;
}

export function createFakeThread(): FakeThread {
  const events = new EventTarget();
  const asked: unknown[] = [];
  let isTerminated = false;

  return {
    asked,
    isTerminated: () => isTerminated,
    say: (data) => void events.dispatchEvent(new MessageEvent("message", { data })),
    die: () => void events.dispatchEvent(new Event("close")),
    addEventListener: events.addEventListener.bind(events),
    postMessage: (request: unknown) => void asked.push(request),
    terminate: () => {
      isTerminated = true;
    },
  };
}

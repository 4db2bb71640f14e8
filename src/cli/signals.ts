import { readFileSync } from "node:fs";

/** Whether whoever started the program wants it to outlive its terminal; known on Linux alone. */
export function isHangUpIgnored(): boolean {
  try {
    // Of the mask's bits the lowest one stands for SIGHUP.
    return /^SigIgn:.*[13579bdf]$/m.test(readFileSync("/proc/self/status", "utf8"));
  } catch {
    // Another system keeps no such file.
    return false;
  }
}

/** Resolves once the signal has aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

import { BotError } from "../../src/errors.ts";

/** What the promise came to: its value, or what it was rejected with. */
export function settled(promise: Promise<unknown>): Promise<unknown> {
  return promise.catch((error: unknown) => error);
}

/** The BotError that the promise must be rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<BotError> {
  const outcome = await settled(promise);
  if (outcome instanceof BotError) return outcome;
  throw new Error(`Expected a BotError, found ${outcome}`);
}

/** A signal that nobody aborts. */
export function never(): AbortSignal {
  return new AbortController().signal;
}

import type { Step } from "./turn.ts";

const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 60 * 60_000,
  d: 24 * 60 * 60_000,
};

/** The milliseconds of a time such as "15 min", "90 s" or "2h"; without a unit they are minutes. */
export function toMs(time: string): number {
  const [, amount = "", unit = "min"] = /^(\d+) ?([a-z]*?)$/.exec(time) ?? [];
  return Number(amount) * (UNIT_MS[unit || "min"] ?? Number.NaN);
}

/** How old a text may be when it is answered. */
export interface Freshness {
  readonly staleAfterMs: number;
  readonly now: () => number;
}

/** A text that nobody would expect an answer to any more is kept, and not answered out of the blue. */
export function createPassOverStale({ staleAfterMs, now }: Freshness): Step {
  return function passOverStale({ message }) {
    if (now() - message.receivedAt <= staleAfterMs) return undefined;
    return { kind: "silence", reason: "the text was too old to be answered" };
  };
}

export interface Backoff {
  readonly firstMs: number;
  readonly mostMs: number;
}

/** How long to wait after so many attempts: twice as long each time, and half of it left to chance. */
export function backoffMs(
  attempts: number,
  { firstMs, mostMs }: Backoff,
  random: () => number = Math.random,
): number {
  const whole = Math.min(mostMs, firstMs * 2 ** Math.max(0, attempts - 1));
  return Math.round(whole * (0.5 + random() / 2));
}

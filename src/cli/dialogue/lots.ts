/** Chance that can be had again: the same seed draws the same. */
export interface Lots {
  /** Begins anew. */
  reseed(seed: number): void;
  /** From 0 up to 1. */
  draw(): number;
}

export function createLots(): Lots {
  let state = 0;
  return {
    reseed(seed) {
      state = seed | 0;
    },
    // Mulberry32: small, and even enough to choose among answers.
    draw() {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    },
  };
}

/** Chance that can be had again: the same seed throws the same. */
export interface Dice {
  /** A whole number from 0 up to, not including, `sides`. */
  upTo(sides: number): number;
  /** True once in so many throws. */
  onceIn(sides: number): boolean;
  oneOf<Item>(items: readonly Item[]): Item;
  /** From none to `most` of what `make` makes. */
  some<Item>(most: number, make: () => Item): Item[];
}

export function createDice(seed: number): Dice {
  let state = seed | 0;
  // Mulberry32: small, and good enough to reach every corner.
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const upTo = (sides: number) => Math.floor(next() * sides);
  return {
    upTo,
    onceIn: (sides) => upTo(sides) === 0,
    oneOf(items) {
      const item = items[upTo(items.length)];
      if (item === undefined) throw new RangeError("Cannot choose: expected items, found none");
      return item;
    },
    some: (most, make) => Array.from({ length: upTo(most + 1) }, make),
  };
}

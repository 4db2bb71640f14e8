/** Runs the work of one lane strictly in the order it came; lanes do not wait for each other. */
export interface Lanes<Item> {
  add(lane: string, item: Item): void;
  /** Resolves when no lane has work left. */
  idle(): Promise<void>;
}

export interface LanesParts<Item> {
  /** Never rejects. */
  readonly run: (items: readonly Item[]) => Promise<void>;
  /** How many of those that wait, oldest first, are run together, and how long the last of them is to wait for another. */
  readonly gather: (items: readonly Item[]) => Gathered;
}

export interface Gathered {
  /** At least 1. */
  readonly count: number;
  readonly waitMs: number;
}

/** Lanes keyed by any text; an empty lane costs nothing. */
export function createLanes<Item>({ run, gather }: LanesParts<Item>): Lanes<Item> {
  const lanes = new Map<string, Item[]>();
  const drains = new Set<Promise<void>>();

  async function drain(lane: string, items: Item[]): Promise<void> {
    while (items.length > 0) {
      const { count, waitMs } = gather(items);
      // Once more: what has come meanwhile may belong to it.
      if (waitMs > 0) await Bun.sleep(waitMs);
      else await run(items.splice(0, count));
    }
    lanes.delete(lane);
  }

  return {
    add(lane, item) {
      const waiting = lanes.get(lane);
      if (waiting) {
        waiting.push(item);
        return;
      }
      const items = [item];
      lanes.set(lane, items);
      const drained: Promise<void> = drain(lane, items).finally(() => drains.delete(drained));
      drains.add(drained);
    },
    async idle() {
      while (drains.size > 0) await Promise.all(drains);
    },
  };
}

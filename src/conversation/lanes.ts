/** Runs the work of one lane strictly in the order it came; lanes do not wait for each other. */
export interface Lanes {
  run<T>(lane: string, work: () => Promise<T>): Promise<T>;
  /** Resolves when no lane has work left. */
  idle(): Promise<void>;
}

/** Lanes keyed by any text; an empty lane costs nothing. */
export function createLanes(): Lanes {
  const tails = new Map<string, Promise<unknown>>();

  function run<T>(lane: string, work: () => Promise<T>): Promise<T> {
    const result = (tails.get(lane) ?? Promise.resolve()).then(work);
    // The next in line starts after a failure too.
    const tail = result.then(ignore, ignore).then(() => {
      if (tails.get(lane) === tail) tails.delete(lane);
    });
    tails.set(lane, tail);
    return result;
  }

  async function idle(): Promise<void> {
    while (tails.size > 0) await Promise.all(tails.values());
  }

  return { run, idle };
}

function ignore(): void {}

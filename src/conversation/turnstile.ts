/** Does work when its turn comes: so much at a time, the rest waits in the order it came. */
export type Turnstile = (work: () => Promise<void>) => Promise<void>;

/** Lets so many through at a time. */
export function createTurnstile(most: number): Turnstile {
  const waiting: (() => void)[] = [];
  let inside = 0;

  function leave(): void {
    const next = waiting.shift();
    // Who comes next takes the place over: nobody slips in between.
    if (next) next();
    else inside -= 1;
  }

  return async function pass(work) {
    if (inside < most) inside += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      await work();
    } finally {
      leave();
    }
  };
}

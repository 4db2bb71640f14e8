/**
 * A clock for measuring how long something takes: it stands still while `now` makes up for a jump back, so
 * that a wait neither lasts for years nor is repeated.
 */
export function createSteadyClock(now: () => number): () => number {
  let last = now();
  let steady = 0;

  return function readSteadyClock() {
    const time = now();
    steady += Math.max(0, time - last);
    last = time;
    return steady;
  };
}

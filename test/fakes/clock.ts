/** A clock that goes only when it is told to. */
export interface FakeClock {
  (): number;
  pass(ms: number): void;
}

export function fakeClock(start = 1_700_000_100_000): FakeClock {
  let time = start;
  return Object.assign(() => time, {
    pass(ms: number) {
      time += ms;
    },
  });
}

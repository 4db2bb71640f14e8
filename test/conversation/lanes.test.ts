import { describe, expect, test } from "bun:test";
import { createLanes } from "../../src/conversation/lanes.ts";

const ONE_BY_ONE = () => ({ count: 1, waitMs: 0 });

interface Work {
  readonly name: string;
  readonly until?: Promise<void>;
}

function lanesThatNote(gather: (items: readonly Work[]) => { count: number; waitMs: number }) {
  const done: string[] = [];
  const lanes = createLanes<Work>({
    gather,
    async run(items) {
      await Promise.all(items.map(({ until }) => until));
      done.push(items.map(({ name }) => name).join("+"));
    },
  });
  return { lanes, done };
}

describe("lanes", () => {
  test("run() runs one lane's work in order, one at a time", async () => {
    const { lanes, done } = lanesThatNote(ONE_BY_ONE);
    const { promise: until, resolve } = Promise.withResolvers<void>();
    lanes.add("ada", { name: "first", until });
    lanes.add("ada", { name: "second" });
    await Bun.sleep(5);
    const before = [...done];

    resolve();
    await lanes.idle();

    expect([before, done]).toEqual([[], ["first", "second"]]);
  });

  test("do not wait for each other", async () => {
    const { lanes, done } = lanesThatNote(ONE_BY_ONE);
    const { promise: until, resolve } = Promise.withResolvers<void>();
    lanes.add("ada", { name: "slow", until });

    lanes.add("ben", { name: "quick" });
    await Bun.sleep(5);
    const before = [...done];
    resolve();
    await lanes.idle();

    expect([before, done]).toEqual([["quick"], ["quick", "slow"]]);
  });

  test("run together what is gathered, once it has waited", async () => {
    const { lanes, done } = lanesThatNote((items) =>
      items.length < 3 ? { count: items.length, waitMs: 1 } : { count: 2, waitMs: 0 },
    );
    for (const name of ["a", "b", "c"]) lanes.add("ada", { name });
    await Bun.sleep(10);

    lanes.add("ada", { name: "d" });
    lanes.add("ada", { name: "e" });
    await Bun.sleep(10);

    expect(done).toEqual(["a+b", "c+d"]);
  });
});

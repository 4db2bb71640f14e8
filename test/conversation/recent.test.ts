import { describe, expect, test } from "bun:test";
import { createRate } from "../../src/conversation/rate.ts";
import { createRecent } from "../../src/conversation/recent.ts";
import { createSteadyClock } from "../../src/conversation/steady-clock.ts";

describe("createRecent()", () => {
  test.each([
    [0, 0, "ada"],
    [0, 1000, "ada"],
    [999, 1000, "ada"],
    [0, 2000, undefined],
    [999, 2000, undefined],
    [0, 50_000, undefined],
  ])("set at %p, it has at %p: %p", (setAt, at, value) => {
    let now = 0;
    const recent = createRecent<string>(1000, () => now);
    now = setAt;
    recent.set("name", "ada");

    now = at;

    expect(recent.get("name")).toBe(value);
  });

  test("set again, stays longer", () => {
    let now = 0;
    const recent = createRecent<string>(1000, () => now);
    recent.set("name", "ada");
    now = 1500;
    recent.set("name", "grace");
    now = 2500;

    expect(recent.get("name")).toBe("grace");
  });

  test("delete() forgets at once, however old it is", () => {
    let now = 0;
    const recent = createRecent<string>(1000, () => now);
    recent.set("name", "ada");
    now = 1500;
    recent.set("other", "grace");

    recent.delete("name");

    expect(recent.get("name")).toBeUndefined();
  });
});

describe("createRate()", () => {
  test("counts what happened within a minute, each key for itself", () => {
    let now = 0;
    const rate = createRate(() => now);
    for (const at of [0, 10_000, 59_000]) {
      now = at;
      rate.add("ada");
    }

    const counts = [59_999, 60_000, 70_000, 118_999, 119_000].map((at) => {
      now = at;
      return rate.count("ada");
    });

    expect(counts).toEqual([3, 2, 1, 1, 0]);
    expect(rate.count("grace")).toBe(0);
  });
});

describe("createSteadyClock()", () => {
  test("goes on as `now` does, and stands still at a jump back", () => {
    let now = 5000;
    const clock = createSteadyClock(() => now);

    const times = [5000, 6000, 1000, 1500, 1500].map((time) => {
      now = time;
      return clock();
    });

    expect(times).toEqual([0, 1000, 1000, 1500, 1500]);
  });
});

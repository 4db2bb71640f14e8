import { describe, expect, test } from "bun:test";
import { createLanes } from "../../src/conversation/lanes.ts";

describe("createLanes()", () => {
  test("run() keeps the order of one lane, however long each takes", async () => {
    const lanes = createLanes();
    const done: string[] = [];
    const work = (name: string, ms: number) =>
      lanes.run("ada", async () => {
        await Bun.sleep(ms);
        done.push(name);
      });

    await Promise.all([work("slow", 15), work("middle", 5), work("fast", 0)]);

    expect(done).toEqual(["slow", "middle", "fast"]);
  });

  test("run() lets other lanes pass", async () => {
    const lanes = createLanes();
    const { promise: never, resolve: release } = Promise.withResolvers<void>();
    const stuck = lanes.run("ada", () => never);

    const answer = await lanes.run("grace", async () => "hello");

    expect(answer).toBe("hello");
    release();
    await stuck;
  });

  test("run() goes on after work that failed, and tells its failure", async () => {
    const lanes = createLanes();

    const [failed, next] = await Promise.allSettled([
      lanes.run("ada", () => Promise.reject(new Error("no"))),
      lanes.run("ada", async () => "yes"),
    ]);

    expect(failed).toMatchObject({ status: "rejected", reason: new Error("no") });
    expect(next).toEqual({ status: "fulfilled", value: "yes" });
  });

  test("idle() waits for the work that was added meanwhile, too", async () => {
    const lanes = createLanes();
    const done: string[] = [];
    const first = lanes.run("ada", async () => {
      await Bun.sleep(5);
      void lanes.run("ada", async () => {
        done.push("second");
      });
    });

    await lanes.idle();

    expect(done).toEqual(["second"]);
    await first;
  });
});

import { describe, expect, test } from "bun:test";
import type { OutboundState } from "../../../src/delivery.ts";
import type { Store } from "../../../src/store/store.ts";
import { answer } from "../../fakes/ending.ts";
import { openedEach } from "./opened.ts";

/** What is told of a text only moves it forward. */
export function textChangesContract(open: () => Store): void {
  describe("changes of a text", () => {
    const store = openedEach(open);

    test("changeText() changes what is named and leaves the rest", async () => {
      const [id = 0] = await answer(store(), [{ state: "owed", dueAt: 1 }]);

      const isChanged = await store().changeText(id, { state: "sending", attemptedAt: 5000 });

      expect(isChanged).toBe(true);
      expect(await store().findText(id)).toMatchObject({
        state: "sending",
        attempts: 1,
        attemptedAt: 5000,
        sid: undefined,
        status: "unknown",
      });
      expect(await store().nextDueAt()).toBe(1);
    });

    test("changeText() changes nothing in another state than one of those wanted", async () => {
      const [id = 0] = await answer(store(), [{ state: "owed", dueAt: 1 }]);

      const isChanged = await store().changeText(id, { state: "failed" }, ["sending", "uncertain"]);

      expect(isChanged).toBe(false);
      expect(await store().findText(id)).toMatchObject({ state: "owed" });
    });

    test("changeText() has nothing to change of a text that is not there", async () => {
      const isChanged = await store().changeText(404, { state: "sent" });

      expect([isChanged, await store().findText(404)]).toEqual([false, undefined]);
    });

    test("changeText() lets one of twenty at once take a text", async () => {
      const [id = 0] = await answer(store(), [{ state: "owed", dueAt: 1 }]);

      const taken = await Promise.all(
        Array.from({ length: 20 }, () => store().changeText(id, { state: "sending" }, ["owed"])),
      );

      expect(taken.filter(Boolean)).toHaveLength(1);
    });

    test.each<[OutboundState, OutboundState]>([
      ["answered", "sent"],
      ["owed", "sent"],
      ["sending", "sent"],
      ["uncertain", "sent"],
      ["kept", "sent"],
      ["sent", "sent"],
      ["held", "held"],
      ["failed", "failed"],
      ["dropped", "dropped"],
    ])("changeText() makes of %s, when it is heard of: %s", async (state, then) => {
      const [id = 0] = await answer(store(), [{}]);
      await store().changeText(id, { state });

      await store().changeText(id, { report: { sid: "SM1", status: "queued" } });

      const found = await store().findText(id);
      expect(found).toMatchObject({ state: then, sid: "SM1", status: "queued" });
    });

    test("changeText() makes of a text what is said with the report", async () => {
      const [id = 0] = await answer(store(), [{ state: "owed", dueAt: 1 }]);
      const report = { sid: "SM1", status: "failed" } as const;
      const failure = { code: 30_003, words: "the phone is off" };

      await store().changeText(id, { state: "failed", dueAt: null, report, failure });

      expect(await store().findText(id)).toMatchObject({ state: "failed", status: "failed" });
    });

    test("changeText() moves a status forward, whatever comes late", async () => {
      const [id = 0] = await answer(store(), [{}]);
      for (const status of ["sent", "delivered", "sending", "undelivered"] as const)
        await store().changeText(id, { report: { sid: "SM1", status } });

      expect(await store().findText(id)).toMatchObject({ status: "delivered" });
    });

    test("changeText() ignores what is told of another message", async () => {
      const [id = 0] = await answer(store(), [{}]);
      await store().changeText(id, { report: { sid: "SM1", status: "sent" } });

      const isChanged = await store().changeText(id, {
        state: "failed",
        report: { sid: "SM2", status: "failed" },
      });

      expect(isChanged).toBe(false);
      expect(await store().findText(id)).toMatchObject({
        sid: "SM1",
        state: "sent",
        status: "sent",
      });
    });
  });
}

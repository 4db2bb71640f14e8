import { describe, expect, test } from "bun:test";
import type { Store } from "../../../src/store/store.ts";
import { answer } from "../../fakes/ending.ts";
import { openedEach } from "./opened.ts";

const [ADA, BEN] = ["+15550001111", "+15550002222"];
const [OURS, OTHER] = ["+15550009999", "+15550008888"];

/** What people are owed comes up when it is due, one text of each person after the other. */
export function outboxContract(open: () => Store): void {
  describe("outbox", () => {
    const store = openedEach(open);

    test("dueTexts() gives what is due by now, oldest first, as many as wanted", async () => {
      await answer(store(), [{ text: "third", state: "owed", dueAt: 30 }], { from: "+1" });
      await answer(store(), [{ text: "first", state: "owed", dueAt: 10 }], { from: "+2" });
      await answer(store(), [{ text: "second", state: "owed", dueAt: 20 }], { from: "+3" });
      await answer(store(), [{ text: "fourth", state: "owed", dueAt: 31 }], { from: "+4" });
      await answer(store(), [{ text: "never", state: "kept" }], { from: "+5" });

      const [all, two] = [await store().dueTexts(30, 9), await store().dueTexts(30, 2)];

      expect(all.map(({ text }) => text)).toEqual(["first", "second", "third"]);
      expect(two.map(({ text }) => text)).toEqual(["first", "second"]);
    });

    test("dueTexts() gives each person the first of what they are owed, at each number", async () => {
      const two = [
        { text: "one", state: "owed", dueAt: 1 },
        { text: "two", state: "owed", dueAt: 1 },
      ] as const;
      await answer(store(), two);
      await answer(store(), two, { to: OTHER });
      await answer(store(), two, { from: BEN });

      const due = await store().dueTexts(1, 9);

      expect(due.map(({ from, to, text }) => [from, to, text])).toEqual([
        [OURS, ADA, "one"],
        [OTHER, ADA, "one"],
        [OURS, BEN, "one"],
      ]);
    });

    test.each(["owed", "sending", "uncertain"] as const)(
      "dueTexts() lets no text overtake one that is %s and not due yet",
      async (state) => {
        const [first = 0] = await answer(store(), [{ state: "owed", dueAt: 1 }]);
        await store().changeText(first, { state, dueAt: 100 });
        await answer(store(), [{ state: "owed", dueAt: 1 }]);

        const due = [await store().dueTexts(50, 9), await store().dueTexts(100, 9)];

        expect(due.map((texts) => texts.map(({ id }) => id))).toEqual([[], [first]]);
        expect(await store().nextDueAt()).toBe(100);
      },
    );

    test.each(["sent", "failed", "dropped", "kept", "held"] as const)(
      "dueTexts() lets the next text go once the first is %s",
      async (state) => {
        const [first = 0, second] = await answer(store(), [
          { state: "owed", dueAt: 1 },
          { state: "owed", dueAt: 1 },
        ]);
        await store().changeText(first, { state, dueAt: null });

        const due = await store().dueTexts(1, 9);

        expect(due.map(({ id }) => id)).toEqual([second ?? 0]);
      },
    );

    test("dueTexts() gives what was answered whatever else waits", async () => {
      const [owed = 0, answered = 0, sent = 0] = await answer(store(), [
        { state: "owed", dueAt: 100 },
        { state: "answered", dueAt: 1 },
        { state: "answered", dueAt: 2 },
      ]);
      await store().changeText(sent, { report: { sid: "SM1", status: "sent" } });

      const due = await store().dueTexts(100, 9);

      expect(due.map(({ id }) => id)).toEqual([answered, owed]);
    });

    test("nextDueAt() gives the earliest time, and none when nothing is due by itself", async () => {
      const none = await store().nextDueAt();
      const [id = 0] = await answer(store(), [{ state: "owed", dueAt: 20 }]);
      await answer(store(), [{ dueAt: 30 }]);

      const before = await store().nextDueAt();
      await store().changeText(id, { state: "sent", dueAt: null });

      expect([none, before, await store().nextDueAt()]).toEqual([undefined, 20, 30]);
    });

    test("makeDue() makes due what is due too late, and nothing else", async () => {
      await answer(store(), [{ state: "owed", dueAt: 5000 }, { state: "kept" }]);

      await store().makeDue({ now: 1000, after: 5000 });
      const before = await store().nextDueAt();
      await store().makeDue({ now: 1000, after: 4999 });

      expect([before, await store().nextDueAt()]).toEqual([5000, 1000]);
    });

    test("dueQuestions() gives what the provider has, and dueTexts() all else", async () => {
      const [sent = 0, owed = 0] = await answer(store(), [
        { dueAt: 1 },
        { state: "owed", dueAt: 1 },
      ]);
      await store().changeText(sent, { report: { sid: "SM1", status: "sent" }, dueAt: 5 });

      const [texts, questions] = [await store().dueTexts(9, 9), await store().dueQuestions(9, 9)];

      expect(texts.map(({ id }) => id)).toEqual([owed]);
      expect(questions.map(({ id }) => id)).toEqual([sent]);
    });

    test("waitingFor() gives what waits for the person at that number, in order", async () => {
      const waits = ["owed", "kept", "held"] as const;
      const ids = await answer(store(), [{}, ...waits.map((state) => ({ state }))]);
      await answer(store(), [{ state: "owed" }], { to: OTHER });
      await answer(store(), [{ state: "owed" }], { from: BEN });

      const waiting = await store().waitingFor(ADA, OURS);

      expect(waiting.map(({ id }) => id)).toEqual(ids.slice(1));
      expect(waiting.map(({ state }) => state)).toEqual([...waits]);
    });

    test("recordConsent() drops what waits for who opted out at that number, and nothing else", async () => {
      await answer(store(), [{ dueAt: 1 }, { state: "owed", dueAt: 1 }, { state: "held" }]);
      await answer(store(), [{ state: "owed" }], { to: OTHER });

      await store().recordConsent({
        ...{ person: ADA, number: OURS, records: "opted out" as const },
        ...{ source: "text", at: 1 },
      });

      expect(await store().waitingFor(ADA, OURS)).toEqual([]);
      expect(await store().waitingFor(ADA, OTHER)).toHaveLength(1);
      expect((await store().dueTexts(1, 9)).map(({ state }) => state)).toEqual(["answered"]);
    });

    test("countWaiting() counts by state what waits", async () => {
      await answer(store(), [{}, { state: "owed" }, { state: "owed" }, { state: "kept" }]);

      const counts = await store().countWaiting();

      expect(counts).toEqual({ owed: 2, kept: 1 });
    });

    test("knownSids() gives the person's messages since then", async () => {
      const [first = 0, second = 0, unknown] = await answer(store(), [{}, {}, {}]);
      const [bens = 0] = await answer(store(), [{}], { from: BEN });
      await store().changeText(first, { attemptedAt: 10, report: { sid: "SM1", status: "sent" } });
      await store().changeText(second, { attemptedAt: 20, report: { sid: "SM2", status: "sent" } });
      await store().changeText(bens, { attemptedAt: 20, report: { sid: "SM3", status: "sent" } });

      const [since, all] = [await store().knownSids(ADA, 20), await store().knownSids(ADA, 0)];

      expect(unknown).toBeDefined();
      expect([since, all]).toEqual([new Set(["SM2"]), new Set(["SM1", "SM2"])]);
    });
  });
}

import { describe, expect, test } from "bun:test";
import type { ConsentEntry, Store } from "../../../src/store/store.ts";
import { answer } from "../../fakes/ending.ts";
import { openedEach } from "./opened.ts";

const [ADA, BEN] = ["+15550001111", "+15550002222"];
const [OURS, OTHER] = ["+15550009999", "+15550008888"];

/** Who wants no messages is known for ever. */
export function consentContract(open: () => Store): void {
  describe("consent", () => {
    const store = openedEach(open);

    test("isOptedOut() goes by the latest entry for the person and the number", async () => {
      await store().recordConsent(entry({ records: "opted in" }));
      await store().recordConsent(entry());
      await store().recordConsent(entry({ number: OTHER, records: "opted in" }));

      const answers = await Promise.all([
        store().isOptedOut(ADA, OURS),
        store().isOptedOut(ADA, OTHER),
        store().isOptedOut(BEN, OURS),
      ]);

      expect(answers).toEqual([true, false, false]);
    });

    test("isOptedOut() lets people come back", async () => {
      await store().recordConsent(entry());
      await store().recordConsent(entry({ records: "opted in" }));

      expect(await store().isOptedOut(ADA, OURS)).toBe(false);
    });

    test("recordConsent() drops what waits for somebody who opted out, there alone", async () => {
      await answer(store(), [{ state: "owed", dueAt: 1 }, { state: "held" }]);
      await answer(store(), [{ state: "owed", dueAt: 1 }], { to: OTHER });

      await store().recordConsent(entry());

      expect(await store().waitingFor(ADA, OURS)).toEqual([]);
      expect(await store().waitingFor(ADA, OTHER)).toHaveLength(1);
    });

    test("recordConsent() drops nothing of somebody who opted in", async () => {
      await answer(store(), [{ state: "owed", dueAt: 1 }]);

      await store().recordConsent(entry({ records: "opted in" }));

      expect(await store().waitingFor(ADA, OURS)).toHaveLength(1);
    });

    test("recordConsent() writes nothing that the person said last at that number", async () => {
      for (const at of [1, 2]) await store().recordConsent(entry({ at, records: "opted in" }));
      for (const at of [3, 4]) await store().recordConsent(entry({ at }));
      await store().recordConsent(entry({ at: 5, number: OTHER }));

      expect(Array.from(store().consentEntries(), ({ at }) => at)).toEqual([1, 3, 5]);
    });

    test("consentEntries() gives the whole ledger, oldest first, while it goes on being written", async () => {
      const entries = Array.from({ length: 1200 }, (_, at) => entry({ at, person: `+1555${at}` }));
      await Promise.all(entries.map((one) => store().recordConsent(one)));

      const read = store().consentEntries()[Symbol.iterator]();
      const first = read.next();
      await store().recordConsent(entry({ at: 9999 }));
      const rest = [...{ [Symbol.iterator]: () => read }];

      expect([first.value, ...rest]).toEqual([...entries, entry({ at: 9999 })]);
    });

    test("consentEntries() outlast the erasing of a person", async () => {
      await answer(store(), [{}]);
      await store().recordConsent(entry());

      await store().erasePerson(ADA, { now: 2, isElsewhere: true });

      expect([...store().consentEntries()]).toEqual([entry()]);
    });
  });
}

function entry(changes: Partial<ConsentEntry> = {}): ConsentEntry {
  return { person: ADA, number: OURS, records: "opted out", source: "STOP", at: 1, ...changes };
}

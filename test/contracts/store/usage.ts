import { describe, expect, test } from "bun:test";
import type { Store } from "../../../src/store/store.ts";
import { answer, endingOf, newText } from "../../fakes/ending.ts";
import { textFrom } from "../../fakes/message.ts";
import { openedEach } from "./opened.ts";

const [ADA, BEN] = ["+15550001111", "+15550002222"];
const NOW = 1_700_000_000_000;
const DAY_MS = 86_400_000;
const NOTHING = { texts: 0, segments: 0, cost: 0 };

/** What is sent is counted once, on the day it goes. */
export function usageContract(open: () => Store): void {
  describe("usage", () => {
    const store = openedEach(open);

    test("usageOn() sums what a person and everybody used on the day", async () => {
      await answer(store(), [
        { segments: 2, cost: 0.25 },
        { state: "owed", cost: 0.25 },
      ]);
      await answer(store(), [{ segments: 4, cost: 0.5 }]);
      await answer(store(), [{ cost: 1 }], { from: BEN });

      const usage = await store().usageOn(NOW, ADA);

      expect(usage).toEqual({
        own: { texts: 3, segments: 7, cost: 1 },
        all: { texts: 4, segments: 8, cost: 2 },
      });
    });

    test("usageOn() counts each day (UTC) by itself, and nothing of strangers", async () => {
      await answer(store(), [{}]);

      const days = [await store().usageOn(NOW + DAY_MS, ADA), await store().usageOn(NOW, "+1")];

      expect(days.map(({ own }) => own)).toEqual([NOTHING, NOTHING]);
      expect(days.map(({ all }) => all.texts)).toEqual([0, 1]);
    });

    test("usageOn() counts what is kept at once, and not again when it is given", async () => {
      const texts = [{ state: "kept", segments: 3 }, { state: "held" }] as const;
      const [kept = 0] = await answer(store(), texts);
      const before = await store().usageOn(NOW, ADA);
      const { turn } = await store().recordInbound(textFrom());

      await store().endTurn(endingOf(turn, { given: [kept], texts: [newText({ segments: 2 })] }));

      const after = await store().usageOn(NOW, ADA);
      expect([before, after].map(({ own }) => [own.texts, own.segments])).toEqual([
        [1, 3],
        [2, 5],
      ]);
    });
  });
}

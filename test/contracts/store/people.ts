import { describe, expect, test } from "bun:test";
import type { Store } from "../../../src/store/store.ts";
import { answer, endingOf } from "../../fakes/ending.ts";
import { textFrom } from "../../fakes/message.ts";
import { openedEach } from "./opened.ts";

const [ADA, BEN, OURS] = ["+15550001111", "+15550002222", "+15550009999"];

/** What is kept of people is told, and goes when it is to go. */
export function peopleContract(open: () => Store): void {
  describe("people", () => {
    const store = openedEach(open);

    test("summarise() tells what is kept of a person, and nothing of a stranger", async () => {
      await answer(store(), [{}, {}], { receivedAt: 1000 });
      await remember(ADA);
      await answer(store(), [{}], { from: BEN });

      const [ada, stranger] = [await store().summarise(ADA), await store().summarise("+1")];

      expect(ada).toEqual({ firstSeenAt: 1000, textsIn: 2, textsOut: 2, memories: 1 });
      expect(stranger).toBeUndefined();
    });

    test("erasePerson() lets words and memories go, and leaves everybody else's", async () => {
      const [message, bens] = [textFrom(), textFrom({ from: BEN })];
      const [id = 0] = await answer(store(), [{ dueAt: 1 }], message);
      await answer(store(), [{}], bens);
      await remember(ADA);
      await remember(BEN);

      await store().erasePerson(ADA, { now: 5000, isElsewhere: false });

      expect(await store().summarise(ADA)).toMatchObject({ textsIn: 0, textsOut: 0, memories: 0 });
      expect(await store().summarise(BEN)).toMatchObject({ textsIn: 2, textsOut: 1, memories: 1 });
      expect((await store().recall(ADA, "aiml")).own.size).toBe(0);
      // Whoever is at a limit does not begin anew by being forgotten.
      expect((await store().usageOn(endingOf(0).now, ADA)).own.texts).toBe(1);
      expect(await store().findText(id)).toMatchObject({ text: "", state: "answered" });
    });

    test("erasePerson() still lets a repeat be recognised", async () => {
      const message = textFrom();
      await answer(store(), [{}], message);
      await store().erasePerson(ADA, { now: 5000, isElsewhere: false });

      const claim = await store().recordInbound(message);

      expect(claim.kind).toBe("ended");
    });

    test("erasePerson() leaves nothing to be done about what has no words any more", async () => {
      await answer(store(), [
        { dueAt: 1 },
        { state: "owed", dueAt: 1 },
        { state: "kept" },
        { state: "held" },
      ]);

      await store().erasePerson(ADA, { now: 5000, isElsewhere: false });

      expect(await store().waitingFor(ADA, OURS)).toEqual([]);
      expect(await store().nextDueAt()).toBeUndefined();
    });

    test("erasePerson() names the copies at the provider that are to go, when asked to", async () => {
      const [message, quiet] = [textFrom(), textFrom({ from: BEN })];
      const [id = 0] = await answer(store(), [{}, {}], message);
      await store().changeText(id, { report: { sid: "SMout", status: "sent" } });
      await answer(store(), [{}], quiet);

      await store().erasePerson(ADA, { now: 5000, isElsewhere: true });
      await store().erasePerson(BEN, { now: 5000, isElsewhere: false });

      const due = [await store().dueErasures(4999, 9), await store().dueErasures(5000, 9)];
      expect(due.map((sids) => sids.toSorted())).toEqual([[], [message.id, "SMout"].toSorted()]);
    });

    test.each([true, false])(
      "erasePerson() has the copy erased that is known only later, when asked to: %p",
      async (isElsewhere) => {
        const message = textFrom();
        const [id = 0] = await answer(store(), [{}], message);
        await store().erasePerson(ADA, { now: 5000, isElsewhere });
        const [later = 0] = await answer(store(), [{}]);

        for (const [text, sid] of [
          [id, "SMout"],
          [later, "SMlater"],
        ] as const)
          await store().changeText(text, { report: { sid, status: "sent" } });

        expect((await store().dueErasures(5000, 9)).includes("SMout")).toBe(isElsewhere);
        expect(await store().dueErasures(5000, 9)).not.toContain("SMlater");
      },
    );

    test("settleErasure() ends one, or puts it off", async () => {
      const message = textFrom();
      const [id = 0] = await answer(store(), [{}], message);
      await store().changeText(id, { report: { sid: "SMout", status: "sent" } });
      await store().erasePerson(ADA, { now: 5000, isElsewhere: true });

      await store().settleErasure(message.id);
      await store().settleErasure("SMout", 9000);

      const due = [await store().dueErasures(8999, 9), await store().dueErasures(9000, 9)];
      expect(due).toEqual([[], ["SMout"]]);
    });

    test("erasePerson() has nothing to do for a stranger", async () => {
      await expect(
        store().erasePerson("+1", { now: 1, isElsewhere: true }),
      ).resolves.toBeUndefined();
    });

    test("emptyTextsBefore() empties what came before, with its answers, and no more", async () => {
      const [old = 0, kept = 0] = await answer(store(), [{}, { state: "kept" }], {
        receivedAt: 10,
      });
      const [later = 0] = await answer(store(), [{}], { receivedAt: 20 });

      const isMore = await store().emptyTextsBefore(20);

      const found = await Promise.all([old, kept, later].map((id) => store().findText(id)));
      expect(isMore).toBe(false);
      expect(found).toMatchObject([
        { text: "", state: "answered" },
        { text: "", state: "dropped" },
        { text: "hello", state: "answered" },
      ]);
      expect(await store().summarise(ADA)).toMatchObject({ textsIn: 1, textsOut: 1 });
    });

    test("emptyTextsBefore() goes on in small bites until nothing is left", async () => {
      const texts = Array.from({ length: 600 }, () => textFrom({ receivedAt: 10 }));
      await Promise.all(texts.map((message) => store().recordInbound(message)));

      const bites = [];
      do bites.push((await store().summarise(ADA))?.textsIn ?? 0);
      while (await store().emptyTextsBefore(20));

      expect(bites[0]).toBe(600);
      expect(bites.length).toBeGreaterThan(1);
      expect(await store().summarise(ADA)).toMatchObject({ textsIn: 0 });
    });

    test("forgetErasedBefore() forgets the address of whoever was erased before then", async () => {
      await answer(store(), [{}]);
      await store().erasePerson(ADA, { now: 1000, isElsewhere: false });

      await store().forgetErasedBefore(1000);
      const before = await store().summarise(ADA);
      await store().forgetErasedBefore(1001);

      expect([before?.textsIn, await store().summarise(ADA)]).toEqual([0, undefined]);
    });

    test("forgetErasedBefore() keeps the address of whoever texted since", async () => {
      await answer(store(), [{}]);
      await store().erasePerson(ADA, { now: 1000, isElsewhere: false });
      await store().recordInbound(textFrom({ receivedAt: 2000 }));

      await store().forgetErasedBefore(1001);

      expect(await store().summarise(ADA)).toBeDefined();
    });

    test("forgetErasedBefore() keeps the address of whose text was on its way meanwhile", async () => {
      await answer(store(), [{}]);
      const { turn } = await store().recordInbound(textFrom());
      await store().erasePerson(ADA, { now: 1000, isElsewhere: false });
      await store().endTurn(endingOf(turn));

      await store().forgetErasedBefore(1001);

      expect(await store().summarise(ADA)).toMatchObject({ textsIn: 1 });
    });

    async function remember(from: string): Promise<void> {
      const { turn } = await store().recordInbound(textFrom({ from }));
      const outcome = { kind: "silence", reason: "", remember: new Map([["name", "x"]]) } as const;
      await store().endTurn(endingOf(turn, { outcome }));
    }
  });
}

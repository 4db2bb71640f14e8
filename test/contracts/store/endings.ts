import { describe, expect, test } from "bun:test";
import type { Outcome } from "../../../src/message.ts";
import type { Store } from "../../../src/store/store.ts";
import { answer, endingOf, newText } from "../../fakes/ending.ts";
import { textFrom } from "../../fakes/message.ts";
import { openedEach } from "./opened.ts";

const REPLY = { kind: "reply", texts: ["ok"], raw: "ok", remember: new Map() } as const;

/** A turn ends once, with all that its end makes true. */
export function endingsContract(open: () => Store): void {
  describe("endings", () => {
    const store = openedEach(open);

    test("endTurn() resolves with the texts it made, in order", async () => {
      const { turn } = await store().recordInbound(textFrom());
      const texts = ["one", "two", "three"].map((text) => newText({ text, state: "owed" }));

      const kept = await store().endTurn(endingOf(turn, { texts }));

      expect(kept.map(({ text }) => text)).toEqual(["one", "two", "three"]);
      expect(kept.map(({ id }) => id)).toEqual(kept.map(({ id }) => id).toSorted((a, b) => a - b));
    });

    test("endTurn() addresses a text from the number that was texted to whoever did", async () => {
      const message = textFrom({ from: "+15550002222", to: "+15550008888" });
      const { turn } = await store().recordInbound(message);

      const [kept] = await store().endTurn(endingOf(turn, { texts: [newText()], now: 5000 }));

      expect(await store().findText(kept?.id ?? 0)).toEqual({
        id: kept?.id ?? 0,
        channel: "sms",
        from: "+15550008888",
        to: "+15550002222",
        text: "hello",
        state: "answered",
        attempts: 0,
        attemptedAt: 5000,
        createdAt: 5000,
        sid: undefined,
        status: "unknown",
        isKeyword: false,
      });
    });

    test("endTurn() ends the joined turns in silence", async () => {
      const messages = [textFrom(), textFrom(), textFrom()];
      const claims = await Promise.all(messages.map((message) => store().recordInbound(message)));
      const [first = 0, second = 0, last = 0] = claims.map(({ turn }) => turn);
      const texts = [newText({ text: "ok" })];

      await store().endTurn(endingOf(last, { joined: [first, second], outcome: REPLY, texts }));

      const repeats = await Promise.all(messages.map((message) => store().recordInbound(message)));
      const silence = { kind: "silence", reason: "answered with the next text" };
      expect(repeats).toMatchObject([
        { outcome: silence, texts: [] },
        { outcome: silence, texts: [] },
        { outcome: REPLY, texts: [{ text: "ok" }] },
      ]);
    });

    test.each(["the turn", "a joined one"])(
      "endTurn() refuses when %s has ended, and changes nothing",
      async (which) => {
        const [ended, open] = [textFrom(), textFrom()];
        const { turn: one } = await store().recordInbound(ended);
        const { turn: other } = await store().recordInbound(open);
        await store().endTurn(endingOf(one));
        const again = { "the turn": [one, other], "a joined one": [other, one] }[which] ?? [];
        const [turn = 0, joined = 0] = again;
        const remember = new Map([["name", "Eve"]]);
        const outcome = { ...REPLY, remember, rememberForAll: remember };
        const texts = [newText({ state: "owed", dueAt: 1 })];

        const second = store().endTurn(endingOf(turn, { joined: [joined], outcome, texts }));

        await expect(second).rejects.toThrow("Cannot write to the database");
        const { own, shared } = await store().recall(open.from, "aiml");
        expect([own.size, shared.size]).toEqual([0, 0]);
        expect((await store().openTurns()).map((found) => found.turn)).toEqual([other]);
        expect(await store().nextDueAt()).toBeUndefined();
      },
    );

    test("endTurn() that fails leaves its neighbours of the same moment whole", async () => {
      const { turn } = await store().recordInbound(textFrom());
      const outcome = { ...REPLY, remember: new Map([["name", "Ada"]]) };

      const [bad, good] = await Promise.allSettled([
        store().endTurn(endingOf(999_999, { outcome, texts: [newText()] })),
        store().endTurn(endingOf(turn, { outcome, texts: [newText()] })),
      ]);

      expect([bad?.status, good?.status]).toEqual(["rejected", "fulfilled"]);
      expect((await store().recall("+15550001111", "aiml")).own.get("name")).toBe("Ada");
    });

    test("endTurn() gives kept texts in its own answer: a repeat of theirs finds none", async () => {
      const earlier = textFrom();
      const [kept = 0] = await answer(store(), [{ text: "late", state: "kept" }], earlier);
      const later = textFrom();
      const { turn } = await store().recordInbound(later);
      const texts = [newText({ text: "now", dueAt: 9000 })];
      await store().endTurn(endingOf(turn, { given: [kept], givenDueAt: 9000, texts, now: 7000 }));

      const repeats = [await store().recordInbound(earlier), await store().recordInbound(later)];

      expect(repeats).toMatchObject([
        { texts: [] },
        { texts: [{ text: "late" }, { text: "now" }] },
      ]);
      expect(await store().findText(kept)).toMatchObject({ state: "answered", attemptedAt: 7000 });
      expect((await store().dueTexts(9000, 9)).map(({ text }) => text)).toEqual(["late", "now"]);
    });

    test("endTurn() gives nothing that is no longer kept, nor another person's", async () => {
      const [dropped = 0] = await answer(store(), [{ state: "kept" }]);
      await store().changeText(dropped, { state: "dropped" });
      const [bens = 0] = await answer(store(), [{ state: "kept" }], { from: "+15550002222" });
      const { turn } = await store().recordInbound(textFrom());

      await store().endTurn(endingOf(turn, { given: [dropped, bens] }));

      expect(await store().findText(dropped)).toMatchObject({ state: "dropped" });
      expect(await store().findText(bens)).toMatchObject({ state: "kept" });
    });

    test("endTurn() with texts drops what was held for the person at that number, and nothing else", async () => {
      const [held = 0] = await answer(store(), [{ state: "held" }]);
      const [owed = 0] = await answer(store(), [{ state: "owed" }], { to: "+15550008888" });
      const [elsewhere = 0] = await answer(store(), [{ state: "held" }], { to: "+15550008888" });
      const [bens = 0] = await answer(store(), [{ state: "held" }], { from: "+15550002222" });

      const [, next = 0] = await answer(store(), [{}, { state: "held" }]);

      const found = await Promise.all(
        [held, owed, elsewhere, bens, next].map((id) => store().findText(id)),
      );
      expect(found.map((text) => text?.state)).toEqual(["dropped", "owed", "held", "held", "held"]);
    });

    test("endTurn() gives what is owed as well, while nobody is sending it", async () => {
      const [owed = 0, sending = 0] = await answer(store(), [{ state: "owed" }, { state: "owed" }]);
      await store().changeText(sending, { state: "sending" });
      const { turn } = await store().recordInbound(textFrom());

      const ended = await store().endTurn(endingOf(turn, { given: [owed, sending] }));

      expect(ended.map(({ id }) => id)).toEqual([owed]);
      expect(await store().findText(sending)).toMatchObject({ state: "sending" });
    });

    test.each<[string, Outcome, string]>([
      ["drops for an answer", REPLY, "dropped"],
      ["leaves for words beside the talk", { ...REPLY, isAside: true }, "held"],
      ["leaves for a failure's", { kind: "fallback", texts: [], reason: "timeout" }, "held"],
    ])("endTurn() %s what was held for the person", async (_, outcome, state) => {
      const [held = 0] = await answer(store(), [{ state: "held" }]);
      const { turn } = await store().recordInbound(textFrom());

      await store().endTurn(endingOf(turn, { outcome, texts: [newText()] }));

      expect((await store().findText(held))?.state).toMatch(state);
    });

    test("endTurn() writes down what the outcome says of consent, and drops what waits for the person there", async () => {
      await answer(store(), [{ state: "owed" }]);
      const [elsewhere = 0] = await answer(store(), [{ state: "owed" }], { to: "+15550008888" });
      const { turn } = await store().recordInbound(textFrom({ receivedAt: 6900 }));
      const outcome = { ...REPLY, consent: { records: "opted out", source: "text" } } as const;

      const [goodbye] = await store().endTurn(
        endingOf(turn, {
          ...{ outcome, texts: [newText({ state: "owed" })] },
          ...{ isKeyword: true, now: 7000 },
        }),
      );

      const [person, number] = ["+15550001111", "+15550009999"];
      const waiting = await store().waitingFor(person, number);
      expect([...store().consentEntries()]).toEqual([
        { person, number, records: "opted out", source: "text", at: 6900 },
      ]);
      expect(waiting.map(({ id }) => id)).toEqual([goodbye?.id ?? 0]);
      expect(await store().findText(elsewhere)).toMatchObject({ state: "owed" });
    });

    test("endTurn() drops what the bot says to somebody who opted out while it was asked", async () => {
      const [person, number] = ["+15550001111", "+15550009999"];
      const [kept = 0] = await answer(store(), [{ state: "kept" }]);
      const { turn } = await store().recordInbound(textFrom());
      await store().recordConsent({ person, number, records: "opted out", source: "text", at: 1 });

      const ended = await store().endTurn(endingOf(turn, { texts: [newText()], given: [kept] }));

      expect(ended.map(({ state }) => state)).toEqual(["dropped"]);
      expect(await store().findText(kept)).toMatchObject({ state: "dropped" });
    });

    test("endTurn() erases what the outcome erases, but not its own texts, nor what is to be answered", async () => {
      const [earlier = 0] = await answer(store(), [{}]);
      const { turn } = await store().recordInbound(textFrom());
      const open = textFrom({ text: "Who are you?" });
      await store().recordInbound(open);
      const outcome = { ...REPLY, erases: { isElsewhere: false } };

      const [farewell] = await store().endTurn(
        endingOf(turn, { outcome, texts: [newText({ text: "Done" })] }),
      );

      expect(await store().findText(earlier)).toMatchObject({ text: "" });
      expect(await store().findText(farewell?.id ?? 0)).toMatchObject({ text: "Done" });
      expect(await store().summarise(open.from)).toMatchObject({ textsIn: 1, textsOut: 1 });
      expect(await store().openTurns()).toMatchObject([{ message: { text: "Who are you?" } }]);
    });
  });
}

import { describe, expect, test } from "bun:test";
import type { Outcome } from "../../../src/message.ts";
import { textsOf } from "../../../src/message.ts";
import type { Store } from "../../../src/store/store.ts";
import { endingOf, newText } from "../../fakes/ending.ts";
import { textFrom } from "../../fakes/message.ts";
import { openedEach } from "./opened.ts";

/** Texts are claimed once, and what was begun is found again. */
export function claimsContract(open: () => Store): void {
  describe("claims", () => {
    const store = openedEach(open);

    test("recordInbound() claims a message the first time", async () => {
      const claim = await store().recordInbound(textFrom());

      expect(claim.kind).toBe("new");
    });

    test("recordInbound() lets one of twenty at once have the claim", async () => {
      const message = textFrom();

      const claims = await Promise.all(
        Array.from({ length: 20 }, () => store().recordInbound(message)),
      );

      expect(claims.filter(({ kind }) => kind === "new")).toHaveLength(1);
      expect(claims.filter(({ kind }) => kind === "open")).toHaveLength(19);
      expect(new Set(claims.map(({ turn }) => turn)).size).toBe(1);
    });

    test("recordInbound() tells the same id on another channel apart", async () => {
      const message = textFrom();
      await store().recordInbound(message);

      const claim = await store().recordInbound({ ...message, channel: "voice" });

      expect(claim.kind).toBe("new");
    });

    test.each<Outcome>([
      { kind: "reply", texts: ["one", "two"], raw: "one two", remember: new Map() },
      { kind: "fallback", texts: ["Sorry"], reason: "timeout" },
      { kind: "silence", reason: "the carrier answers STOP" },
    ])("recordInbound() gives a repeat the outcome it had: %p", async (outcome) => {
      const message = textFrom();
      const { turn } = await store().recordInbound(message);
      const texts = textsOf(outcome).map((text) => newText({ text }));
      await store().endTurn(endingOf(turn, { outcome, texts }));

      const claim = await store().recordInbound(message);

      expect(claim).toMatchObject({ kind: "ended", turn, outcome });
    });

    test("recordInbound() gives a repeat its texts: where they are, and whether they were heard of", async () => {
      const message = textFrom();
      const { turn } = await store().recordInbound(message);
      const texts = [
        newText(),
        newText({ text: "two", state: "owed" }),
        newText({ state: "held" }),
      ];
      const [first] = await store().endTurn(endingOf(turn, { texts }));
      await store().changeText(first?.id ?? 0, { report: { sid: "SM1", status: "sent" } });

      const claim = await store().recordInbound(message);

      expect(claim).toMatchObject({
        texts: [
          { id: first?.id, text: "hello", state: "sent", isHeardOf: true },
          { text: "two", state: "owed", isHeardOf: false },
          { text: "hello", state: "held", isHeardOf: false },
        ],
      });
    });

    test("recordInbound() keeps texts as they are: quotes, NUL, emoji, right-to-left", async () => {
      const text = `'; DROP TABLE people; -- "\u0000" 🎉 שלום\n`;
      const message = textFrom({ text });
      const { turn } = await store().recordInbound(message);
      const before = await store().openTurns();
      await store().endTurn(endingOf(turn, { texts: [newText({ text })] }));

      const claim = await store().recordInbound(message);

      expect(before).toMatchObject([{ message: { text } }]);
      expect(claim).toMatchObject({ texts: [{ text }] });
    });

    test("openTurns() gives what never ended, oldest first, as it came", async () => {
      const media = [{ url: "https://example.com/cat.jpg", contentType: "image/jpeg" }];
      const [ended, ada, ben] = [
        textFrom(),
        textFrom({ media, handledAs: "help" }),
        textFrom({ from: "+15550002222" }),
      ];
      const { turn } = await store().recordInbound(ended);
      await store().recordInbound(ada);
      await store().recordInbound(ben);
      await store().endTurn(endingOf(turn));

      const open = await store().openTurns();

      expect(open.map(({ message }) => message)).toEqual([ada, { ...ben, handledAs: undefined }]);
    });

    test("checkWritable() resolves while the store can be written", async () => {
      await expect(store().checkWritable()).resolves.toBeUndefined();
    });

    test("readMark() gives the time set last, and none where none was set", async () => {
      await store().setMark("seen", 1);
      await store().setMark("seen", 2);

      const marks = [await store().readMark("seen"), await store().readMark("other")];

      expect(marks).toEqual([2, undefined]);
    });
  });
}

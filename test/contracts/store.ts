import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { Memories, Outcome } from "../../src/message.ts";
import type { Store } from "../../src/store/store.ts";
import { textFrom } from "../fakes/message.ts";

/** What every store must do, whatever keeps its data. */
export function storeContract(name: string, open: () => Store): void {
  describe(`${name} store`, () => {
    let store: Store;

    beforeEach(() => {
      store = open();
    });

    afterEach(() => store.close());

    test("recordInbound() claims a message the first time", async () => {
      const claim = await store.recordInbound(textFrom());

      expect(claim.kind).toBe("new");
    });

    test("recordInbound() lets one of twenty at once have the claim", async () => {
      const message = textFrom();

      const claims = await Promise.all(
        Array.from({ length: 20 }, () => store.recordInbound(message)),
      );

      expect(claims.filter(({ kind }) => kind === "new")).toHaveLength(1);
      expect(claims.filter(({ kind }) => kind === "open")).toHaveLength(19);
      expect(new Set(claims.map(({ turn }) => turn)).size).toBe(1);
    });

    test("recordInbound() tells the same id on another channel apart", async () => {
      const message = textFrom();
      await store.recordInbound(message);

      const claim = await store.recordInbound({ ...message, channel: "voice" });

      expect(claim.kind).toBe("new");
    });

    test.each<Outcome>([
      { kind: "reply", texts: ["one", "two"], raw: "one two", remember: new Map() },
      { kind: "fallback", texts: ["Sorry"], reason: "timeout" },
      { kind: "silence", reason: "the carrier answers STOP" },
    ])("recordInbound() gives a repeat the outcome it had: %p", async (outcome) => {
      const message = textFrom();
      const { turn } = await store.recordInbound(message);
      await store.recordOutcome(turn, "echo", outcome);

      const claim = await store.recordInbound(message);

      expect(claim).toEqual({ kind: "ended", turn, outcome });
    });

    test("recordInbound() keeps texts as they are: quotes, NUL, emoji, right-to-left", async () => {
      const text = `'; DROP TABLE people; -- "\u0000" 🎉 שלום\n`;
      const message = textFrom({ text });
      const { turn } = await store.recordInbound(message);
      await store.recordOutcome(turn, "echo", reply({}, { text }));

      const claim = await store.recordInbound(message);

      expect(claim).toMatchObject({ outcome: { texts: [text] } });
    });

    test("recall() knows nothing of a stranger", async () => {
      expect(await store.recall("+15550002222", "aiml")).toEqual(NOTHING);
    });

    test("recall() gives back what was remembered, changed and forgotten", async () => {
      const ada = textFrom();
      await endTurn(ada.id, reply({ name: "Ada", color: "green", __proto__x: "1" }));
      await endTurn("next", reply({ name: "Ada Lovelace", color: null }));

      const { own } = await store.recall(ada.from, "aiml");

      expect(own).toEqual(
        new Map([
          ["name", "Ada Lovelace"],
          ["__proto__x", "1"],
        ]),
      );
    });

    test("recall() keeps people apart, and bots", async () => {
      await endTurn("a", reply({ name: "Ada" }));

      expect(await store.recall("+15550002222", "aiml")).toEqual(NOTHING);
      expect(await store.recall("+15550001111", "echo")).toEqual(NOTHING);
    });

    test("recall() gives what was remembered before and after it was asked first", async () => {
      await endTurn("a", reply({ name: "Ada", color: "green", mood: "fine" }));
      await store.recall("+15550001111", "aiml");
      await endTurn("b", reply({ name: "Ada Lovelace", color: null }));

      const { own } = await store.recall("+15550001111", "aiml");

      expect([...own].toSorted()).toEqual([
        ["mood", "fine"],
        ["name", "Ada Lovelace"],
      ]);
    });

    test("recall() gives everybody what was remembered for all, bot by bot", async () => {
      await endTurn("a", reply({}, { forAll: { capital: "Paris", river: "Seine" } }));
      await store.recall("+15550002222", "aiml");
      await endTurn("b", reply({}, { forAll: { capital: "Rome", river: null } }));

      const ben = await store.recall("+15550002222", "aiml");
      const other = await store.recall("+15550002222", "echo");

      expect(ben).toEqual({ own: new Map(), shared: new Map([["capital", "Rome"]]) });
      expect(other).toEqual(NOTHING);
    });

    test("recall() gives another map for all when it holds something else, and only then", async () => {
      const { shared: first } = await store.recall("+15550001111", "aiml");
      await endTurn("a", reply({ name: "Ada" }));
      const { shared: second } = await store.recall("+15550001111", "aiml");
      await endTurn("b", reply({}, { forAll: { capital: "Paris" } }));
      const { shared: third } = await store.recall("+15550001111", "aiml");

      expect([second === first, third === second]).toEqual([true, false]);
      expect(first).toEqual(new Map());
    });

    test("recordOutcome() keeps what two turns at once remember for all", async () => {
      const claims = await Promise.all([
        store.recordInbound(textFrom()),
        store.recordInbound(textFrom({ from: "+15550002222" })),
      ]);
      await store.recall("+15550001111", "aiml");

      await Promise.all(
        claims.map(({ turn }) =>
          store.recordOutcome(turn, "aiml", reply({}, { forAll: { [`turn ${turn}`]: "kept" } })),
        ),
      );

      const { shared } = await store.recall("+15550001111", "aiml");
      expect([...shared.values()]).toEqual(["kept", "kept"]);
    });

    test("recordOutcome() refuses a turn that has ended, and changes nothing", async () => {
      const { turn } = await store.recordInbound(textFrom());
      const eve = reply({ name: "Eve" }, { forAll: { name: "Eve" } });
      await store.recordOutcome(turn, "aiml", reply({ name: "Ada" }));
      const before = structuredClone(await store.recall("+15550001111", "aiml"));

      const second = store.recordOutcome(turn, "aiml", eve);

      await expect(second).rejects.toThrow("Cannot write to the database");
      expect(await store.recall("+15550001111", "aiml")).toEqual(before);
    });

    test("recordOutcome() that fails leaves its neighbours of the same moment whole", async () => {
      const { turn } = await store.recordInbound(textFrom());

      const [bad, good] = await Promise.allSettled([
        store.recordOutcome(999_999, "aiml", reply({ name: "Eve" })),
        store.recordOutcome(turn, "aiml", reply({ name: "Ada" })),
      ]);

      expect([bad?.status, good?.status]).toEqual(["rejected", "fulfilled"]);
      expect((await store.recall("+15550001111", "aiml")).own.get("name")).toBe("Ada");
    });

    test("checkWritable() resolves while the store can be written", async () => {
      await expect(store.checkWritable()).resolves.toBeUndefined();
    });

    async function endTurn(id: string, outcome: Outcome): Promise<void> {
      const { turn } = await store.recordInbound(textFrom({ id }));
      await store.recordOutcome(turn, "aiml", outcome);
    }
  });
}

const NOTHING: Memories = { own: new Map(), shared: new Map() };

type Changes = Record<string, string | null>;

function reply(
  own: Changes,
  { text = "ok", forAll = {} }: { text?: string; forAll?: Changes } = {},
): Outcome {
  const remember = new Map(Object.entries(own));
  const rememberForAll = new Map(Object.entries(forAll));
  return { kind: "reply", texts: [text], raw: text, remember, rememberForAll };
}

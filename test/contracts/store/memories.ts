import { describe, expect, test } from "bun:test";
import type { Memories, Outcome } from "../../../src/message.ts";
import type { Store } from "../../../src/store/store.ts";
import { endingOf } from "../../fakes/ending.ts";
import { textFrom } from "../../fakes/message.ts";
import { openedEach } from "./opened.ts";

/** What a turn remembers is there for the next one. */
export function memoriesContract(open: () => Store): void {
  describe("memories", () => {
    const store = openedEach(open);

    test("recall() knows nothing of a stranger", async () => {
      expect(await store().recall("+15550002222", "aiml")).toEqual(NOTHING);
    });

    test("recall() gives back what was remembered, changed and forgotten", async () => {
      const ada = textFrom();
      await endTurn(ada.id, reply({ name: "Ada", color: "green", __proto__x: "1" }));
      await endTurn("next", reply({ name: "Ada Lovelace", color: null }));

      const { own } = await store().recall(ada.from, "aiml");

      expect(own).toEqual(
        new Map([
          ["name", "Ada Lovelace"],
          ["__proto__x", "1"],
        ]),
      );
    });

    test("recall() keeps people apart, and bots", async () => {
      await endTurn("a", reply({ name: "Ada" }));

      expect(await store().recall("+15550002222", "aiml")).toEqual(NOTHING);
      expect(await store().recall("+15550001111", "echo")).toEqual(NOTHING);
    });

    test("recall() gives what was remembered before and after it was asked first", async () => {
      await endTurn("a", reply({ name: "Ada", color: "green", mood: "fine" }));
      await store().recall("+15550001111", "aiml");
      await endTurn("b", reply({ name: "Ada Lovelace", color: null }));

      const { own } = await store().recall("+15550001111", "aiml");

      expect([...own].toSorted()).toEqual([
        ["mood", "fine"],
        ["name", "Ada Lovelace"],
      ]);
    });

    test("recall() gives everybody what was remembered for all, bot by bot", async () => {
      await endTurn("a", reply({}, { forAll: { capital: "Paris", river: "Seine" } }));
      await store().recall("+15550002222", "aiml");
      await endTurn("b", reply({}, { forAll: { capital: "Rome", river: null } }));

      const ben = await store().recall("+15550002222", "aiml");
      const other = await store().recall("+15550002222", "echo");

      expect(ben).toEqual({ own: new Map(), shared: new Map([["capital", "Rome"]]) });
      expect(other).toEqual(NOTHING);
    });

    test("recall() gives another map for all when it holds something else, and only then", async () => {
      const { shared: first } = await store().recall("+15550001111", "aiml");
      await endTurn("a", reply({ name: "Ada" }));
      const { shared: second } = await store().recall("+15550001111", "aiml");
      await endTurn("b", reply({}, { forAll: { capital: "Paris" } }));
      const { shared: third } = await store().recall("+15550001111", "aiml");

      expect([second === first, third === second]).toEqual([true, false]);
      expect(first).toEqual(new Map());
    });

    test("endTurn() keeps what two turns at once remember for all", async () => {
      const claims = await Promise.all([
        store().recordInbound(textFrom()),
        store().recordInbound(textFrom({ from: "+15550002222" })),
      ]);
      await store().recall("+15550001111", "aiml");

      await Promise.all(
        claims.map(({ turn }) =>
          store().endTurn(
            endingOf(turn, { outcome: reply({}, { forAll: { [`turn ${turn}`]: "kept" } }) }),
          ),
        ),
      );

      const { shared } = await store().recall("+15550001111", "aiml");
      expect([...shared.values()]).toEqual(["kept", "kept"]);
    });

    async function endTurn(id: string, outcome: Outcome): Promise<void> {
      const { turn } = await store().recordInbound(textFrom({ id }));
      await store().endTurn(endingOf(turn, { outcome }));
    }
  });
}

const NOTHING: Memories = { own: new Map(), shared: new Map() };

type Changes = Record<string, string | null>;

function reply(own: Changes, { forAll = {} }: { forAll?: Changes } = {}): Outcome {
  const remember = new Map(Object.entries(own));
  const rememberForAll = new Map(Object.entries(forAll));
  return { kind: "reply", texts: ["ok"], raw: "ok", remember, rememberForAll };
}

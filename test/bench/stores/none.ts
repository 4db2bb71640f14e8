import type { Memories, Outcome } from "../../../src/message.ts";
import { openSqlite as openReal } from "../../../src/store/sqlite.ts";
import type { Claim, Store } from "../../../src/store/store.ts";

/** What lies on the path of a text, in maps that live as long as the program: no database. */
export function openSqlite(): Store {
  const turns: { readonly person: string; outcome?: Outcome }[] = [];
  const claims = new Map<string, number>();
  const memories = new Map<string, Map<string, string>>();
  let texts = 0;
  return {
    ...openReal(":memory:"),
    async recordInbound(message): Promise<Claim> {
      const claimed = claims.get(message.id);
      if (claimed === undefined) {
        const turn = turns.push({ person: message.from }) - 1;
        claims.set(message.id, turn);
        return { kind: "new", turn };
      }
      const outcome = turns[claimed]?.outcome;
      return outcome
        ? { kind: "ended", turn: claimed, outcome, texts: [] }
        : { kind: "open", turn: claimed };
    },
    async recall(person): Promise<Memories> {
      return { own: memories.get(person) ?? new Map(), shared: new Map() };
    },
    async waitingFor() {
      return [];
    },
    async isOptedOut() {
      return false;
    },
    async endTurn({ turn: id, outcome, texts: added }) {
      const turn = turns[id];
      if (!turn) return [];
      turn.outcome = outcome;
      const memory = memories.get(turn.person) ?? new Map<string, string>();
      memories.set(turn.person, memory);
      for (const [key, value] of ("remember" in outcome && outcome.remember) || []) {
        if (value === null) memory.delete(key);
        else memory.set(key, value);
      }
      return added.map(({ text, state }) => {
        texts += 1;
        return { id: texts, text, state };
      });
    },
    async checkWritable() {},
  };
}

import type { Step } from "../../src/conversation/turn.ts";
import type { InboundMessage, Outcome } from "../../src/message.ts";
import { textsOf } from "../../src/message.ts";
import type { NewText, Store } from "../../src/store/store.ts";
import { textFrom } from "./message.ts";

/** How one text comes, beside its words. */
type Changes = Partial<Omit<InboundMessage, "text">>;

/** Someone whose texts go through one step: each is claimed before it and ended after it, as every turn is. */
export interface Talk {
  say(text: string, changes?: Changes): Promise<Outcome>;
}

/** `now` is when each text comes, and its turn ends. */
export function createTalk(store: Store, step: Step, now: () => number = Date.now): Talk {
  return {
    async say(text, changes = {}) {
      const message = textFrom({ receivedAt: now(), ...changes, text });
      const { turn } = await store.recordInbound(message);
      const outcome = (await step({ id: turn, message })) ?? PASSED_ON;
      const by = outcome.kind === "reply" ? outcome.by : undefined;
      const texts = [
        ...newTexts(textsOf(outcome), "answered"),
        ...newTexts(laterOf(outcome), "held"),
      ];
      await store.endTurn({
        turn,
        joined: [],
        bot: by ?? "bot",
        outcome,
        texts,
        // What answers STOP goes to somebody who just opted out.
        isKeyword: true,
        given: [],
        givenDueAt: undefined,
        now: now(),
      });
      return outcome;
    },
  };
}

/** What the bot says to whatever the step leaves to it; it takes notes. */
export const PASSED_ON: Outcome = {
  kind: "reply",
  texts: ["I see."],
  raw: "I see.",
  remember: new Map([["mood", "fine"]]),
};

function laterOf(outcome: Outcome): readonly string[] {
  return outcome.kind === "reply" ? (outcome.later ?? []) : [];
}

function newTexts(texts: readonly string[], state: NewText["state"]): readonly NewText[] {
  return texts.map((text) => ({ text, state, dueAt: undefined, segments: 1, cost: 0.01 }));
}

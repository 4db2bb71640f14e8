import type { InboundMessage } from "../../src/message.ts";
import type { Ending, NewText, Store } from "../../src/store/store.ts";
import { textFrom } from "./message.ts";

/** The end of a turn that says nothing, unless told otherwise. */
export function endingOf(turn: number, changes: Partial<Ending> = {}): Ending {
  return {
    turn,
    joined: [],
    bot: "aiml",
    outcome: { kind: "silence", reason: "nothing to say" },
    texts: [],
    isKeyword: false,
    given: [],
    givenDueAt: undefined,
    now: 1_700_000_000_000,
    ...changes,
  };
}

/** A text that went back in a webhook's answer, unless told otherwise. */
export function newText(changes: Partial<NewText> = {}): NewText {
  return {
    text: "hello",
    state: "answered",
    dueAt: undefined,
    segments: 1,
    cost: 0.01,
    ...changes,
  };
}

/** Has a person text and answers with these; resolves with the texts' numbers. */
export async function answer(
  store: Store,
  texts: readonly Partial<NewText>[],
  changes: Partial<InboundMessage> = {},
): Promise<number[]> {
  const { turn } = await store.recordInbound(textFrom(changes));
  const kept = await store.endTurn(endingOf(turn, { texts: texts.map(newText) }));
  return kept.map(({ id }) => id);
}

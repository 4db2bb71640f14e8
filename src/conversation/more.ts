import type { Channel } from "../channels/channel.ts";
import type { InboundMessage, Outcome } from "../message.ts";
import type { Outbox } from "../store/store.ts";
import { BOTLINE } from "./erasing.ts";

export interface MoreParts {
  readonly store: Pick<Outbox, "waitingFor">;
  readonly channel: Pick<Channel, "fit">;
}

/** The next portion of an answer that was too long to be given at once; undefined where nothing is held. */
export async function giveMore(
  { store, channel }: MoreParts,
  { from, to }: InboundMessage,
): Promise<Outcome | undefined> {
  const waiting = await store.waitingFor(from, to);
  const held = waiting.filter(({ state }) => state === "held").map(({ text }) => text);
  const { now, later } = channel.fit(held);
  if (now.length === 0) return undefined;
  // What this leaves over is held anew: the store drops what was held before when anything is said.
  return { kind: "reply", texts: now, later, raw: now.join(" "), by: BOTLINE, remember: new Map() };
}

import type { Address, InboundMessage, Memories, Outcome } from "../message.ts";

/**
 * What recording an inbound message found: a new one, one whose turn was opened before and never
 * ended (the program stopped in between), or one that was answered already.
 */
export type Claim =
  | { readonly kind: "new"; readonly turn: number }
  | { readonly kind: "open"; readonly turn: number }
  | { readonly kind: "ended"; readonly turn: number; readonly outcome: Outcome };

/**
 * Remembers messages, turns and what bots know of people.
 * A promise of a write is kept once it is resolved, whatever happens to the process afterwards.
 * Every method throws a StoreError when the database cannot be used.
 */
export interface Store {
  /** Claims a message by its channel and id, whole or not at all; the same one again is told as such. */
  recordInbound(message: InboundMessage): Promise<Claim>;
  /**
   * What `bot` remembers of the person at this address (empty for a stranger) and for everybody. The
   * person's map may be the store's own: it goes on to show what their later turns remember.
   */
  recall(person: Address, bot: string): Promise<Memories>;
  /** Ends a turn: its outcome, its texts and what `bot` now remembers, together. */
  recordOutcome(turn: number, bot: string, outcome: Outcome): Promise<void>;
  /** Resolves when a write reached the disk just now. */
  checkWritable(): Promise<void>;
  /** Finishes the writes under way and lets the database go. */
  close(): Promise<void>;
}

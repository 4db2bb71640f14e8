import type { HearOf, Sender } from "../channels/channel.ts";
import type { Verdict } from "../delivery.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/store.ts";
import type { Awaited } from "./awaited.ts";

export interface OutboxParts {
  readonly store: OutboxStore;
  /** Undefined: the provider can be asked nothing. */
  readonly sender?: Sender | undefined;
  /** Texts may be sent by it, too. */
  readonly maySend: boolean;
  readonly recordOptOut: (person: string, number: string, source: string) => Promise<void>;
  readonly staleAfterMs: number;
  readonly settleAfterMs: number;
  readonly log: Log;
  readonly now: () => number;
  readonly random?: (() => number) | undefined;
}

type OutboxStore = Pick<
  Store,
  | "makeDue"
  | "dueTexts"
  | "dueQuestions"
  | "nextDueAt"
  | "findText"
  | "changeText"
  | "oweAgain"
  | "knownSids"
  | "latestConsent"
  | "readMark"
  | "setMark"
>;

/** What the parts of the outbox share while it runs. */
export interface OutboxRun extends OutboxParts {
  /** Takes in what the provider says of a text of ours, whoever asked. */
  readonly learn: HearOf;
  readonly awaited: Awaited;
  /** When this outbox was made, in milliseconds since 1970. */
  readonly startedAt: number;
  readonly signal: AbortSignal;
  /** Stops all sending until somebody may have set things right. */
  readonly pause: (verdict: Verdict) => void;
  readonly wake: () => void;
}

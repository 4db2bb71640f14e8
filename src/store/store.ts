import type { DeliveryReport, OutboundState, OutboundText, Verdict } from "../delivery.ts";
import type {
  Address,
  ConsentChange,
  Erasure,
  InboundMessage,
  KeptText,
  Memories,
  Outcome,
} from "../message.ts";

/**
 * What recording an inbound message found: a new one, one whose turn was opened before and never
 * ended (the program stopped in between, or works on it), or one whose turn has ended, with its texts.
 */
export type Claim =
  | { readonly kind: "new"; readonly turn: number }
  | { readonly kind: "open"; readonly turn: number }
  | {
      readonly kind: "ended";
      readonly turn: number;
      readonly outcome: Outcome;
      readonly texts: readonly (KeptText & {
        readonly state: OutboundState;
        readonly isHeardOf: boolean;
      })[];
    };

/** A turn that was begun and never ended. */
export interface OpenTurn {
  readonly turn: number;
  readonly message: InboundMessage;
}

/** A text that a turn's end makes. */
export interface NewText {
  readonly text: string;
  readonly state: Extract<OutboundState, "answered" | "owed" | "kept" | "held">;
  /** When something is to be done about it; undefined: nothing by itself. */
  readonly dueAt: number | undefined;
  readonly segments: number;
  /** In USD. */
  readonly cost: number;
}

/** A text as the end of its turn left it. */
export interface EndedText extends KeptText {
  readonly state: OutboundState;
}

/** All that the end of a turn makes true, at once or not at all. */
export interface Ending {
  readonly turn: number;
  /** Earlier turns whose messages are answered along with this one's. */
  readonly joined: readonly number[];
  /** Whose memory the outcome changes. */
  readonly bot: string;
  readonly outcome: Outcome;
  readonly texts: readonly NewText[];
  /** It answers a keyword. The texts of any other turn are dropped where the person has opted out by now. */
  readonly isKeyword: boolean;
  /** Texts that are kept for or owed to the person and are given now, in the same answer: they become this turn's. */
  readonly given: readonly number[];
  /** When something is to be done about those; undefined: nothing by itself. */
  readonly givenDueAt: number | undefined;
  readonly now: number;
}

/**
 * Remembers messages, turns and what bots know of people.
 * A promise of a write is kept once it is resolved, whatever happens to the process afterwards.
 * Every method throws a StoreError when the database cannot be used.
 */
export interface Store extends Outbox, ConsentLedger, UsageBook, People {
  /**
   * Claims a message by its channel and id, whole or not at all; the same one again is told as such. One that was
   * listed rather than brought by a webhook says nothing of whose the number is.
   */
  recordInbound(message: InboundMessage, how?: { readonly isListed: boolean }): Promise<Claim>;
  /** The numbers of ours at which webhooks brought texts since then, to the day. */
  ourNumbers(since: number): Promise<ReadonlySet<Address>>;
  /** The turns that never ended, oldest first. */
  openTurns(): Promise<readonly OpenTurn[]>;
  /**
   * What `bot` remembers of the person at this address (empty for a stranger) and for everybody. The
   * person's map may be the store's own: it goes on to show what their later turns remember.
   */
  recall(person: Address, bot: string): Promise<Memories>;
  /**
   * Ends a turn; resolves with its texts in order: of those given the ones that were still waiting, then its own.
   * What was held for the person before is dropped when the talk goes on. What the outcome says of consent goes
   * into the ledger, and what it erases goes, before the texts are kept. A turn that has ended is refused, and nothing
   * changes.
   */
  endTurn(ending: Ending): Promise<readonly EndedText[]>;
  /** The time under this name; undefined where none was set. */
  readMark(name: string): Promise<number | undefined>;
  setMark(name: string, at: number): Promise<void>;
  /** Resolves when a write reached the disk just now. */
  checkWritable(): Promise<void>;
  /** Finishes the writes under way and lets the database go. */
  close(): Promise<void>;
}

/** What changes of a text of ours. What is left out stays. */
export interface TextChange {
  readonly state?: OutboundState;
  /** Null: nothing is to be done about it by itself. */
  readonly dueAt?: number | null;
  /** It is being handed to the provider now. */
  readonly attemptedAt?: number;
  /** How it turned out at the provider: moves its status forward only. */
  readonly report?: Pick<DeliveryReport, "sid" | "status">;
  readonly failure?: Pick<Verdict, "code" | "words">;
}

/** The texts that people are owed. */
export interface Outbox {
  /**
   * Texts about which something is to be done by now, oldest first; of those owed, sending or uncertain only the
   * first of each person at each of our numbers.
   */
  dueTexts(now: number, limit: number): Promise<readonly OutboundText[]>;
  /** Texts that the provider has and is to be asked about by now, oldest first. */
  dueQuestions(now: number, limit: number): Promise<readonly OutboundText[]>;
  /** Makes what is due later than `after` due `now`, but for questions: the clock is not what it was. */
  makeDue(times: { readonly now: number; readonly after: number }): Promise<void>;
  /** When something is to be done next; undefined: never. */
  nextDueAt(): Promise<number | undefined>;
  findText(id: number): Promise<OutboundText | undefined>;
  /**
   * Changes one text, if it is still in one of these states; false: it is not, or the report is of another message
   * than the one known, and nothing changed. A report makes it `sent`, where nothing else is said and it did not end.
   */
  changeText(id: number, change: TextChange, states?: readonly OutboundState[]): Promise<boolean>;
  /**
   * Counts a text that was sent as failed and owes it anew then, as a text of its own with the same attempts:
   * what is still told of the first one stays with that. False: it has failed already.
   */
  oweAgain(id: number, dueAt: number): Promise<boolean>;
  /** What waits for the person at this number of ours: in states owed, sending, uncertain, kept or held, in order. */
  waitingFor(person: Address, number: Address): Promise<readonly OutboundText[]>;
  /** Messages at the provider that are known to be texts of ours to this person. */
  knownSids(person: Address, since: number): Promise<ReadonlySet<string>>;
  /** How many texts wait, by state: owed, sending, uncertain, kept or held. */
  countWaiting(): Promise<Readonly<Partial<Record<OutboundState, number>>>>;
}

/** One line of the consent ledger. */
export interface ConsentEntry extends ConsentChange {
  readonly person: Address;
  readonly number: Address;
  /** When it was said, in milliseconds since 1970. */
  readonly at: number;
}

/** Who wants no messages, by person and number of ours; only ever added to. */
export interface ConsentLedger {
  /**
   * Adds the latest line, unless the person's last one at the number says the same; what waits for somebody who opted
   * out is dropped with it.
   */
  recordConsent(entry: ConsentEntry): Promise<void>;
  isOptedOut(person: Address, number: Address): Promise<boolean>;
  /** The line of a person and number that was said last; undefined where there is none. */
  latestConsent(
    person: Address,
    number: Address,
  ): Promise<Pick<ConsentEntry, "records" | "at"> | undefined>;
  /** The whole ledger, as it was written. */
  consentEntries(): Iterable<ConsentEntry>;
}

/** What was used in one day: texts of ours that went or are to go; what is held counts when it is asked for. */
export interface Usage {
  readonly texts: number;
  readonly segments: number;
  /** In USD. */
  readonly cost: number;
}

/** What people and everybody together used; `endTurn` adds to it. */
export interface UsageBook {
  /** What the person used on the day (UTC) of `now`, and everybody. */
  usageOn(now: number, person: Address): Promise<{ readonly own: Usage; readonly all: Usage }>;
}

/** What is kept of one person, in short. */
export interface PersonSummary {
  readonly firstSeenAt: number;
  readonly textsIn: number;
  readonly textsOut: number;
  /** What bots remember: keys, over all bots. */
  readonly memories: number;
}

/** What is kept of people, and how it goes away. */
export interface People {
  summarise(person: Address): Promise<PersonSummary | undefined>;
  /**
   * Empties the person's texts and forgets what bots remember. A text whose turn is open stays: it is to be answered.
   */
  erasePerson(person: Address, how: Erasure & { readonly now: number }): Promise<void>;
  /** Empties texts that came before then, and their answers, in small bites; true: there may be more. */
  emptyTextsBefore(time: number): Promise<boolean>;
  /** Forgets the addresses of people who were erased before then and did not text again; true: there may be more. */
  forgetErasedBefore(time: number): Promise<boolean>;
  /** Copies at the provider that are to go. */
  dueErasures(now: number, limit: number): Promise<readonly string[]>;
  /** Done with this one (`dueAt` undefined), or to be tried again then. */
  settleErasure(sid: string, dueAt?: number): Promise<void>;
}

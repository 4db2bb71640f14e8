/** An address as its channel gave it (E.164, a short code, `whatsapp:+…`, `rcs:…`): compared, never parsed. */
export type Address = string;

/** A picture or other file that came with a message. */
export interface Media {
  readonly url: string;
  readonly contentType: string;
}

/** What a person may text to end messages, to get them again, or to be told what this is. */
export type Keyword = "stop" | "start" | "help";

/** One message from a person, verified and in our own words. */
export interface InboundMessage {
  /** The provider's identifier (`SM…`): the same one again is a repeat of the same message. */
  readonly id: string;
  readonly channel: string;
  readonly from: Address;
  readonly to: Address;
  readonly text: string;
  /** The keyword that the provider took the text for, if it has answered the text itself. */
  readonly handledAs?: Keyword | undefined;
  readonly media: readonly Media[];
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}

/**
 * Two texts that came so close together were said in the order in which we learn of them: the provider's list tells
 * whole seconds, by a clock that is not quite ours.
 */
export const SAME_TIME_MS = 2000;

/** What one bot remembers: short keys of the bot's own choosing, text values. */
export type Memory = ReadonlyMap<string, string>;

/** What a bot knows when it is asked. */
export interface Memories {
  /** Of the person who asks. */
  readonly own: Memory;
  /** For everybody who texts the bot; another map whenever it holds something else. */
  readonly shared: Memory;
}

/** Keys to write, or to forget where the value is null; keys that are not named stay. */
export type MemoryChanges = ReadonlyMap<string, string | null>;

/** A message whose time to be answered has come. */
export interface Turn {
  readonly id: number;
  readonly message: InboundMessage;
  /** Where a bot's author looks on: is told each step on the way to the answer. */
  readonly trace?: Trace | undefined;
}

/** One step of a bot's way to its answer, in words of the bot's own. */
export interface TraceStep {
  /** What a step leads to is one deeper than the step itself. */
  readonly depth: number;
  /** What happened: "input", "match". */
  readonly kind: string;
  readonly text: string;
  /** Where the bot's files say so: `file:line`. */
  readonly place?: string;
  readonly details?: Readonly<Record<string, string>>;
}

/** Is told each step as it is taken. */
export type Trace = (step: TraceStep) => void;

/** A bot's own answer, before it is shaped for a phone. */
export interface Reply {
  /** Empty: the bot has nothing to say. */
  readonly text: string;
  /** The same, cut where the bot wants a message of its own to begin; absent: one message. */
  readonly texts?: readonly string[];
  /** What a bot says to machines and no person reads, as XML (AIML's `<oob>`). */
  readonly oob?: readonly string[];
  /** For the person who asked. */
  readonly remember: MemoryChanges;
  /** For everybody; turns of two people may overlap, so what they write belongs under keys of its own. */
  readonly rememberForAll?: MemoryChanges;
}

/** How far a person is to be forgotten. */
export interface Erasure {
  /** The provider's copies are to go, too. */
  readonly isElsewhere: boolean;
}

/** What becomes of a person's wish for messages. */
export interface ConsentChange {
  readonly records: "opted out" | "opted in";
  /** How we know: "text", "provider" for the provider's own word for it, or its error. */
  readonly source: string;
}

/** How a turn ended. `texts` are what is sent, in order; every kind of end is a value, never an exception. */
export type Outcome =
  | {
      readonly kind: "reply";
      readonly texts: readonly string[];
      /** The rest of a very long answer, kept until the person asks for more. */
      readonly later?: readonly string[];
      /** Said beside the talk, such as the answer to HELP: what is kept until the person asks for more stays. */
      readonly isAside?: boolean;
      readonly raw: string;
      readonly oob?: readonly string[] | undefined;
      /** Who answered, and whose memory changes; the bot where left out. */
      readonly by?: string;
      readonly remember: MemoryChanges;
      readonly rememberForAll?: MemoryChanges;
      /** Goes into the ledger, for the person and the number that they texted. */
      readonly consent?: ConsentChange;
      /** All that is kept of the person goes first. */
      readonly erases?: Erasure;
    }
  | { readonly kind: "fallback"; readonly texts: readonly string[]; readonly reason: string }
  | {
      readonly kind: "silence";
      readonly reason: string;
      readonly oob?: readonly string[] | undefined;
      readonly consent?: ConsentChange;
      readonly remember?: MemoryChanges;
      readonly rememberForAll?: MemoryChanges;
    };

/** A text of ours that the store keeps. */
export interface KeptText {
  readonly id: number;
  readonly text: string;
}

/** What goes back to where a message came from. */
export interface Answer {
  /** How the turn ended; absent where the answer takes longer than the channel can wait. */
  readonly outcome?: Outcome;
  /** What is to be given now, in order; what is not among it goes another way. */
  readonly texts: readonly KeptText[];
}

/** The door every channel knocks at: takes a message, says what to answer. */
export type Receive = (message: InboundMessage) => Promise<Answer>;

/** The texts an outcome sends, in order; none for silence. */
export function textsOf(outcome: Outcome): readonly string[] {
  return outcome.kind === "silence" ? [] : outcome.texts;
}

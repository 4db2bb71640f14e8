import type { Chance } from "./chance.ts";

/** What can go wrong on demand, by where it goes wrong. */
interface FaultNames {
  /** A request to send: refused, not processed, processed without a word, or told of too early. */
  readonly create: Trouble | "500-after" | "reset-after" | "hang-after" | "early-callbacks";
  /** Any other request to the API. */
  readonly lookup: Trouble;
  /** One status callback. */
  readonly callback: "late" | "twice" | "lost";
  /** One inbound text's webhook. */
  readonly webhook: "crowd" | "again" | "late" | "unreachable" | "slow-connect" | "lost-answer";
}

/** Of the API; `cut` is a success of which half arrives. */
type Trouble = "429" | "500" | "503" | "reset" | "hang" | "cut";

export type FaultKind = keyof FaultNames;

/** A fault's name; for the API also an error code of Twilio's, to be answered instead of a success. */
type Fault<Kind extends FaultKind> =
  | FaultNames[Kind]
  | (Kind extends "create" | "lookup" ? number : never);

/** How probable each fault is, from 0 to 1; those of one kind at most 1 together. */
type FaultChances = {
  readonly [Kind in FaultKind]?: readonly (readonly [Fault<Kind>, number])[];
};

/** Decides what goes wrong: first what was ordered, then what the seed says. */
export interface Faults {
  /** The next ones of this kind go wrong like this, one each; `null` lets one pass. */
  next<Kind extends FaultKind>(kind: Kind, ...faults: (Fault<Kind> | null)[]): void;
  /** From now on these happen by chance; `{}` ends it. */
  happen(chances: FaultChances): void;
  /** What goes wrong with the one of this key, if anything. */
  pick<Kind extends FaultKind>(kind: Kind, key: string): Fault<Kind> | undefined;
  /** How often each went wrong so far, as `kind:fault`. */
  readonly counts: Readonly<Record<string, number>>;
}

type Queues = { readonly [Kind in FaultKind]: (Fault<Kind> | null)[] };

export function createFaults(chance: Chance): Faults {
  const queues: Queues = { create: [], lookup: [], callback: [], webhook: [] };
  const counts: Record<string, number> = {};
  let chances: FaultChances = {};
  return {
    counts,
    next: (kind, ...faults) => void queues[kind].push(...faults),
    happen(changed) {
      chances = changed;
    },
    pick<Kind extends FaultKind>(kind: Kind, key: string) {
      const ordered = queues[kind].shift();
      if (ordered === null) return undefined;
      const fault = ordered ?? draw<Fault<Kind>>(chances[kind] ?? [], chance(`${kind} ${key}`));
      if (fault !== undefined) count(counts, `${kind}:${fault}`);
      return fault;
    },
  };
}

function draw<Name>(
  chances: readonly (readonly [Name, number])[],
  drawn: number,
): Name | undefined {
  let sum = 0;
  return chances.find(([, probability]) => {
    sum += probability;
    return drawn < sum;
  })?.[0];
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

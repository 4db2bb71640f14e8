import type { Faults } from "../../../src/stand-in/faults.ts";

type Chances = Parameters<Faults["happen"]>[0];

/** Every fault that the stand-in knows, and how often it happens. */
const CHANCES: Required<Chances> = {
  webhook: [
    ["crowd", 0.02],
    ["again", 0.05],
    ["late", 0.05],
    ["unreachable", 0.04],
    ["slow-connect", 0.03],
    ["lost-answer", 0.05],
  ],
  create: [
    ["429", 0.03],
    ["500", 0.03],
    ["503", 0.03],
    ["reset", 0.03],
    ["hang", 0.02],
    ["500-after", 0.03],
    ["reset-after", 0.03],
    ["hang-after", 0.02],
    ["cut", 0.03],
    ["early-callbacks", 0.05],
  ],
  lookup: [
    ["429", 0.02],
    ["500", 0.02],
    ["503", 0.02],
    ["reset", 0.02],
    ["hang", 0.01],
    ["cut", 0.02],
  ],
  callback: [
    ["late", 0.1],
    ["twice", 0.1],
    ["lost", 0.1],
  ],
};

/** Lets every fault happen once, and from then on by chance. */
export function misbehave({ next, happen }: Faults): void {
  next("webhook", ...namesOf(CHANCES.webhook));
  next("create", ...namesOf(CHANCES.create));
  next("lookup", ...namesOf(CHANCES.lookup));
  next("callback", ...namesOf(CHANCES.callback));
  happen(CHANCES);
}

/** What hangs does so for as long as the server waits for it: when all has been sent, nobody waits for that. */
export function calmDown({ happen }: Faults): void {
  const lookup = CHANCES.lookup.filter(([name]) => name !== "hang");
  const create = CHANCES.create.filter(([name]) => name !== "hang" && name !== "hang-after");
  happen({ ...CHANCES, create, lookup });
}

function namesOf<Name>(chances: readonly (readonly [Name, number])[]): readonly Name[] {
  return chances.map(([name]) => name);
}

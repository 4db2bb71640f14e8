import type { Entries, Entry } from "./entries.ts";
import { type Fault, type Finding, showPlace, toFinding } from "./finding.ts";

/** Tells of categories that a later one of the same pattern, that and topic replaces. */
export function checkDuplicates(entries: Entries): Finding[] {
  return entries.all.flatMap((entry) => {
    const winner = entries.winner(entry);
    return winner === entry ? [] : [toFinding(entry, replaced(entry, winner))];
  });
}

function replaced(entry: Entry, winner: Entry): Fault {
  const isSame = entry.says === winner.says;
  const message = `Cannot reach "${entry.pattern}": expected it once, found it again at ${showPlace(winner)}`;
  if (isSame) return { code: "same-category", message, hint: "Both say the same; delete one" };
  const hint = "The one read last counts: delete one, or give one a <that> or <topic>";
  return { code: "duplicate-category", message, hint };
}

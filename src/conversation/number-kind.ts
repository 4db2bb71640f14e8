import type { Address } from "../message.ts";

/** What our end of a conversation is; who must heed STOP depends on it. */
export type NumberKind =
  | "long code"
  | "toll-free"
  | "short code"
  | "whatsapp"
  | "rcs"
  | "messenger"
  | "other";

/** The kinds by what an address looks like; the first that fits. */
const KINDS: readonly (readonly [RegExp, NumberKind])[] = [
  [/^whatsapp:/i, "whatsapp"],
  [/^rcs:/i, "rcs"],
  [/^messenger:/i, "messenger"],
  // North America's: https://www.nanpa.com/numbering/toll-free-numbers
  [/^\+1(?:800|833|844|855|866|877|888)\d{7}$/, "toll-free"],
  [/^\+[1-9]\d{6,14}$/, "long code"],
  [/^\d{3,6}$/, "short code"],
];

/** The kind of number an address of ours is. */
export function kindOfNumber(address: Address): NumberKind {
  return KINDS.find(([looks]) => looks.test(address))?.[1] ?? "other";
}

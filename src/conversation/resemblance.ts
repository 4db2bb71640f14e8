/** A text as it is compared: case, punctuation and the way its letters are typed do not count. */
export interface Outline {
  /** Its words and numbers. */
  readonly words: string;
  /** Its words, each number taken for the same. */
  readonly shape: string;
  /** All its digits, as one number. */
  readonly number: number;
}

// As much of a text as tells it from others.
const MAX_LENGTH = 160;

export function toOutline(text: string): Outline {
  const words = text
    .slice(0, 4 * MAX_LENGTH)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\p{P}\s]+/gu, " ")
    .trim()
    .slice(0, MAX_LENGTH);
  const number = Number(words.replace(/\P{Nd}/gu, ""));
  return { words, shape: words.replace(/\p{N}+/gu, "0"), number };
}

/** Whether two texts are the same but for their numbers and a word here and there. */
export function isAlike(one: Outline, other: Outline): boolean {
  if (one.shape === other.shape) return true;
  const longer = Math.max(one.shape.length, other.shape.length);
  const shorter = Math.min(one.shape.length, other.shape.length);
  // As alike as texts of these lengths can be at most.
  if (shorter < ALIKE * longer) return false;
  return shareOfPairs(one.shape, other.shape) >= ALIKE;
}

// "weather in Paris" and "weather in London" are two questions of a person.
const ALIKE = 0.9;

/** Sørensen and Dice's coefficient: how many pairs of neighbouring characters two texts have in common. */
function shareOfPairs(one: string, other: string): number {
  const left = new Map<string, number>();
  for (const pair of pairsOf(one)) left.set(pair, (left.get(pair) ?? 0) + 1);
  let common = 0;
  for (const pair of pairsOf(other)) {
    const count = left.get(pair) ?? 0;
    if (count > 0) common += 1;
    left.set(pair, count - 1);
  }
  return (2 * common) / Math.max(1, one.length + other.length - 2);
}

function pairsOf(text: string): readonly string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2));
}

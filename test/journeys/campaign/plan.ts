import { type Chance, createChance } from "../../../src/stand-in/chance.ts";
import { type Mark, toMark } from "./marks.ts";

/** How large a campaign is. */
export interface Size {
  readonly seed: string;
  readonly people: number;
  readonly texts: number;
  readonly kills: number;
}

/** One text that a person is going to send. */
export interface PlannedText {
  readonly mark: Mark;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  /** Since the campaign's start. */
  readonly atMs: number;
}

export interface Plan {
  /** In the order in which they are sent. */
  readonly texts: readonly PlannedText[];
  /** How long the server lives each time before it is killed. */
  readonly livesMs: readonly number[];
}

/** Half of the people text the one number, half the other. */
export const NUMBERS = { withFallback: "+15550009998", withoutFallback: "+15550009999" };

/** A campaign is as long as its texts and its kills need. */
const MS_PER_TEXT = 17;
const MS_PER_KILL = 700;

/** Who texts what when, and when the server is killed: the same for the same seed. */
export function createPlan({ seed, people, texts, kills }: Size): Plan {
  const chance = createChance(`campaign ${seed}`);
  const spanMs = Math.max(texts * MS_PER_TEXT, kills * MS_PER_KILL);
  const shares = Array.from({ length: people }, (_, person) => shareOf(texts, { people, person }));
  return {
    texts: shares
      .flatMap((count, person) => textsOf(person, { count, spanMs, chance }))
      .toSorted((one, other) => one.atMs - other.atMs),
    livesMs: Array.from({ length: kills }, (_, kill) => lifeMs(kill, spanMs / kills, chance)),
  };
}

function shareOf(texts: number, { people, person }: { people: number; person: number }): number {
  return Math.floor(texts / people) + (person < texts % people ? 1 : 0);
}

interface Share {
  readonly count: number;
  readonly spanMs: number;
  readonly chance: Chance;
}

function textsOf(person: number, { count, spanMs, chance }: Share): readonly PlannedText[] {
  const to = person % 2 === 0 ? NUMBERS.withFallback : NUMBERS.withoutFallback;
  const from = `+1556${String(person).padStart(7, "0")}`;
  return timesOf(person, { count, spanMs, chance }).map((atMs, index) => {
    const mark = toMark(person, index);
    return { mark, from, to, body: `${mark} what is the weather like?`, atMs };
  });
}

const BURST_CHANCE = 0.2;
const BURST_MS = 300;

/** Sometimes the next text comes before the last one can have been answered. */
function timesOf(person: number, { count, spanMs, chance }: Share): readonly number[] {
  const times = Array.from(
    { length: count },
    (_, index) => spanMs * chance(`at ${person} ${index}`),
  );
  return times
    .toSorted((one, other) => one - other)
    .map((atMs, index, sorted) => {
      const isBurst = index > 0 && chance(`burst ${person} ${index}`) < BURST_CHANCE;
      const gapMs = BURST_MS * chance(`gap ${person} ${index}`);
      return isBurst ? Math.min(atMs, (sorted[index - 1] ?? 0) + gapMs) : atMs;
    });
}

/** Every sixth kill falls into the server's start, when it takes up what the one before left. */
function lifeMs(kill: number, meanMs: number, chance: Chance): number {
  const isShort = chance(`short ${kill}`) < 1 / 6;
  return (isShort ? 100 : 2 * meanMs) * chance(`life ${kill}`);
}

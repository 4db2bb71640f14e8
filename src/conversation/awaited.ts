import type { OutboundText } from "../delivery.ts";
import type { InboundMessage, KeptText } from "../message.ts";

/** Answers that went back to a webhook and of which nothing was heard yet. */
/** So long an answer waits behind one that may be on its way; then rather a wrong order than no answer. */
export const WAIT_BEHIND_MS = 60_000;

export interface Awaited {
  expect(texts: readonly KeptText[], message: Pick<InboundMessage, "from" | "to">): void;
  /** Something was heard of a text, or it is given up. */
  release(id: number): void;
  /** Whether the person is getting an answer at this moment that will be heard of. */
  has(text: Pick<OutboundText, "from" | "to">): boolean;
  /** How often the text went back; it was one time more whenever this is another number. */
  timesGiven(id: number): number;
  /** Something was heard, now or at that time: callbacks reach us. */
  noteHeard(at?: number): void;
  /** Whether callbacks reach us: only then does silence mean something. */
  areHeard(): boolean;
}

interface AwaitedParts {
  readonly staleAfterMs: number;
  readonly now: () => number;
}

interface Expected {
  readonly lane: string;
  readonly at: number;
  readonly times: number;
}

/** How many answers one person is getting, and when the last of them went back. */
interface Lane {
  readonly count: number;
  readonly lastAt: number;
}

const NONE: Lane = { count: 0, lastAt: Number.NEGATIVE_INFINITY };

/** After so long without any callback they are taken for cut off. */
const HEARD_FOR_MS = 7 * 24 * 60 * 60 * 1000;

/** Some megabytes; far more than are on their way at a time where callbacks come at all. */
const MOST_EXPECTED = 20_000;

/** Nothing is awaited at first; after a crash the store knows what was. */
export function createAwaited({ staleAfterMs, now }: AwaitedParts): Awaited {
  const expected = new Map<number, Expected>();
  const lanes = new Map<string, Lane>();
  let heardAt: number | undefined;

  function release(id: number): void {
    const found = expected.get(id);
    if (!found) return;
    expected.delete(id);
    const { count, lastAt } = lanes.get(found.lane) ?? NONE;
    if (count > 1) lanes.set(found.lane, { count: count - 1, lastAt });
    else lanes.delete(found.lane);
  }

  /** What nobody settles is forgotten once it would not be sent any more, in the order in which it came. */
  function forgetOld(): void {
    for (const [id, { at }] of expected) {
      if (now() - at < staleAfterMs && expected.size < MOST_EXPECTED) return;
      release(id);
    }
  }

  return {
    expect(texts, { from, to }) {
      forgetOld();
      const lane = `${to} ${from}`;
      for (const { id } of texts) {
        const times = (expected.get(id)?.times ?? 0) + 1;
        release(id);
        expected.set(id, { lane, at: now(), times });
        lanes.set(lane, { count: (lanes.get(lane) ?? NONE).count + 1, lastAt: now() });
      }
    },
    release,
    has({ from, to }) {
      const { lastAt } = lanes.get(`${from} ${to}`) ?? NONE;
      const ageMs = now() - lastAt;
      return ageMs >= 0 && ageMs < WAIT_BEHIND_MS && isHeard();
    },
    timesGiven: (id) => expected.get(id)?.times ?? 0,
    noteHeard(at) {
      heardAt = at ?? now();
    },
    areHeard: isHeard,
  };

  function isHeard(): boolean {
    return heardAt !== undefined && now() - heardAt < HEARD_FOR_MS;
  }
}

import { type Brakes, createBrakes } from "../../src/conversation/brakes.ts";
import { type LimitSettings, limitSettings } from "../../src/conversation/limits-settings.ts";
import { estimateCost } from "../../src/conversation/prices.ts";
import { type InboundMessage, type Outcome, type Turn, textsOf } from "../../src/message.ts";
import { readSettings } from "../../src/settings.ts";
import { recordLog } from "./log.ts";
import { textFrom } from "./message.ts";
import { type FakeUsageBook, fakeUsageBook } from "./usage-book.ts";

/** A turn's way through the brakes, with a bot behind them and a clock that only tests move. */
export interface Road {
  readonly brakes: Brakes;
  readonly lines: readonly unknown[];
  readonly clock: { now: number };
  /** A text arrives now; how its turn ends. */
  say(changes?: Partial<InboundMessage>): Promise<Outcome>;
  /** The same in two halves, for turns that overlap. */
  begin(changes?: Partial<InboundMessage>): Promise<{ turn: Turn; outcome: Outcome | undefined }>;
  end(turn: Turn, outcome: Outcome): Outcome;
}

export interface RoadOptions {
  readonly settings?: Partial<LimitSettings>;
  readonly book?: FakeUsageBook;
  /** What the bot answers. */
  readonly bot?: (text: string) => string;
  readonly now?: number;
}

/** Noon of an ordinary day (UTC). */
const NOON = Date.UTC(2026, 10, 23, 12);

const DEFAULTS = readSettings(limitSettings, []).values;

/** No limits but those that a test sets. */
export const NO_LIMITS: LimitSettings = {
  ...DEFAULTS,
  PERSON_TEXTS_PER_MINUTE: 0,
  PERSON_TEXTS_PER_DAY: 0,
  PERSON_SEGMENTS_PER_DAY: 0,
  TEXTS_PER_MINUTE: 0,
  TEXTS_PER_DAY: 0,
  SEGMENTS_PER_DAY: 0,
  COST_PER_DAY_USD: 0,
  LOOP_BREAKER: false,
};

export function createRoad({
  settings = {},
  book = fakeUsageBook(),
  bot = () => "well",
  now = NOON,
}: RoadOptions = {}): Road {
  const { log, lines } = recordLog();
  const clock = { now };
  const brakes = createBrakes({
    store: book,
    settings: { ...NO_LIMITS, ...settings },
    log,
    now: () => clock.now,
    measure: countSegments,
  });
  let count = 0;

  async function begin(changes?: Partial<InboundMessage>) {
    count += 1;
    const turn: Turn = { id: count, message: textFrom({ receivedAt: clock.now, ...changes }) };
    return { turn, outcome: await brakes.checkLimits(turn) };
  }

  function end(turn: Turn, outcome: Outcome): Outcome {
    brakes.noteAnswer(turn, outcome);
    const { from } = turn.message;
    const texts = textsOf(outcome);
    const segments = texts.reduce((sum, text) => sum + countSegments(text), 0);
    const usage = { texts: texts.length, segments, cost: estimateCost(segments, from) };
    book.add(clock.now, from, usage);
    return outcome;
  }

  return {
    brakes,
    lines,
    clock,
    begin,
    end,
    async say(changes) {
      const { turn, outcome } = await begin(changes);
      return end(turn, outcome ?? replyWith(bot(turn.message.text)));
    },
  };
}

/** What a bot's answer comes to. */
export function replyWith(text: string): Outcome {
  return { kind: "reply", texts: [text], raw: text, remember: new Map() };
}

function countSegments(text: string): number {
  return Math.ceil(text.length / 160);
}

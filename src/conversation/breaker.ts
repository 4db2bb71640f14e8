import { type Log, maskAddress } from "../log.ts";
import type { InboundMessage, Outcome, Turn } from "../message.ts";
import { weighExchange } from "./breaker-signs.ts";
import { createRecent } from "./recent.ts";
import { type Outline, toOutline } from "./resemblance.ts";

export interface BreakerParts {
  readonly now: () => number;
  /** A clock for waits. */
  readonly clock: () => number;
  readonly log: Log;
}

/** Ends the talk of two machines that answer each other. */
export interface Breaker {
  /** Silence for who is muted. */
  heedMute(turn: Turn): Outcome | undefined;
  /** Listens to a text that is about to be answered; what it returns ends the talk. */
  listen(turn: Turn): Outcome | undefined;
  /** Listens to our answer. */
  note(turn: Turn, texts: readonly string[]): void;
}

/**
 * In memory only: a loop that outlasts a restart is found again within a dozen texts, and a mute that is lost that way
 * costs no more than those. What stays slower than all this sees, the limits of a day end.
 */
export function createBreaker({ now, clock, log }: BreakerParts): Breaker {
  const talks = createRecent<Talk>(PAUSE_MS, clock);
  const mutes = createRecent<Mute>(2 * DAY_MS, clock);

  function heedMute({ message }: Turn): Outcome | undefined {
    const until = mutes.get(keyOf(message))?.until ?? 0;
    return clock() < until ? { kind: "silence", reason: "loop: muted" } : undefined;
  }

  function listen({ message }: Turn): Outcome | undefined {
    const key = keyOf(message);
    const talk = hear(talks.get(key) ?? NEW_TALK, message);
    talks.set(key, talk);
    if (talk.suspicion < ENOUGH) return undefined;
    talks.delete(key);
    const lastsMs = mute(key);
    log.warn("loop.stopped", {
      channel: message.channel,
      from: maskAddress(message.from),
      mutedForMinutes: lastsMs / 60_000,
      hint: "Another machine seems to answer the bot: put its number into DENY_PREFIXES, or set LOOP_BREAKER=false if it is none",
    });
    return { kind: "fallback", texts: [noticeOf(lastsMs)], reason: "loop: two machines talk" };
  }

  function mute(key: string): number {
    const last = mutes.get(key);
    const isSoon = last !== undefined && clock() < last.until + DAY_MS;
    const lastsMs = isSoon ? Math.min(2 * last.lastsMs, DAY_MS) : HOUR_MS;
    mutes.set(key, { lastsMs, until: clock() + lastsMs });
    return lastsMs;
  }

  function note({ message }: Turn, texts: readonly string[]): void {
    const key = keyOf(message);
    const talk = talks.get(key);
    if (talk === undefined || texts.length === 0) return;
    const ours = [toOutline(texts.join(" ")), ...talk.ours].slice(0, REMEMBERED);
    talks.set(key, { ...talk, ours, answeredAt: now() });
  }

  return { heedMute, listen, note };
}

/** What is remembered of a talk for as long as it goes on without a pause. */
interface Talk {
  readonly theirs: readonly Outline[];
  readonly ours: readonly Outline[];
  /** When we last answered; not a number where they have had their say since. */
  readonly answeredAt: number;
  readonly suspicion: number;
}

interface Mute {
  readonly until: number;
  readonly lastsMs: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

// People put the phone down now and then; a machine has no need to.
const PAUSE_MS = 45_000;

// Our answer has to get there and theirs back here, through Twilio and the networks: what comes sooner was sent before,
// as by a script that posts its texts one after the other.
const READABLE_AFTER_MS = 250;

// Phrases of a machine that takes turns with them.
const REMEMBERED = 8;

const ENOUGH = 10;

const NEW_TALK: Talk = { theirs: [], ours: [], answeredAt: Number.NaN, suspicion: 0 };

function hear(talk: Talk, { text, receivedAt }: InboundMessage): Talk {
  const outline = toOutline(text);
  const theirs = [outline, ...talk.theirs].slice(0, REMEMBERED);
  const heard = { ...talk, theirs, answeredAt: Number.NaN };
  const gapMs = receivedAt - talk.answeredAt;
  if (gapMs > PAUSE_MS) return { ...heard, suspicion: 0 };
  if (!(gapMs >= READABLE_AFTER_MS)) return heard;
  const weight = weighExchange({ text: outline, theirs: talk.theirs, ours: talk.ours, gapMs });
  return { ...heard, suspicion: Math.max(0, talk.suspicion + weight) };
}

// A person may text two of our numbers, and be answered by a machine at one.
function keyOf({ from, to }: InboundMessage): string {
  return `${from} ${to}`;
}

function noticeOf(lastsMs: number): string {
  const hours = lastsMs / HOUR_MS;
  const time = hours === 1 ? "an hour" : `${hours} hours`;
  return `It seems that two machines talk to each other here, so I'll be quiet for ${time}.`;
}

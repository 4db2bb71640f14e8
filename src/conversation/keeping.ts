import { type CatchUp, createCatchUp, type Missed } from "./catch-up.ts";
import type { Shared } from "./conversation.ts";
import { Housekeeping } from "./housekeeping.ts";
import type { Turns } from "./receive.ts";
import { createRetention } from "./retention.ts";

/** What goes on by itself beside the texts that come in. */
export interface Keeping {
  start(): Promise<void>;
  /** Texts of late that the provider could not bring; undefined: none. */
  missed(): Missed | undefined;
  /** Begins nothing any more. */
  stop(): void;
  close(): Promise<void>;
}

interface KeepingParts extends Shared {
  readonly turns: Turns;
}

const MINUTE_MS = 60_000;

/** A turn that nobody works on by then was given up, for the database failed it. */
const GIVEN_UP_AFTER_MS = 2 * MINUTE_MS;

/** Texts that no webhook brought are taken in, turns that were given up are taken up, what is too old is let go. */
export function createKeeping(parts: KeepingParts): Keeping {
  const { turns, now, log } = parts;
  const catchUp = watch(parts);
  const retention = createRetention(parts);
  const chores = new Housekeeping(
    [
      {
        name: "take up",
        everyMs: MINUTE_MS,
        work: () => turns.takeUp(now() - GIVEN_UP_AFTER_MS),
      },
      { name: "retention", everyMs: 60 * MINUTE_MS, work: retention.sweep },
    ],
    log,
  );

  return {
    async start() {
      chores.start();
      await catchUp?.start();
    },
    missed: () => catchUp?.missed(),
    stop() {
      catchUp?.stop();
      chores.stop();
    },
    async close() {
      await Promise.all([catchUp?.close(), chores.close()]);
    },
  };
}

function watch({ sender, turns, settings, ...parts }: KeepingParts): CatchUp | undefined {
  return (
    sender &&
    createCatchUp({
      ...parts,
      sender,
      takeIn: turns.takeIn,
      graceMs: settings.SETTLE_AFTER_MS,
      everyMs: settings.CATCH_UP_EVERY_S * 1000,
    })
  );
}

import type { Log } from "../log.ts";
import type { createServer } from "./server.ts";

// Under the 15 s that fly.toml's kill_timeout leaves; no bot may think for longer.
const STOP_WITHIN_MS = 14_000;

// A request that has not become a turn by then never will: somebody holds a connection half open.
const LAST_REQUESTS_MS = 250;

export interface StopParts {
  /** Resolves when no turn is under way. */
  readonly idle: () => Promise<void>;
  readonly log: Log;
}

/** Takes no more requests and waits for the turns begun, within a bound; then cuts what is left. */
export async function stopServer(
  server: ReturnType<typeof createServer>,
  { idle, log }: StopParts,
): Promise<void> {
  const closed = server.stop();
  // A turn goes on after its webhook was answered: that no request is open says nothing of the turns.
  const ended = Promise.all([Promise.race([closed, answered(idle)]), idle()]);
  const end = await Promise.race([ended, late()]);
  if (end === "late") log.warn("server.gave_up_waiting", { ms: STOP_WITHIN_MS });
  await server.server?.stop(true);
}

async function answered(idle: () => Promise<void>): Promise<void> {
  await Bun.sleep(LAST_REQUESTS_MS);
  await idle();
  // The last answers need a moment to leave.
  await Bun.sleep(LAST_REQUESTS_MS);
}

async function late(): Promise<"late"> {
  await Bun.sleep(STOP_WITHIN_MS);
  return "late";
}

import type { Database } from "bun:sqlite";

/** Writes the one row that says writing works; takes milliseconds since 1970. */
export const BEAT =
  "INSERT INTO pulse (id, beat_at) VALUES (1, ?) ON CONFLICT DO UPDATE SET beat_at = excluded.beat_at";

/** Every statement the store runs, prepared once. */
export function prepare(database: Database) {
  return {
    findPerson: database.prepare<{ id: number }, { address: string }>(
      "SELECT id FROM people WHERE address = $address",
    ),
    addPerson: database.prepare<unknown, { address: string; now: number }>(
      "INSERT INTO people (address, first_seen_at) VALUES ($address, $now)",
    ),
    findInbound: database.prepare<
      { turn: number; state: string; reason: string | null },
      { id: string; channel: string }
    >(
      `SELECT turns.id AS turn, turns.state, turns.reason
         FROM inbound JOIN turns ON turns.id = inbound.turn_id
        WHERE inbound.provider_id = $id AND inbound.channel = $channel`,
    ),
    addInbound: database.prepare<unknown, InboundRow>(
      `INSERT INTO inbound (turn_id, channel, provider_id, recipient, body, media, received_at)
       VALUES ($turn, $channel, $id, $to, $text, $media, $receivedAt)`,
    ),
    openTurn: database.prepare<unknown, { person: number; now: number }>(
      "INSERT INTO turns (person_id, state, opened_at) VALUES ($person, 'open', $now)",
    ),
    endTurn: database.prepare<
      { person: number },
      { turn: number; bot: string; state: string; reason: string | null; now: number }
    >(
      `UPDATE turns SET state = $state, bot = $bot, reason = $reason, ended_at = $now
        WHERE id = $turn AND state = 'open' RETURNING person_id AS person`,
    ),
    addOutbound: database.prepare<unknown, { turn: number; part: number; body: string }>(
      "INSERT INTO outbound (turn_id, part, body) VALUES ($turn, $part, $body)",
    ),
    outbound: database.prepare<{ body: string }, { turn: number }>(
      "SELECT body FROM outbound WHERE turn_id = $turn ORDER BY part",
    ),
    recall: database.prepare<unknown, { person: number; bot: string }>(
      "SELECT key, value FROM memories WHERE person_id = $person AND bot = $bot",
    ),
    remember: database.prepare<
      unknown,
      { person: number; bot: string; key: string; value: string }
    >(
      `INSERT INTO memories (person_id, bot, key, value) VALUES ($person, $bot, $key, $value)
       ON CONFLICT DO UPDATE SET value = excluded.value`,
    ),
    forget: database.prepare<unknown, { person: number; bot: string; key: string }>(
      "DELETE FROM memories WHERE person_id = $person AND bot = $bot AND key = $key",
    ),
    recallShared: database.prepare<unknown, { bot: string }>(
      "SELECT key, value FROM shared_memories WHERE bot = $bot",
    ),
    rememberShared: database.prepare<unknown, { bot: string; key: string; value: string }>(
      `INSERT INTO shared_memories (bot, key, value) VALUES ($bot, $key, $value)
       ON CONFLICT DO UPDATE SET value = excluded.value`,
    ),
    forgetShared: database.prepare<unknown, { bot: string; key: string }>(
      "DELETE FROM shared_memories WHERE bot = $bot AND key = $key",
    ),
    /** Another number whenever another process has written. */
    dataVersion: database.prepare<{ data_version: number }, []>("PRAGMA data_version"),
    beat: database.prepare<unknown, [number]>(BEAT),
  };
}

export type Statements = ReturnType<typeof prepare>;

type InboundRow = {
  readonly turn: number;
  readonly channel: string;
  readonly id: string;
  readonly to: string;
  readonly text: string;
  readonly media: string | null;
  readonly receivedAt: number;
};

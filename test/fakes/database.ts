import { Database } from "bun:sqlite";
import { join } from "node:path";
import { migrate, migrations } from "../../src/store/migrations.ts";
import { emptyDirectory } from "./directory.ts";

/** Ada's first text: 2026-03-02 12:00:00 UTC. */
export const NOON = Date.UTC(2026, 2, 2, 12);

const ADA = "+15550001111";
const OURS = "+15550009999";

/** A server's database, and a hand that writes in it. */
export interface KeptDatabase {
  readonly path: string;
  readonly database: Database;
  /** A person's text and its turn; gives the turn. */
  addReceived(changes?: Partial<typeof RECEIVED>): number;
  /** A text of ours; gives its id. */
  addSent(changes?: Partial<typeof SENT>): number;
  addConsent(changes?: Partial<typeof CONSENT>): void;
}

/** A database in a file of its own, of the newest schema or of the first ones. */
export function createDatabase(steps: readonly string[] = migrations): KeptDatabase {
  const path = join(emptyDirectory(), "botline.db");
  const database = new Database(path, { create: true, strict: true });
  database.run("PRAGMA journal_mode = WAL");
  migrate(database, steps);
  const add = (sql: string, row: Readonly<Record<string, string | number | null>>) =>
    Number(database.query(sql).run(row).lastInsertRowid);

  function addPerson(person: string): number {
    add("INSERT INTO people (address, first_seen_at) VALUES ($person, 1) ON CONFLICT DO NOTHING", {
      person,
    });
    const found = database.query<{ id: number }, [string]>("SELECT id FROM people WHERE address=?");
    return found.get(person)?.id ?? 0;
  }

  function addReceived(changes: Partial<typeof RECEIVED> = {}): number {
    const row = { ...RECEIVED, sid: `SM${crypto.randomUUID()}`, ...changes };
    const turn = add(OPEN_TURN, { ...row, personId: addPerson(row.person) });
    add(ADD_INBOUND, { ...row, turn });
    return turn;
  }

  function addSent(changes: Partial<typeof SENT> = {}): number {
    const row = { ...SENT, ...changes };
    const personId = addPerson(row.person);
    return add(ADD_OUTBOUND, { ...row, personId, turn: row.turn ?? lastTurnOf(row.person) });
  }

  function lastTurnOf(person: string): number {
    const sql = "SELECT max(id) AS id FROM turns WHERE person_id = ?";
    const found = database.query<{ id: number | null }, [number]>(sql).get(addPerson(person));
    return found?.id ?? addReceived({ person, at: NOON - 1 });
  }

  function addConsent(changes: Partial<typeof CONSENT> = {}): void {
    add(ADD_CONSENT, { ...CONSENT, ...changes });
  }

  return { path, database, addReceived, addSent, addConsent };
}

const RECEIVED = {
  at: NOON,
  person: ADA,
  number: OURS,
  text: "hello",
  media: null as string | null,
  outcome: "reply",
  reason: null as string | null,
};

const SENT = {
  turn: null as number | null,
  at: NOON + 1,
  person: ADA,
  number: OURS,
  text: "Hi there!",
  state: "sent",
  status: "delivered",
  errorCode: null as number | null,
  reason: null as string | null,
  attempts: 0,
};

const CONSENT = {
  person: ADA,
  number: OURS,
  records: "opted out",
  source: "text STOP",
  at: NOON,
};

const OPEN_TURN = `
  INSERT INTO turns (person_id, state, bot, reason, opened_at, ended_at)
  VALUES ($personId, $outcome, 'echo', $reason, $at, iif($outcome = 'open', NULL, $at + 1))`;

const ADD_INBOUND = `
  INSERT INTO inbound (turn_id, channel, provider_id, recipient, body, media, received_at)
  VALUES ($turn, 'sms', $sid, $number, $text, $media, $at)`;

const ADD_OUTBOUND = `
  INSERT INTO outbound (turn_id, person_id, channel, sender, body, state, status, error_code, reason,
                        attempts, segments, cost, created_at)
  VALUES ($turn, $personId, 'sms', $number, $text, $state, $status, $errorCode, $reason, $attempts, 1, 0.015, $at)`;

const ADD_CONSENT = `
  INSERT INTO consent (person, number, records, source, at) VALUES ($person, $number, $records, $source, $at)`;

import type { Database } from "bun:sqlite";
import type { Address } from "../message.ts";
import type { ReceivedMessage, SentMessage } from "./reader.ts";
import type { ConsentEntry } from "./store.ts";

/** A person's message as the database has it. */
export type ReceivedRow = Omit<ReceivedMessage, "media"> & { readonly media: string | null };

/** Every statement of a reader. None reads more rows than it gives, or than are in trouble, or than are the person's. */
export function prepareReading(database: Database) {
  const received = (ids: string) =>
    database.prepare<ReceivedRow, Asked>(`${RECEIVED} WHERE turn_id IN (${ids}) ORDER BY turn_id`);
  const sent = (ids: string) =>
    database.prepare<SentMessage, Asked>(
      `${SENT} WHERE outbound.id IN (${ids}) ORDER BY outbound.id`,
    );
  const consent = (from: string) =>
    database.prepare<ConsentRow, AskedOfConsent>(
      `SELECT id, person, number, records, source, at FROM ${from} AND id > $after ORDER BY id LIMIT $limit`,
    );
  return {
    latest: {
      everybody: { received: received(LATEST_IN), sent: sent(LATEST_OUT) },
      person: {
        received: received(latest(`turns.id ${FROM_PERSON_IN}`)),
        sent: sent(latest(`outbound.id ${FROM_PERSON_OUT}`)),
      },
    },
    troubled: {
      everybody: { received: received(TROUBLED_IN), sent: sent(TROUBLED_OUT) },
      person: {
        received: received(
          latest(`turns.id ${FROM_PERSON_IN} AND (${FALLBACK} OR ${OPEN_TOO_LONG})`),
        ),
        sent: sent(
          latest(`outbound.id ${FROM_PERSON_OUT} AND ((${FAILED}) OR (${WAITS_TOO_LONG}))`),
        ),
      },
    },
    consent: {
      everybody: consent("consent WHERE true"),
      person: consent(`consent INDEXED BY consent_by_person WHERE person IN ${ADDRESSES}`),
    },
  };
}

export type ReadingStatements = ReturnType<typeof prepareReading>;

type Asked = { readonly limit: number; readonly person: Address; readonly before: number };

type ConsentRow = ConsentEntry & { readonly id: number };

type AskedOfConsent = { readonly after: number; readonly person: Address; readonly limit: number };

const RECEIVED = `
  SELECT 'in' AS direction, turn_id AS id, received_at AS at, channel, address AS person,
         recipient AS number, body AS text, media, provider_id AS sid, turn_id AS turn,
         state AS outcome, reason, bot, ended_at AS endedAt
    FROM inbound JOIN turns ON turns.id = turn_id JOIN people ON people.id = person_id`;

const SENT = `
  SELECT 'out' AS direction, outbound.id, created_at AS at, channel, address AS person,
         sender AS number, body AS text, sid, turn_id AS turn, state, status,
         error_code AS errorCode, reason, attempts, attempted_at AS attemptedAt, due_at AS dueAt,
         segments, cost
    FROM outbound JOIN people ON people.id = person_id`;

const ADDRESSES = "($person, 'whatsapp:' || $person, 'rcs:' || $person)";

const PEOPLE = `(SELECT id FROM people WHERE address IN ${ADDRESSES})`;

// Each turn has its message, under the same number.
const FROM_PERSON_IN = `FROM turns WHERE person_id IN ${PEOPLE}`;

// By turns: an index of its own on people would cost every text of ours a write. CROSS JOIN, and INDEXED BY
// below, keep SQLite from reading all of a table in place of a few of its rows.
const FROM_PERSON_OUT = `
  FROM turns CROSS JOIN outbound ON outbound.turn_id = turns.id WHERE turns.person_id IN ${PEOPLE}`;

const FALLBACK = "turns.state = 'fallback'";
const OPEN_TOO_LONG = "turns.state = 'open' AND opened_at < $before";

// Word for word what the indexes on outbound say, or SQLite does not use them.
const FAILED =
  "outbound.state IN ('failed', 'dropped') OR status IN ('canceled', 'failed', 'undelivered')";
const UNSENT = "outbound.state IN ('owed', 'sending', 'uncertain', 'kept', 'held')";

// What is held waits for the person to ask.
const WAITS_TOO_LONG = `${UNSENT} AND outbound.state <> 'held' AND created_at < $before`;

const LATEST_IN = latest("turn_id FROM inbound");
const LATEST_OUT = latest("id FROM outbound");

const TROUBLED_IN = either(
  `id FROM turns INDEXED BY turns_fallback WHERE ${FALLBACK}`,
  `id FROM turns INDEXED BY turns_open WHERE ${OPEN_TOO_LONG}`,
);

const TROUBLED_OUT = either(
  `outbound.id FROM outbound INDEXED BY outbound_failed WHERE ${FAILED}`,
  `outbound.id FROM outbound INDEXED BY outbound_waiting WHERE ${WAITS_TOO_LONG}`,
);

function latest(ids: string): string {
  return `SELECT ${ids} ORDER BY 1 DESC LIMIT $limit`;
}

function either(one: string, other: string): string {
  return latest(`* FROM (${latest(one)}) UNION ALL SELECT * FROM (${latest(other)})`);
}

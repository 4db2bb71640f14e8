import { Database } from "bun:sqlite";
import { openStore } from "../../src/store/open.ts";

/** How much a database holds. */
export interface Crowd {
  readonly people: number;
  /** Half of them theirs, each with its answer. */
  readonly messages: number;
}

/**
 * Makes a database as years of texts leave it, every answer delivered: people in the order of their numbers, their
 * texts all over it, by chance. A million people with four million messages take about a minute, and 1 GB.
 */
export async function makeCrowd(path: string, { people, messages }: Crowd): Promise<void> {
  await openStore(path).close();
  const database = new Database(path, { strict: true });
  for (const pragma of UNSAFE_AND_FAST) database.run(`PRAGMA ${pragma}`);
  const turns = messages / 2;
  const begin = Date.now() - SPAN_MS;
  const bindings = { people, turns, begin, step: SPAN_MS / turns };
  database.transaction(() => {
    for (const sql of [PEOPLE, TURNS, INBOUND, OUTBOUND, USAGE]) fill(database, sql, bindings);
  })();
  database.run("PRAGMA journal_mode = WAL");
  database.close(true);
}

/** Brings what a server that was killed left in the log into the database: the next one begins with an empty log. */
export function emptyLog(path: string): void {
  const database = new Database(path);
  database.run("PRAGMA wal_checkpoint(TRUNCATE)");
  database.close(true);
}

function fill(database: Database, sql: string, bindings: Readonly<Record<string, number>>): void {
  const named = Object.entries(bindings).filter(([name]) => sql.includes(`$${name}`));
  const statement = database.prepare(sql);
  statement.run(Object.fromEntries(named));
  statement.finalize();
}

/** Within the ninety days after which the words go. */
const SPAN_MS = 60 * 24 * 60 * 60 * 1000;

// Nobody minds if it breaks: it is made anew.
const UNSAFE_AND_FAST = [
  "journal_mode = OFF",
  "synchronous = OFF",
  "locking_mode = EXCLUSIVE",
  "cache_size = -1000000",
];

const NUMBERS = (last: string) =>
  `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${last})`;

const PEOPLE = `INSERT INTO people (id, address, first_seen_at)
  ${NUMBERS("$people")} SELECT n, printf('+1555%07d', n - 1), $begin FROM numbers`;

const TURNS = `INSERT INTO turns (id, person_id, state, bot, opened_at, ended_at)
  ${NUMBERS("$turns")}
  SELECT n, 1 + abs(random() % $people), 'reply', 'echo',
         CAST($begin + n * $step AS INTEGER), CAST($begin + n * $step AS INTEGER) + 5
    FROM numbers`;

const WORDS = "printf('text %d of somebody, as long as such texts are on average', id)";

const NEW_SID = "'SM' || lower(hex(randomblob(16)))";

const INBOUND = `INSERT INTO inbound (turn_id, channel, provider_id, recipient, body, received_at)
  SELECT id, 'sms', ${NEW_SID}, '+15550009999', ${WORDS}, opened_at FROM turns ORDER BY id`;

const OUTBOUND = `INSERT INTO outbound
    (turn_id, person_id, channel, sender, body, state, sid, status, segments, cost, created_at)
  SELECT id, person_id, 'sms', '+15550009999', ${WORDS}, 'sent', ${NEW_SID}, 'delivered', 1, 0.015, ended_at
    FROM turns ORDER BY id`;

const USAGE = `INSERT INTO usage (person_id, day, texts, segments, cost)
  SELECT person_id, ended_at / 86400000, count(*), count(*), count(*) * 0.015
    FROM turns GROUP BY 1, 2
  UNION ALL
  SELECT 0, ended_at / 86400000, count(*), count(*), count(*) * 0.015 FROM turns GROUP BY 2`;

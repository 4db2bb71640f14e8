import { type ConsentChange, SAME_TIME_MS } from "../message.ts";
import type { Connection } from "./connection.ts";
import { DROP_WAITING } from "./outbox.ts";
import type { ConsentEntry, ConsentLedger } from "./store.ts";

/** The ledger, and the way into it for what else is one commit with its line. */
export interface Consents {
  readonly ledger: ConsentLedger;
  /**
   * Records what the person of a turn said to the number that they texted, within a transaction at this time. The line is
   * of the time at which the text came: one that came late changes nothing where a later one was heeded before it.
   */
  recordOf(turn: number, change: ConsentChange & Pick<ConsentEntry, "at">): void;
  /** Whether the person with this number in the store has opted out of messages from `number`. */
  hasOptedOut(person: number, number: string): boolean;
}

/** Keeps who asked for messages to stop, and to start again; nothing ever leaves the ledger. */
export function createConsent(db: Connection): Consents {
  const sql = prepare(db);

  /** Asked several times for each text. Most people have no line, and to learn that costs a tenth of the ordered search. */
  function latestOf(sides: Sides): Latest | undefined {
    if (!sql.findAny().get(sides)) return undefined;
    return sql.latest().get(sides) ?? undefined;
  }

  function record(entry: ConsentEntry): void {
    const { person, number, records } = entry;
    sql.add().run({ ...entry });
    const isLatest = latestOf({ person, number })?.records === records;
    if (isLatest && records === "opted out") {
      sql.dropWaiting().run({ person, number, reason: records });
    }
  }

  /** What is known just now is the latest, whatever the clock said before. */
  function recordNow(entry: ConsentEntry): void {
    const latest = latestOf({ person: entry.person, number: entry.number });
    if (latest?.records === entry.records) return;
    record({ ...entry, at: Math.max(entry.at, latest?.at ?? entry.at) });
  }

  // Also what was said before: a text that comes late may belong in between.
  function recordOf(turn: number, { at: now, ...change }: Parameters<Consents["recordOf"]>[1]) {
    const said = sql.findSaid().get({ turn });
    if (!said)
      throw new Error(`Cannot record consent: expected the message of turn ${turn}, found none`);
    const latest = latestOf({ person: said.person, number: said.number });
    // A clock that was ahead for a while wrote that, or both were said at about one time: the next line is later.
    const isLater =
      latest !== undefined && (latest.at > now || said.at >= latest.at - SAME_TIME_MS);
    record({ ...said, ...change, at: isLater ? Math.max(latest.at, said.at) : said.at });
  }

  const ledger: ConsentLedger = {
    recordConsent: (entry) => db.write(() => recordNow(entry)),
    isOptedOut: (person, number) =>
      db.read(() => latestOf({ person, number })?.records === "opted out"),
    latestConsent: (person, number) => db.read(() => latestOf({ person, number })),
    *consentEntries() {
      let after = 0;
      for (;;) {
        const page = sql.page().all({ after });
        for (const { id, ...entry } of page) {
          after = id;
          yield entry;
        }
        if (page.length === 0) return;
      }
    },
  };
  function hasOptedOut(id: number, number: string): boolean {
    const address = sql.findAddress().get({ id })?.address ?? "";
    return latestOf({ person: address, number })?.records === "opted out";
  }

  return { ledger, recordOf, hasOptedOut };
}

function prepare(db: Connection) {
  return {
    add: db.prepare<unknown, [ConsentRow]>(
      `INSERT INTO consent (person, number, records, source, at)
       VALUES ($person, $number, $records, $source, $at)`,
    ),
    findAny: db.prepare<unknown, [Sides]>(
      "SELECT 1 FROM consent WHERE person = $person AND number = $number LIMIT 1",
    ),
    latest: db.prepare<Latest, [Sides]>(
      `SELECT records, at FROM consent WHERE person = $person AND number = $number
        ORDER BY at DESC, id DESC LIMIT 1`,
    ),
    findAddress: db.prepare<{ address: string }, [{ id: number }]>(
      "SELECT address FROM people WHERE id = $id",
    ),
    findSaid: db.prepare<Pick<ConsentEntry, "person" | "number" | "at">, [{ turn: number }]>(
      `SELECT people.address AS person, inbound.recipient AS number, inbound.received_at AS at
         FROM turns JOIN people ON people.id = turns.person_id JOIN inbound ON inbound.turn_id = turns.id
        WHERE turns.id = $turn`,
    ),
    dropWaiting: db.prepare<unknown, [{ person: string; number: string; reason: string }]>(
      DROP_WAITING,
    ),
    // Page by page: a statement that stays open between two lines would keep the file's old pages in use.
    page: db.prepare<ConsentRow & { id: number }, [{ after: number }]>(
      `SELECT id, person, number, records, source, at FROM consent
        WHERE id > $after ORDER BY id LIMIT 500`,
    ),
  };
}

/** As an alias: an interface is no set of bindings. */
type ConsentRow = { readonly [Name in keyof ConsentEntry]: ConsentEntry[Name] };

type Sides = Pick<ConsentRow, "person" | "number">;

type Latest = Pick<ConsentRow, "records" | "at">;

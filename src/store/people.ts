import type { Connection } from "./connection.ts";
import { EMPTY_ANSWERS, EMPTY_INBOUND, type Erase } from "./erasing.ts";
import type { People, PersonSummary } from "./store.ts";

/** Tells what is kept of people, and lets it go: the words go, that something was sent stays. */
export function createPeople(db: Connection, erase: Erase): People {
  const sql = prepare(db);

  function emptyBite(time: number): boolean {
    sql.emptyOldAnswers().run({ time });
    return sql.emptyOldInbound().run({ time }).changes === BITE;
  }

  return {
    summarise: (address) => db.read(() => sql.summarise().get({ address }) ?? undefined),
    async erasePerson(address, how) {
      const forget = await db.write(() => {
        const person = sql.findPerson().get({ address });
        return person && erase(person.id, how);
      });
      forget?.();
    },
    emptyTextsBefore: (time) => db.write(() => emptyBite(time)),
    forgetErasedBefore: (time) =>
      db.write(() => sql.forgetAddresses().run({ time }).changes === BITE),
    dueErasures: (now, limit) =>
      db.read(() =>
        sql
          .dueErasures()
          .all({ now, limit })
          .map(({ sid }) => sid),
      ),
    settleErasure: (sid, dueAt) =>
      db.write(() => {
        if (dueAt === undefined) sql.endErasure().run({ sid });
        else sql.deferErasure().run({ sid, dueAt });
      }),
  };
}

// Some milliseconds of work, of which a text that comes meanwhile notices nothing.
const BITE = 250;

const OLD_TURNS = `SELECT turn_id FROM inbound WHERE is_empty = 0 AND received_at < $time
  ORDER BY received_at, turn_id LIMIT ${BITE}`;

function prepare(db: Connection) {
  return { ...preparePeople(db), ...prepareRetention(db), ...prepareErasures(db) };
}

function preparePeople(db: Connection) {
  return {
    findPerson: db.prepare<{ id: number }, [{ address: string }]>(
      "SELECT id FROM people WHERE address = $address",
    ),
    summarise: db.prepare<PersonSummary, [{ address: string }]>(
      `SELECT first_seen_at AS firstSeenAt,
              (SELECT count(*) FROM turns JOIN inbound ON inbound.turn_id = turns.id
                WHERE turns.person_id = people.id AND inbound.is_empty = 0) AS textsIn,
              (SELECT count(*) FROM turns JOIN outbound ON outbound.turn_id = turns.id
                WHERE turns.person_id = people.id AND outbound.body <> '') AS textsOut,
              (SELECT count(*) FROM memories WHERE person_id = people.id AND bot <> 'botline') AS memories
         FROM people WHERE address = $address`,
    ),
  };
}

function prepareRetention(db: Connection) {
  return {
    emptyOldAnswers: db.prepare<unknown, [{ time: number }]>(
      `${EMPTY_ANSWERS} WHERE turn_id IN (${OLD_TURNS})`,
    ),
    emptyOldInbound: db.prepare<unknown, [{ time: number }]>(
      `${EMPTY_INBOUND} WHERE turn_id IN (${OLD_TURNS})`,
    ),
    // Whoever texts again is no longer erased; whoever did not is nobody.
    forgetAddresses: db.prepare<unknown, [{ time: number }]>(
      `UPDATE people SET address = 'erased:' || id, erased_at = NULL WHERE id IN
         (SELECT id FROM people WHERE erased_at < $time LIMIT ${BITE})`,
    ),
  };
}

function prepareErasures(db: Connection) {
  return {
    dueErasures: db.prepare<{ sid: string }, [{ now: number; limit: number }]>(
      "SELECT sid FROM erasures WHERE due_at <= $now ORDER BY due_at LIMIT $limit",
    ),
    endErasure: db.prepare<unknown, [{ sid: string }]>("DELETE FROM erasures WHERE sid = $sid"),
    deferErasure: db.prepare<unknown, [{ sid: string; dueAt: number }]>(
      "UPDATE erasures SET due_at = $dueAt WHERE sid = $sid",
    ),
  };
}

import type { Connection } from "./connection.ts";
import type { Usage, UsageBook } from "./store.ts";

/** Counts what people used, day by day. */
export interface UsageCounter extends UsageBook {
  /** Adds to the day of `now`, of the person and of everybody, within a transaction. */
  add(usage: Usage, person: number, now: number): void;
}

export function createUsage(db: Connection): UsageCounter {
  const sql = prepare(db);

  return {
    usageOn: (now, address) =>
      db.read(() => {
        const rows = sql.find().all({ address, day: dayOf(now) });
        const all = rows.find(({ person }) => person === EVERYBODY);
        const own = rows.find(({ person }) => person !== EVERYBODY);
        return { own: toUsage(own), all: toUsage(all) };
      }),
    add(usage, person, now) {
      sql.add().run({ ...usage, person, day: dayOf(now) });
    },
  };
}

/** No person's number: SQLite counts from 1. */
const EVERYBODY = 0;

const NOTHING: Usage = { texts: 0, segments: 0, cost: 0 };

function toUsage({ texts, segments, cost }: Usage = NOTHING): Usage {
  return { texts, segments, cost };
}

const DAY_MS = 86_400_000;

function dayOf(time: number): number {
  return Math.floor(time / DAY_MS);
}

function prepare(db: Connection) {
  return {
    find: db.prepare<Omit<UsageRow, "day">, [{ address: string; day: number }]>(
      `SELECT person_id AS person, texts, segments, cost FROM usage
        WHERE person_id IN (${EVERYBODY}, (SELECT id FROM people WHERE address = $address)) AND day = $day`,
    ),
    add: db.prepare<unknown, [UsageRow]>(
      `INSERT INTO usage (person_id, day, texts, segments, cost)
       VALUES ($person, $day, $texts, $segments, $cost),
              (${EVERYBODY}, $day, $texts, $segments, $cost)
       ON CONFLICT DO UPDATE SET texts = texts + excluded.texts,
         segments = segments + excluded.segments, cost = cost + excluded.cost`,
    ),
  };
}

/** As an alias: an interface is no set of bindings. */
type UsageRow = { readonly [Name in keyof Usage]: Usage[Name] } & {
  readonly person: number;
  readonly day: number;
};

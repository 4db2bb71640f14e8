import type { Connection } from "./connection.ts";
import type { Usage, UsageBook } from "./store.ts";

/** Counts what people used, day by day. */
export interface UsageCounter extends UsageBook {
  /** Adds to the day of `now`, of the person and of everybody, within a transaction. */
  add(usage: Usage, person: number, now: number): void;
}

export function createUsage(db: Connection): UsageCounter {
  const sql = prepare(db);

  function usageOf(person: number | undefined, day: number): Usage {
    if (person === undefined) return NOTHING;
    return sql.find().get({ person, day }) ?? NOTHING;
  }

  return {
    usageOn: (now, address) =>
      db.read(() => {
        const person = sql.findPerson().get({ address })?.id;
        return { own: usageOf(person, dayOf(now)), all: usageOf(EVERYBODY, dayOf(now)) };
      }),
    add(usage, person, now) {
      sql.add().run({ ...usage, person, day: dayOf(now) });
    },
  };
}

/** No person's number: SQLite counts from 1. */
const EVERYBODY = 0;

const NOTHING: Usage = { texts: 0, segments: 0, cost: 0 };

const DAY_MS = 86_400_000;

function dayOf(time: number): number {
  return Math.floor(time / DAY_MS);
}

function prepare(db: Connection) {
  return {
    findPerson: db.prepare<{ id: number }, [{ address: string }]>(
      "SELECT id FROM people WHERE address = $address",
    ),
    find: db.prepare<Usage, [{ person: number; day: number }]>(
      "SELECT texts, segments, cost FROM usage WHERE person_id = $person AND day = $day",
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

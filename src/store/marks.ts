import type { Connection } from "./connection.ts";
import type { Store } from "./store.ts";

/** Keeps points in time by name. */
export function createMarks(db: Connection): Pick<Store, "readMark" | "setMark"> {
  const find = db.prepare<{ at: number }, [{ name: string }]>(
    "SELECT at FROM marks WHERE name = $name",
  );
  const set = db.prepare<unknown, [{ name: string; at: number }]>(
    "INSERT INTO marks (name, at) VALUES ($name, $at) ON CONFLICT DO UPDATE SET at = excluded.at",
  );

  return {
    readMark: (name) => db.read(() => find().get({ name })?.at),
    setMark: (name, at) => db.write(() => void set().run({ name, at })),
  };
}

import { Database } from "bun:sqlite";

/** One text of a person as the server has it. */
export interface ClaimedText {
  readonly sid: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}

/** What the server still has to do. */
interface Unfinished {
  readonly claimed: number;
  readonly open: number;
  readonly waiting: number;
}

const UNFINISHED = `
  SELECT (SELECT count(*) FROM inbound) AS claimed,
         (SELECT count(*) FROM turns WHERE state = 'open') AS open,
         (SELECT count(*) FROM outbound
           WHERE state IN ('owed', 'sending', 'uncertain', 'kept', 'held')
              OR (state = 'answered' AND due_at IS NOT NULL)) AS waiting`;

/** What is still to be done, in words; undefined once so many texts are settled. */
export function findUnfinished(path: string, texts: number): string | undefined {
  return reading(path, (database) => {
    const found = database.query<Unfinished, []>(UNFINISHED).get();
    if (found && found.claimed === texts && found.open + found.waiting === 0) return undefined;
    const { claimed = 0, open = 0, waiting = 0 } = found ?? {};
    return `${claimed} of ${texts} texts recorded, ${open} turns open, ${waiting} texts of ours waiting`;
  });
}

/** The texts in the order in which the server took them. */
export function claimedTexts(path: string): readonly ClaimedText[] {
  const sql = "SELECT provider_id AS sid, received_at AS receivedAt FROM inbound ORDER BY turn_id";
  return reading(path, (database) => database.query<ClaimedText, []>(sql).all());
}

/** All that the server has of one text, as JSON lines. */
export function rowsOf(path: string, sid: string): readonly string[] {
  const ofTurn = "turn_id = (SELECT turn_id FROM inbound WHERE provider_id = ?)";
  const queries = [
    "SELECT 'inbound', * FROM inbound WHERE provider_id = ?",
    "SELECT 'turn', * FROM turns WHERE id = (SELECT turn_id FROM inbound WHERE provider_id = ?)",
    `SELECT 'outbound', * FROM outbound WHERE ${ofTurn}`,
  ];
  return reading(path, (database) =>
    queries.flatMap((sql) => database.query(sql).all(sid)).map((row) => JSON.stringify(row)),
  );
}

/** What SQLite says of the file: "ok". */
export function checkIntegrity(path: string): string {
  return reading(path, (database) =>
    String(
      database.query<{ integrity_check: string }, []>("PRAGMA integrity_check").get()
        ?.integrity_check,
    ),
  );
}

function reading<Value>(path: string, read: (database: Database) => Value): Value {
  using database = new Database(path, { readonly: true, strict: true });
  database.run("PRAGMA busy_timeout = 2000");
  return read(database);
}

import type { Erasure } from "../message.ts";
import type { Connection } from "./connection.ts";
import type { MemoryKeeper } from "./memory-keeper.ts";

/** Where else something of a person is kept. */
interface Books {
  readonly memories: MemoryKeeper;
}

/** Erases what is kept of a person, within a transaction; the function is for after its commit. */
export type Erase = (person: number, how: Erasure & { readonly now: number }) => () => void;

/** Makes the one way in which a person is forgotten: the words go, that something was sent stays. */
export function createErase(db: Connection, books: Books): Erase {
  const sql = prepare(db);

  return (person, { now, isElsewhere }) => {
    if (isElsewhere) {
      sql.addErasures().run({ person, now });
      sql.noteUnknown().run({ person });
    }
    sql.emptyAnswers().run({ person });
    sql.emptyInbound().run({ person });
    sql.setErased().run({ person, now });
    return books.memories.forget(person);
  };
}

/** What has no words any more is neither sent nor looked for; how a text fares that was sent still matters. */
export const EMPTY_ANSWERS = `UPDATE outbound SET body = '',
    reason = CASE WHEN state IN ('owed', 'sending', 'uncertain', 'kept', 'held') THEN 'erased' ELSE reason END,
    due_at = CASE WHEN state = 'sent' THEN due_at END,
    state = CASE WHEN state IN ('owed', 'sending', 'uncertain', 'kept', 'held') THEN 'dropped' ELSE state END`;

/** The same of what people texted. */
export const EMPTY_INBOUND = "UPDATE inbound SET body = '', media = NULL, is_empty = 1";

// A turn that is open came later: it is to be answered.
const TURNS_OF_PERSON = "SELECT id FROM turns WHERE person_id = $person AND state <> 'open'";

function prepare(db: Connection) {
  return {
    addErasures: db.prepare<unknown, [{ person: number; now: number }]>(
      `INSERT INTO erasures (sid, due_at)
       SELECT provider_id, $now FROM inbound WHERE turn_id IN (${TURNS_OF_PERSON})
       UNION
       SELECT sid, $now FROM outbound WHERE turn_id IN (${TURNS_OF_PERSON}) AND sid IS NOT NULL
       ON CONFLICT DO NOTHING`,
    ),
    noteUnknown: db.prepare<unknown, [{ person: number }]>(
      `UPDATE outbound SET is_to_erase = 1 WHERE turn_id IN (${TURNS_OF_PERSON}) AND sid IS NULL`,
    ),
    emptyAnswers: db.prepare<unknown, [{ person: number }]>(
      `${EMPTY_ANSWERS} WHERE turn_id IN (${TURNS_OF_PERSON})`,
    ),
    emptyInbound: db.prepare<unknown, [{ person: number }]>(
      `${EMPTY_INBOUND} WHERE turn_id IN (${TURNS_OF_PERSON})`,
    ),
    // Whose turn is open has texted again already.
    setErased: db.prepare<unknown, [{ person: number; now: number }]>(
      `UPDATE people SET erased_at = $now WHERE id = $person
          AND NOT EXISTS (SELECT 1 FROM turns WHERE person_id = $person AND state = 'open')`,
    ),
  };
}

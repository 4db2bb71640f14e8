import { laterOf, type OutboundState, type OutboundText } from "../delivery.ts";
import type { Address } from "../message.ts";
import type { Connection } from "./connection.ts";
import type { Outbox, TextChange } from "./store.ts";

/** Keeps the texts that people are owed, and what became of them. */
export function createOutbox(db: Connection): Outbox {
  const sql = prepare(db);
  return { ...createReads(db, sql), ...createWrites(db, sql) };
}

type Sql = ReturnType<typeof prepare>;

function createReads(db: Connection, sql: Sql) {
  return {
    dueTexts: (now: number, limit: number) =>
      db.read(() => sql.due().all({ now, limit }).map(toText)),
    dueQuestions: (now: number, limit: number) =>
      db.read(() => sql.questions().all({ now, limit }).map(toText)),
    nextDueAt: () =>
      db.read(() => {
        const times = [sql.nextDue().get()?.at, sql.nextQuestion().get()?.at];
        const known = times.filter((at) => at !== undefined);
        return known.length > 0 ? Math.min(...known) : undefined;
      }),
    findText: (id: number) =>
      db.read(() => {
        const row = sql.find().get({ id });
        return row ? toText(row) : undefined;
      }),
    waitingFor: (person: Address, number: Address) =>
      db.read(() => {
        // Asked at the end of each turn: for most people nothing waits, and this says so in a tenth of the time.
        if (!sql.isAnyWaiting().get({ person })) return [];
        return sql.waiting().all({ person, number }).map(toText).sort(byAge);
      }),
    knownSids: (person: Address, since: number) =>
      db.read(
        () =>
          new Set(
            sql
              .sids()
              .all({ person, since })
              .map(({ sid }) => sid),
          ),
      ),
    countWaiting: () =>
      db.read(() =>
        Object.fromEntries(
          sql
            .count()
            .all()
            .map(({ state, texts }) => [state, texts]),
        ),
      ),
  };
}

function createWrites(db: Connection, sql: Sql) {
  function change(id: number, to: TextChange, states?: readonly OutboundState[]): boolean {
    const row = sql.findChanging().get({ id });
    if (!row || (states && !states.includes(row.state)) || isOfAnother(row, to)) return false;
    const next = changed(row, to);
    // A callback that comes twice changes nothing: what is not written is not flushed.
    if (isSame(row, next)) return true;
    sql.change().run({ ...next, id });
    if (row.sid === null && next.sid !== null) sql.eraseElsewhere().run({ id });
    return true;
  }

  return {
    changeText: (id: number, to: TextChange, states?: readonly OutboundState[]) =>
      db.write(() => change(id, to, states)),
    oweAgain: (id: number, dueAt: number) =>
      db.write(() => {
        if (sql.fail().run({ id }).changes === 0) return false;
        sql.copy().run({ id, dueAt: Math.round(dueAt) });
        return true;
      }),
    async makeDue({ now, after }: { readonly now: number; readonly after: number }) {
      // Nearly always there is nothing to write.
      if (await db.read(() => sql.isDueAfter().get({ after }))) {
        await db.write(() => void sql.makeDue().run({ now, after }));
      }
    },
  };
}

/** What of a text changes. */
type Changing = Pick<TextRow, "state" | "attempts" | "sid" | "status"> & {
  readonly dueAt: number | null;
  readonly attemptedAt: number | null;
  readonly errorCode: number | null;
  readonly reason: string | null;
};

/** A report of another message: the text was sent twice, and the first one known is the one that counts. */
function isOfAnother({ sid }: Changing, { report }: TextChange): boolean {
  return report !== undefined && sid !== null && sid !== report.sid;
}

function changed(row: Changing, change: TextChange): Changing {
  const { state, dueAt, attemptedAt, report } = change;
  const next: Changing = {
    ...row,
    ...(attemptedAt !== undefined && { attemptedAt, attempts: row.attempts + 1 }),
    ...(report && { sid: report.sid, status: laterOf(row.status, report.status) }),
    dueAt: dueAt === undefined ? row.dueAt : dueAt && Math.round(dueAt),
  };
  const becomes = state ?? (report && MAY_BE_SENT.has(row.state) ? "sent" : row.state);
  // What is told of a text that was given up is noted, and nothing more is done about it.
  const isOver = report && becomes !== "sent";
  return {
    ...next,
    ...failureOf(row, next, change),
    dueAt: isOver ? row.dueAt : next.dueAt,
    state: becomes,
  };
}

/** A failure belongs to the status that was told with it: what is known by then is no longer true of a later one. */
function failureOf(row: Changing, next: Changing, { report, failure }: TextChange) {
  const isNews = !report || next.status === report.status;
  if (failure && isNews) return { errorCode: failure.code ?? null, reason: failure.words };
  return report && next.status !== row.status ? { errorCode: null, reason: null } : {};
}

/** Where the provider may have the text: what it reports settles it. */
const MAY_BE_SENT: ReadonlySet<OutboundState> = new Set([
  "answered",
  "owed",
  "sending",
  "uncertain",
  "kept",
]);

function isSame(row: Changing, next: Changing): boolean {
  return Object.entries(row).every(([name, value]) => next[name as keyof Changing] === value);
}

type TextRow = Omit<OutboundText, "sid" | "isKeyword"> & {
  readonly sid: string | null;
  readonly isKeyword: number;
};

function toText({ sid, isKeyword, ...text }: TextRow): OutboundText {
  return { ...text, sid: sid ?? undefined, isKeyword: isKeyword === 1 };
}

function byAge(one: OutboundText, other: OutboundText): number {
  return one.id - other.id;
}

const COLUMNS = `outbound.id, outbound.channel, outbound.sender AS "from", people.address AS "to",
  outbound.body AS text, outbound.state, outbound.attempts,
  coalesce(outbound.attempted_at, outbound.created_at) AS attemptedAt,
  outbound.created_at AS createdAt, outbound.sid, outbound.status, outbound.is_keyword AS isKeyword`;

const TEXTS = `SELECT ${COLUMNS} FROM outbound JOIN people ON people.id = outbound.person_id`;

/** Word for word the condition of the index outbound_waiting, which is used where it is said. */
const WAITS = "state IN ('owed', 'sending', 'uncertain', 'kept', 'held')";

/** Drops what waits for a person at a number of ours; binds $person, $number and $reason. */
export const DROP_WAITING = `UPDATE outbound SET state = 'dropped', due_at = NULL, reason = $reason
  WHERE person_id = (SELECT id FROM people WHERE address = $person) AND sender = $number AND ${WAITS}`;

/** Something can still be done about it. */
const IS_OPEN = "outbound.state IN ('answered', 'owed', 'sending', 'uncertain')";

/** A person gets one text after the other: a later one waits for the first, though it is not due. */
const IS_FREE = `(outbound.state NOT IN ('owed', 'sending', 'uncertain') OR NOT EXISTS (
  SELECT 1 FROM outbound AS earlier
   WHERE earlier.person_id = outbound.person_id AND earlier.sender = outbound.sender
     AND earlier.state IN ('owed', 'sending', 'uncertain') AND earlier.id < outbound.id
     AND earlier.${WAITS}))`;

type ToPerson = { readonly person: string; readonly number: string };

function prepare(db: Connection) {
  return {
    due: db.prepare<TextRow, [{ now: number; limit: number }]>(
      `${TEXTS} WHERE outbound.due_at <= $now AND outbound.state <> 'sent' AND ${IS_OPEN} AND ${IS_FREE}
        ORDER BY outbound.due_at, outbound.id LIMIT $limit`,
    ),
    questions: db.prepare<TextRow, [{ now: number; limit: number }]>(
      `${TEXTS} WHERE outbound.due_at <= $now AND outbound.state = 'sent'
        ORDER BY outbound.due_at LIMIT $limit`,
    ),
    nextQuestion: db.prepare<{ at: number }>(
      "SELECT due_at AS at FROM outbound WHERE due_at >= 0 AND state = 'sent' ORDER BY due_at LIMIT 1",
    ),
    isDueAfter: db.prepare<unknown, [{ after: number }]>(
      "SELECT 1 FROM outbound WHERE due_at > $after AND state <> 'sent' LIMIT 1",
    ),
    makeDue: db.prepare<unknown, [{ now: number; after: number }]>(
      `UPDATE outbound SET due_at = $now WHERE due_at > $after AND state <> 'sent' AND ${IS_OPEN}`,
    ),
    nextDue: db.prepare<{ at: number }>(
      `SELECT due_at AS at FROM outbound WHERE due_at >= 0 AND state <> 'sent' AND ${IS_OPEN} AND ${IS_FREE} ORDER BY due_at LIMIT 1`,
    ),
    find: db.prepare<TextRow, [{ id: number }]>(`${TEXTS} WHERE outbound.id = $id`),
    findChanging: db.prepare<Changing, [{ id: number }]>(
      `SELECT state, due_at AS dueAt, attempts, attempted_at AS attemptedAt, sid, status,
              error_code AS errorCode, reason
         FROM outbound WHERE id = $id`,
    ),
    change: db.prepare<unknown, [Changing & { id: number }]>(
      `UPDATE outbound
          SET state = $state, due_at = $dueAt, attempts = $attempts, attempted_at = $attemptedAt,
              sid = $sid, status = $status, error_code = $errorCode, reason = $reason
        WHERE id = $id`,
    ),
    // At the next sweep: it was to be erased some time ago.
    eraseElsewhere: db.prepare<unknown, [{ id: number }]>(
      `INSERT INTO erasures (sid, due_at) SELECT sid, 0 FROM outbound WHERE id = $id AND is_to_erase = 1
       ON CONFLICT DO NOTHING`,
    ),
    fail: db.prepare<unknown, [{ id: number }]>(
      `UPDATE outbound SET state = 'failed', due_at = NULL
        WHERE id = $id AND state = 'sent' AND body <> '' AND status NOT IN ('delivered', 'read')`,
    ),
    copy: db.prepare<unknown, [{ id: number; dueAt: number }]>(
      `INSERT INTO outbound (turn_id, person_id, channel, sender, body, state, due_at, attempts,
                             attempted_at, segments, cost, is_keyword, created_at)
       SELECT turn_id, person_id, channel, sender, body, 'owed', $dueAt, attempts,
              attempted_at, segments, cost, is_keyword, created_at
         FROM outbound WHERE id = $id`,
    ),
    isAnyWaiting: db.prepare<unknown, [{ person: string }]>(
      `SELECT 1 FROM outbound
        WHERE person_id = (SELECT id FROM people WHERE address = $person) AND ${WAITS} LIMIT 1`,
    ),
    waiting: db.prepare<TextRow, [ToPerson]>(
      // Not sorted here: next to nobody has one, and to make ready for sorting takes longer than to find that out.
      `${TEXTS} WHERE people.address = $person AND outbound.sender = $number AND outbound.${WAITS}`,
    ),
    sids: db.prepare<{ sid: string }, [{ person: string; since: number }]>(
      `SELECT outbound.sid
         FROM people JOIN turns ON turns.person_id = people.id
                     JOIN outbound ON outbound.turn_id = turns.id
        WHERE people.address = $person AND outbound.sid IS NOT NULL
          AND coalesce(outbound.attempted_at, outbound.created_at) >= $since`,
    ),
    count: db.prepare<{ state: OutboundState; texts: number }>(
      `SELECT state, count(*) AS texts FROM outbound WHERE ${WAITS} GROUP BY state`,
    ),
  };
}

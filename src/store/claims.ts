import type { OutboundState } from "../delivery.ts";
import type { InboundMessage, Keyword, Media, Outcome } from "../message.ts";
import type { Connection } from "./connection.ts";
import type { Claim, OpenTurn, Store } from "./store.ts";

/** Records what people text, each text once, and the turn it opens. */
export function createClaims(
  db: Connection,
): Pick<Store, "recordInbound" | "openTurns" | "ourNumbers"> {
  const sql = prepare(db);
  /** When each number was texted, as far as it is known to be on the disk. */
  const numbers = new Map<string, number>();

  function found({ id, channel }: InboundMessage): Claim | undefined {
    const turn = sql.findTurn().get({ id, channel });
    if (!turn) return undefined;
    if (turn.state === "open") return { kind: "open", turn: turn.id };
    const rows = sql.textsOf().all({ turn: turn.id });
    const texts = rows.map(({ sid, ...text }) => ({ ...text, isHeardOf: sid !== null }));
    return { kind: "ended", turn: turn.id, outcome: toOutcome(turn, texts), texts };
  }

  function claim(message: InboundMessage, isListed: boolean): Claim {
    const { id, channel, to, text, handledAs = null, receivedAt } = message;
    const person = personAt(message);
    if (!isListed) noteNumber(to, receivedAt);
    const opened = sql.openTurn().run({ person, now: receivedAt });
    const turn = Number(opened.lastInsertRowid);
    const media = message.media.length > 0 ? JSON.stringify(message.media) : null;
    sql.addInbound().run({ turn, channel, id, to, text, media, handledAs, receivedAt });
    return { kind: "new", turn };
  }

  function personAt({ from, receivedAt }: InboundMessage): number {
    const known = sql.findPerson().get({ address: from });
    if (!known)
      return Number(sql.addPerson().run({ address: from, now: receivedAt }).lastInsertRowid);
    if (known.erasedAt !== null) sql.knowAgain().run({ person: known.id });
    return known.id;
  }

  /** Once a day; known for sure when it was read: what was written may still be rolled back. */
  function noteNumber(address: string, at: number): void {
    const isRecent = (time: number | undefined) => time !== undefined && at - time < DAY_MS;
    if (isRecent(numbers.get(address))) return;
    const textedAt = sql.findNumber().get({ address })?.textedAt;
    if (textedAt !== undefined && isRecent(textedAt)) numbers.set(address, textedAt);
    else sql.noteNumber().run({ address, at });
  }

  return {
    ourNumbers: (since) =>
      db.read(
        () =>
          new Set(
            sql
              .numbersSince()
              .all({ since: since - DAY_MS })
              .map(({ address }) => address),
          ),
      ),
    recordInbound: (message, { isListed } = { isListed: false }) =>
      db.write(() => found(message) ?? claim(message, isListed)),
    openTurns: () => db.read(() => sql.openTurns().all().map(toOpenTurn)),
  };
}

const DAY_MS = 24 * 60 * 60 * 1000;

function prepare(db: Connection) {
  return {
    findTurn: db.prepare<EndedTurn, [{ id: string; channel: string }]>(
      `SELECT turns.id, turns.state, turns.reason
         FROM inbound JOIN turns ON turns.id = inbound.turn_id
        WHERE inbound.provider_id = $id AND inbound.channel = $channel`,
    ),
    textsOf: db.prepare<TurnText & { sid: string | null }, [{ turn: number }]>(
      "SELECT id, body AS text, state, sid FROM outbound WHERE turn_id = $turn ORDER BY id",
    ),
    findPerson: db.prepare<{ id: number; erasedAt: number | null }, [{ address: string }]>(
      "SELECT id, erased_at AS erasedAt FROM people WHERE address = $address",
    ),
    addPerson: db.prepare<unknown, [{ address: string; now: number }]>(
      "INSERT INTO people (address, first_seen_at) VALUES ($address, $now)",
    ),
    knowAgain: db.prepare<unknown, [{ person: number }]>(
      "UPDATE people SET erased_at = NULL WHERE id = $person",
    ),
    findNumber: db.prepare<{ textedAt: number }, [{ address: string }]>(
      "SELECT texted_at AS textedAt FROM numbers WHERE address = $address",
    ),
    noteNumber: db.prepare<unknown, [{ address: string; at: number }]>(
      `INSERT INTO numbers (address, texted_at) VALUES ($address, $at)
       ON CONFLICT DO UPDATE SET texted_at = excluded.texted_at`,
    ),
    numbersSince: db.prepare<{ address: string }, [{ since: number }]>(
      "SELECT address FROM numbers WHERE texted_at >= $since",
    ),
    openTurn: db.prepare<unknown, [{ person: number; now: number }]>(
      "INSERT INTO turns (person_id, state, opened_at) VALUES ($person, 'open', $now)",
    ),
    addInbound: db.prepare<unknown, [Omit<InboundRow, "from"> & { turn: number }]>(
      `INSERT INTO inbound
         (turn_id, channel, provider_id, recipient, body, media, handled_as, received_at)
       VALUES ($turn, $channel, $id, $to, $text, $media, $handledAs, $receivedAt)`,
    ),
    openTurns: db.prepare<InboundRow & { turn: number }>(
      `SELECT turns.id AS turn, inbound.channel, inbound.provider_id AS id, people.address AS "from",
              inbound.recipient AS "to", inbound.body AS text, inbound.media,
              inbound.handled_as AS handledAs, inbound.received_at AS receivedAt
         FROM turns JOIN inbound ON inbound.turn_id = turns.id JOIN people ON people.id = turns.person_id
        WHERE turns.state = 'open' ORDER BY turns.id`,
    ),
  };
}

type InboundRow = {
  readonly channel: string;
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly media: string | null;
  readonly handledAs: Keyword | null;
  readonly receivedAt: number;
};

type EndedTurn = {
  readonly id: number;
  readonly state: "open" | Outcome["kind"];
  readonly reason: string | null;
};

type TurnText = { readonly id: number; readonly text: string; readonly state: OutboundState };

function toOutcome({ state, reason }: EndedTurn, rows: readonly TurnText[]): Outcome {
  const texts = rows.filter((row) => row.state !== "held").map(({ text }) => text);
  if (state === "reply") return { kind: "reply", texts, raw: texts.join(" "), remember: new Map() };
  if (state === "fallback") return { kind: "fallback", texts, reason: reason ?? "" };
  return { kind: "silence", reason: reason ?? "" };
}

function toOpenTurn({ turn, ...row }: InboundRow & { turn: number }): OpenTurn {
  return {
    turn,
    message: { ...row, media: toMedia(row.media), handledAs: row.handledAs ?? undefined },
  };
}

/** As `recordInbound` wrote it. */
function toMedia(json: string | null): readonly Media[] {
  return json === null ? [] : (JSON.parse(json) as Media[]);
}

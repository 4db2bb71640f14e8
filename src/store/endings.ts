import type { Address, Outcome } from "../message.ts";
import type { Connection } from "./connection.ts";
import type { Consents } from "./consent.ts";
import type { Erase } from "./erasing.ts";
import type { MemoryKeeper } from "./memory-keeper.ts";
import type { EndedText, Ending, NewText, Store, Usage } from "./store.ts";
import type { UsageCounter } from "./usage.ts";

/** What else the end of a turn writes. */
interface Books {
  readonly memories: MemoryKeeper;
  readonly usage: UsageCounter;
  readonly erase: Erase;
  readonly hasOptedOut: Consents["hasOptedOut"];
  readonly recordConsent: Consents["recordOf"];
}

/** Ends turns: what was answered, what is remembered, what is owed and what it costs are one write. */
export function createEndings(db: Connection, books: Books): Pick<Store, "endTurn"> {
  const sql = prepare(db);

  function end(ending: Ending) {
    for (const turn of ending.joined) close({ ...ending, turn, outcome: JOINED });
    const person = close(ending);
    const cleared = clear(ending, person);
    const remembered = books.memories.write({ person, bot: ending.bot }, ending.outcome);
    const { texts, used } = record(ending, person);
    if (used.length > 0) books.usage.add(sumOf(used), person, ending.now);
    return { texts, committed: [cleared, remembered] };
  }

  function close({ turn, bot, outcome, now }: Omit<Ending, "texts">): number {
    const reason = outcome.kind === "reply" ? null : outcome.reason;
    const ended = sql.endTurn().get({ turn, bot, reason, state: outcome.kind, now });
    if (!ended) throw new Error(`Cannot end turn ${turn}: expected an open turn, found none`);
    return ended.person;
  }

  /** Before anything is written that is to stay; the function is for after the commit. */
  function clear({ turn, outcome, now }: Ending, person: number): () => void {
    if (outcome.kind === "fallback") return () => {};
    if (outcome.consent) books.recordConsent(turn, { ...outcome.consent, at: now });
    if (outcome.kind === "silence" || !outcome.erases) return () => {};
    return books.erase(person, { ...outcome.erases, now });
  }

  function record(ending: Ending, person: number) {
    const place = placeOf(ending.turn);
    const isMuted = !ending.isKeyword && books.hasOptedOut(person, place.sender);
    const given = isMuted ? [] : ending.given.flatMap((id) => give(id, ending, person));
    if (ending.texts.length === 0) return { texts: given, used: [] };
    if (!isAside(ending.outcome)) sql.dropHeld().run({ person, sender: place.sender });
    const texts = isMuted ? ending.texts.map(toDropped) : ending.texts;
    const added = texts.map((text) => add(text, { ...place, person, ending }));
    return { texts: [...given, ...added], used: texts.filter(isPaid) };
  }

  function give(id: number, { turn, givenDueAt, now }: Ending, person: number): EndedText[] {
    return sql.give().all({ id, person, turn, dueAt: givenDueAt ?? null, now });
  }

  function placeOf(turn: number): Place {
    const place = sql.findPlace().get({ turn });
    if (!place) throw new Error(`Cannot answer turn ${turn}: expected its message, found none`);
    return place;
  }

  function add(text: Added, { ending, ...row }: Place & { person: number; ending: Ending }) {
    const { turn, now } = ending;
    const [dueAt, isKeyword] = [text.dueAt ?? null, ending.isKeyword ? 1 : 0];
    const reason = text.state === "dropped" ? MUTED : null;
    const added = sql.addText().run({ ...row, ...text, turn, now, dueAt, isKeyword, reason });
    return { id: Number(added.lastInsertRowid), text: text.text, state: text.state };
  }

  return {
    async endTurn(ending) {
      const { texts, committed } = await db.write(() => end(ending));
      for (const tell of committed) tell();
      return texts;
    },
  };
}

type Added = Omit<NewText, "state"> & { readonly state: NewText["state"] | "dropped" };

const MUTED = "the person opted out";

/** STOP came while the bot was asked: nothing more goes to that person. */
function toDropped(text: NewText): Added {
  return { ...text, state: "dropped", dueAt: undefined };
}

/** What is held is paid when it is asked for, what is dropped never. */
function isPaid({ state }: Added): boolean {
  return state !== "held" && state !== "dropped";
}

const JOINED: Outcome = { kind: "silence", reason: "answered with the next text" };

/** A failure, or words beside the talk: they take the place of nothing. */
function isAside(outcome: Outcome): boolean {
  return outcome.kind === "fallback" || (outcome.kind === "reply" && outcome.isAside === true);
}

/** By which way and from which of our numbers a turn is answered. */
type Place = { readonly channel: string; readonly sender: Address };

function sumOf(texts: readonly Pick<NewText, "segments" | "cost">[]): Usage {
  let [segments, cost] = [0, 0];
  for (const text of texts) {
    segments += text.segments;
    cost += text.cost;
  }
  return { texts: texts.length, segments, cost };
}

function prepare(db: Connection) {
  return {
    endTurn: db.prepare<{ person: number }, [EndedTurn]>(
      `UPDATE turns SET state = $state, bot = $bot, reason = $reason, ended_at = $now
        WHERE id = $turn AND state = 'open' RETURNING person_id AS person`,
    ),
    findPlace: db.prepare<Place, [{ turn: number }]>(
      "SELECT channel, recipient AS sender FROM inbound WHERE turn_id = $turn",
    ),
    // The text becomes this turn's: a repeat of the earlier message is not to give it again.
    give: db.prepare<EndedText, [GivenText]>(
      `UPDATE outbound SET state = 'answered', turn_id = $turn, due_at = $dueAt, attempted_at = $now
        WHERE id = $id AND person_id = $person AND state IN ('kept', 'owed') RETURNING id, body AS text, state`,
    ),
    // Both conditions on the state: the one is the index's own, the other what is meant.
    dropHeld: db.prepare<unknown, [{ person: number; sender: Address }]>(
      `UPDATE outbound SET state = 'dropped', due_at = NULL, reason = 'the talk went on'
        WHERE person_id = $person AND state = 'held' AND sender = $sender
          AND state IN ('owed', 'sending', 'uncertain', 'kept', 'held')`,
    ),
    addText: db.prepare<unknown, [TextRow]>(
      `INSERT INTO outbound (turn_id, person_id, channel, sender, body, state, due_at, segments,
                             cost, is_keyword, reason, created_at)
       VALUES ($turn, $person, $channel, $sender, $text, $state, $dueAt, $segments,
               $cost, $isKeyword, $reason, $now)`,
    ),
  };
}

type EndedTurn = {
  readonly turn: number;
  readonly bot: string;
  readonly state: string;
  readonly reason: string | null;
  readonly now: number;
};

type GivenText = {
  readonly id: number;
  readonly person: number;
  readonly turn: number;
  readonly dueAt: number | null;
  readonly now: number;
};

type TextRow = Place &
  Omit<Added, "dueAt"> & {
    readonly isKeyword: number;
    readonly reason: string | null;
    readonly turn: number;
    readonly person: number;
    readonly dueAt: number | null;
    readonly now: number;
  };

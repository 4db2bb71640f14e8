import type { Address, Memories, Memory, MemoryChanges, Outcome } from "../message.ts";
import type { Connection } from "./connection.ts";
import { createMemoryCache } from "./memory-cache.ts";

/** Reads and writes what bots remember; a memory that was read lately costs nothing to read again. */
export interface MemoryKeeper {
  recall(address: Address, bot: string): Memories;
  /** Writes what an outcome remembers, within a transaction; the function is for after its commit. */
  write(whose: Whose, outcome: Outcome): () => void;
  /** Forgets all that bots remember of a person, within a transaction; the function is for after its commit. */
  forget(person: number): () => void;
}

interface Whose {
  readonly person: number;
  readonly bot: string;
}

/** Makes the keeper of one connection. */
export function createMemoryKeeper(db: Connection): MemoryKeeper {
  const sql = prepare(db);
  const people = createMemoryCache();
  const shared = new Map<string, Memory>();
  let version = 0;

  /** What another process wrote is in no cache of ours. */
  function heedOthers(): void {
    const now = sql.dataVersion().get()?.data_version ?? 0;
    if (now === version) return;
    version = now;
    people.clear();
    shared.clear();
  }

  function ownOf(address: Address, bot: string): Memory {
    const person = sql.findPerson().get({ address })?.id;
    if (person === undefined) return NOTHING;
    return people.get(nameOf({ person, bot }), () => toMap(sql.recall().values({ person, bot })));
  }

  function sharedOf(bot: string): Memory {
    const memory = shared.get(bot) ?? toMap(sql.recallShared().values({ bot }));
    shared.set(bot, memory);
    return memory;
  }

  return {
    recall(address, bot) {
      heedOthers();
      return { own: ownOf(address, bot), shared: sharedOf(bot) };
    },
    write(whose, outcome) {
      const own = toStorable("remember" in outcome ? outcome.remember : undefined);
      const all = toStorable("rememberForAll" in outcome ? outcome.rememberForAll : undefined);
      writeOwn(sql, whose, own);
      writeShared(sql, whose.bot, all);
      return () => {
        people.change(nameOf(whose), own);
        const before = shared.get(whose.bot);
        // Another map says that something is new in it.
        if (before && all.size > 0) shared.set(whose.bot, changed(before, all));
      };
    },
    forget(person) {
      sql.forgetPerson().run({ person });
      return () => people.clear();
    },
  };
}

type Key = { readonly bot: string; readonly key: string };

function prepare(db: Connection) {
  return {
    findPerson: db.prepare<{ id: number }, [{ address: string }]>(
      "SELECT id FROM people WHERE address = $address",
    ),
    recall: db.prepare<unknown, [{ person: number; bot: string }]>(
      "SELECT key, value FROM memories WHERE person_id = $person AND bot = $bot",
    ),
    remember: db.prepare<unknown, [Key & { person: number; value: string }]>(
      `INSERT INTO memories (person_id, bot, key, value) VALUES ($person, $bot, $key, $value)
       ON CONFLICT DO UPDATE SET value = excluded.value`,
    ),
    forget: db.prepare<unknown, [Key & { person: number }]>(
      "DELETE FROM memories WHERE person_id = $person AND bot = $bot AND key = $key",
    ),
    forgetPerson: db.prepare<unknown, [{ person: number }]>(
      "DELETE FROM memories WHERE person_id = $person",
    ),
    recallShared: db.prepare<unknown, [{ bot: string }]>(
      "SELECT key, value FROM shared_memories WHERE bot = $bot",
    ),
    rememberShared: db.prepare<unknown, [Key & { value: string }]>(
      `INSERT INTO shared_memories (bot, key, value) VALUES ($bot, $key, $value)
       ON CONFLICT DO UPDATE SET value = excluded.value`,
    ),
    forgetShared: db.prepare<unknown, [Key]>(
      "DELETE FROM shared_memories WHERE bot = $bot AND key = $key",
    ),
    /** Another number whenever another process has written. */
    dataVersion: db.prepare<{ data_version: number }>("PRAGMA data_version"),
  };
}

type Statements = ReturnType<typeof prepare>;

const NOTHING: Memory = new Map();

function nameOf({ person, bot }: Whose): string {
  return `${person} ${bot}`;
}

function toMap(rows: unknown): Map<string, string> {
  return new Map(rows as [string, string][]);
}

/** As SQLite would give it back: what is no character becomes U+FFFD. */
function toStorable(changes: MemoryChanges = NOTHING): MemoryChanges {
  const storable = new Map<string, string | null>();
  for (const [key, value] of changes)
    storable.set(key.toWellFormed(), value === null ? null : value.toWellFormed());
  return storable;
}

function writeOwn(sql: Statements, { person, bot }: Whose, changes: MemoryChanges): void {
  for (const [key, value] of changes) {
    if (value === null) sql.forget().run({ person, bot, key });
    else sql.remember().run({ person, bot, key, value });
  }
}

function writeShared(sql: Statements, bot: string, changes: MemoryChanges): void {
  for (const [key, value] of changes) {
    if (value === null) sql.forgetShared().run({ bot, key });
    else sql.rememberShared().run({ bot, key, value });
  }
}

function changed(memory: Memory, changes: MemoryChanges): Memory {
  const copy = new Map(memory);
  for (const [key, value] of changes) {
    if (value === null) copy.delete(key);
    else copy.set(key, value);
  }
  return copy;
}

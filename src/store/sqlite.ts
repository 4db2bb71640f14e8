import { Database } from "bun:sqlite";
import { closeSync, existsSync, openSync } from "node:fs";
import { dirname } from "node:path";
import type { Address, InboundMessage, Memories, Outcome } from "../message.ts";
import { textsOf } from "../message.ts";
import { checkPages } from "./check-pages.ts";
import { toStoreError } from "./failures.ts";
import { GroupCommit } from "./group-commit.ts";
import { createMemoryKeeper, type MemoryKeeper } from "./memory-keeper.ts";
import { migrate } from "./migrations.ts";
import { BEAT, prepare, type Statements } from "./statements.ts";
import type { Claim, Store } from "./store.ts";

/** Opens, makes or migrates the SQLite database in this file, or a new one in memory for ":memory:". */
export function openSqlite(path: string, { busyTimeoutMs = BUSY_TIMEOUT_MS } = {}): Store {
  let database: Database | undefined;
  try {
    if (path !== ":memory:") makePrivate(path);
    database = new Database(path, { create: true, readwrite: true, strict: true });
    setUp(database, busyTimeoutMs);
    return new SqliteStore(database);
  } catch (error) {
    database?.close();
    throw toStoreError(error, "open");
  }
}

// How long a write waits for another process's; Twilio gives us 15 s in all.
const BUSY_TIMEOUT_MS = 4000;

/** Texts and numbers are nobody else's business: only our user may read a file that we make. */
function makePrivate(path: string): void {
  if (existsSync(path) || !existsSync(dirname(path))) return;
  closeSync(openSync(path, "a", 0o600));
}

function setUp(database: Database, busyTimeoutMs: number): void {
  database.run(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
  migrate(database);
  checkPages(database);
  database.run("PRAGMA journal_mode = WAL");
  database.run("PRAGMA foreign_keys = ON");
  // Told at start, not at the first text, when the disk is full or read-only; that needs no flush.
  database.run("PRAGMA synchronous = OFF");
  database.run(BEAT, [Date.now()]);
  database.run("PRAGMA synchronous = FULL");
}

class SqliteStore implements Store {
  readonly #database: Database;
  readonly #commits: GroupCommit;
  readonly #sql: Statements;
  readonly #memories: MemoryKeeper;

  constructor(database: Database) {
    this.#database = database;
    this.#commits = new GroupCommit(database);
    this.#sql = prepare(database);
    this.#memories = createMemoryKeeper(this.#sql);
  }

  recordInbound(message: InboundMessage): Promise<Claim> {
    return this.#commits.write(() => this.#claimed(message) ?? this.#claim(message));
  }

  async recall(person: Address, bot: string): Promise<Memories> {
    try {
      return this.#memories.recall(person, bot);
    } catch (error) {
      throw toStoreError(error, "read");
    }
  }

  async recordOutcome(turn: number, bot: string, outcome: Outcome): Promise<void> {
    const written = this.#commits.write(() => {
      const person = this.#end(turn, bot, outcome);
      for (const [part, body] of textsOf(outcome).entries()) {
        this.#sql.addOutbound.run({ turn, part, body });
      }
      return this.#memories.write({ person, bot }, outcome);
    });
    (await written)();
  }

  checkWritable(): Promise<void> {
    return this.#commits.write(() => {
      this.#sql.beat.run(Date.now());
    });
  }

  async close(): Promise<void> {
    this.#commits.flush();
    for (const statement of Object.values(this.#sql)) statement.finalize();
    this.#database.close(true);
  }

  #claimed({ id, channel }: InboundMessage): Claim | undefined {
    const found = this.#sql.findInbound.get({ id, channel });
    if (!found) return undefined;
    if (found.state === "open") return { kind: "open", turn: found.turn };
    return { kind: "ended", turn: found.turn, outcome: this.#outcome(found) };
  }

  #claim(message: InboundMessage): Claim {
    const { id, channel, to, text, receivedAt } = message;
    const turn = this.#openTurn(this.#personAt(message), receivedAt);
    const media = message.media.length > 0 ? JSON.stringify(message.media) : null;
    this.#sql.addInbound.run({ turn, channel, id, to, text, media, receivedAt });
    return { kind: "new", turn };
  }

  #personAt({ from, receivedAt }: InboundMessage): number {
    const known = this.#sql.findPerson.get({ address: from });
    if (known) return known.id;
    return Number(this.#sql.addPerson.run({ address: from, now: receivedAt }).lastInsertRowid);
  }

  #openTurn(person: number, now: number): number {
    return Number(this.#sql.openTurn.run({ person, now }).lastInsertRowid);
  }

  #outcome({
    turn,
    state,
    reason,
  }: {
    turn: number;
    state: string;
    reason: string | null;
  }): Outcome {
    const texts = this.#sql.outbound.all({ turn }).map(({ body }) => body);
    if (state === "reply")
      return { kind: "reply", texts, raw: texts.join(" "), remember: new Map() };
    if (state === "fallback") return { kind: "fallback", texts, reason: reason ?? "" };
    return { kind: "silence", reason: reason ?? "" };
  }

  #end(turn: number, bot: string, outcome: Outcome): number {
    const reason = outcome.kind === "reply" ? null : outcome.reason;
    const ended = this.#sql.endTurn.get({
      turn,
      bot,
      reason,
      state: outcome.kind,
      now: Date.now(),
    });
    if (!ended) throw new Error(`Cannot end turn ${turn}: expected an open turn, found none`);
    return ended.person;
  }
}

import { Database } from "bun:sqlite";
import { existsSync } from "node:fs";
import type { MessageStatus, OutboundState } from "../delivery.ts";
import { StoreError } from "../errors.ts";
import type { Address, Media, Outcome } from "../message.ts";
import { toStoreError } from "./failures.ts";
import { checkNewest } from "./migrations.ts";
import { toPath } from "./open.ts";
import { prepareReading, type ReadingStatements, type ReceivedRow } from "./reader-statements.ts";
import type { ConsentEntry } from "./store.ts";

/** What both kinds of message have. Times are milliseconds since 1970. */
interface Message {
  readonly id: number;
  readonly at: number;
  readonly channel: string;
  readonly person: Address;
  /** Ours. */
  readonly number: Address;
  /** Empty where it is no longer kept. */
  readonly text: string;
  /** The provider's identifier. */
  readonly sid: string | null;
  readonly turn: number | null;
  /** Why its turn, or it itself, came to an end that nobody wished for. */
  readonly reason: string | null;
}

/** A person's message, and what became of its turn. */
export interface ReceivedMessage extends Message {
  readonly direction: "in";
  readonly media: readonly Media[];
  readonly outcome: "open" | Outcome["kind"];
  readonly bot: string | null;
  readonly endedAt: number | null;
}

/** A text of ours, and where it is. */
export interface SentMessage extends Message {
  readonly direction: "out";
  readonly state: OutboundState;
  readonly status: MessageStatus;
  readonly errorCode: number | null;
  readonly attempts: number;
  readonly attemptedAt: number | null;
  readonly dueAt: number | null;
  readonly segments: number;
  /** In USD, estimated. */
  readonly cost: number;
}

/** Which messages are asked for. */
export interface MessageQuery {
  readonly limit: number;
  /** Only this person's; a number stands for its WhatsApp and RCS as well. */
  readonly person?: Address | undefined;
  /** Only what failed, and what was not dealt with though it came before this time. */
  readonly troubledBefore?: number | undefined;
}

/** Reads the database beside a server that writes it. Every method throws a StoreError when that cannot be done. */
export interface Reader extends Disposable {
  /** The latest messages in and out, newest last. */
  messages(query: MessageQuery): readonly (ReceivedMessage | SentMessage)[];
  /** The ledger, or one person's part of it, oldest first, page by page: whoever takes their time holds nobody up. */
  consent(person?: Address): Iterable<readonly ConsentEntry[]>;
}

/** Opens the database for reading alone. Throws a StoreError unless it is there and has the newest schema. */
export function openReader(address: string): Reader {
  const path = toPath(address);
  if (!existsSync(path)) throw missing(path);
  let database: Database | undefined;
  try {
    database = new Database(path, { readonly: true, strict: true });
    database.run(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    checkNewest(database);
    return new SqliteReader(database);
  } catch (error) {
    database?.close();
    throw toStoreError(error, "open");
  }
}

// Readers wait for nobody but a server that starts after a crash.
const BUSY_TIMEOUT_MS = 4000;

const PAGE_ENTRIES = 1000;

class SqliteReader implements Reader {
  readonly #database: Database;
  readonly #sql: ReadingStatements;

  constructor(database: Database) {
    this.#database = database;
    this.#sql = prepareReading(database);
  }

  messages({ limit, person, troubledBefore }: MessageQuery) {
    const whose = person === undefined ? "everybody" : "person";
    const { received, sent } =
      this.#sql[troubledBefore === undefined ? "latest" : "troubled"][whose];
    const asked = { limit, person: person ?? "", before: troubledBefore ?? 0 };
    // One transaction: a text and its answer are seen together or not at all.
    const both = this.#database.transaction(() => [
      ...received.all(asked).map(toReceived),
      ...sent.all(asked),
    ]);
    return attempt(() => both.deferred())
      .sort((one, other) => one.at - other.at)
      .slice(-limit);
  }

  *consent(person?: Address): Generator<readonly ConsentEntry[]> {
    const { everybody, person: ofPerson } = this.#sql.consent;
    const statement = person === undefined ? everybody : ofPerson;
    let after = 0;
    for (;;) {
      const asked = { after, person: person ?? "", limit: PAGE_ENTRIES };
      const page = attempt(() => statement.all(asked));
      if (page.length > 0) yield page.map(({ id: _, ...entry }) => entry);
      if (page.length < PAGE_ENTRIES) return;
      after = page.at(-1)?.id ?? after;
    }
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}

function attempt<Found>(read: () => Found): Found {
  try {
    return read();
  } catch (error) {
    throw toStoreError(error, "read");
  }
}

function toReceived({ media, ...row }: ReceivedRow): ReceivedMessage {
  return { ...row, media: media === null ? [] : (JSON.parse(media) as readonly Media[]) };
}

function missing(path: string): StoreError {
  const found = path === ":memory:" ? "one in another program's memory" : "no such file";
  return new StoreError(`Cannot open the database ${path}: expected a file, found ${found}`, {
    code: "missing",
    hint: "Name the server's own with --database or DATABASE_URL; a server makes it when it first starts",
  });
}

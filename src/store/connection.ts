import type { Database, SQLQueryBindings, Statement } from "bun:sqlite";
import type { Checkpoints } from "./checkpoints.ts";
import { toStoreError } from "./failures.ts";
import { GroupCommit } from "./group-commit.ts";

/** A statement, prepared when it is needed first. */
type Prepared<Row, Params extends SQLQueryBindings[]> = () => Statement<Row, Params>;

/** An open database: its statements are prepared once and none before its time, so that opening is quick. */
export class Connection {
  readonly #database: Database;
  readonly #commits: GroupCommit;
  readonly #checkpoints: Checkpoints | undefined;
  readonly #statements: { finalize(): void }[] = [];

  /** Without checkpoints of its own, SQLite makes them. */
  constructor(database: Database, checkpoints?: Checkpoints) {
    this.#database = database;
    this.#checkpoints = checkpoints;
    this.#commits = new GroupCommit(database, () => checkpoints?.heedCommit());
  }

  prepare<Row, Params extends SQLQueryBindings[] = []>(sql: string): Prepared<Row, Params> {
    let statement: Statement<Row, Params> | undefined;
    return () => {
      if (!statement) {
        // Bun's types tell a list from a single value by a condition that is open until Params is known.
        statement = this.#database.prepare<Row, Params>(sql) as Statement<Row, Params>;
        this.#statements.push(statement);
      }
      return statement;
    };
  }

  /** Resolves with what `read` gives; it sees what is committed. */
  async read<T>(read: () => T): Promise<T> {
    try {
      return read();
    } catch (error) {
      throw toStoreError(error, "read");
    }
  }

  /** Resolves when what `write` did is on the disk; when it throws, nothing of it is done. */
  write<T>(write: () => T): Promise<T> {
    return this.#commits.write(write);
  }

  /** Commits what is under way and closes. */
  async close(): Promise<void> {
    await this.#checkpoints?.close();
    this.#commits.flush();
    for (const statement of this.#statements) statement.finalize();
    this.#database.close(true);
  }
}

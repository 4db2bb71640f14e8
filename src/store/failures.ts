import { SQLiteError } from "bun:sqlite";
import { StoreError } from "../errors.ts";

interface Explanation {
  readonly code: string;
  readonly found: string;
  readonly hint: string;
}

const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  SQLITE_READONLY: {
    code: "read-only",
    found: "it can only be read",
    hint: "Give botline's user the right to write the file and its directory",
  },
  SQLITE_CANTOPEN: {
    code: "unreachable",
    found: "the file cannot be opened or made",
    hint: "DATABASE_URL must name a file in an existing directory that botline may write",
  },
  SQLITE_BUSY: {
    code: "locked",
    found: "another program holds it locked",
    hint: "Stop the program that uses the file, then start again",
  },
  SQLITE_FULL: {
    code: "full",
    found: "the disk is full",
    hint: "Free some space, then start again",
  },
  SQLITE_CORRUPT: {
    code: "corrupt",
    found: "the file is damaged",
    hint: "Put a backup in its place, or move it away to begin anew",
  },
  SQLITE_NOTADB: {
    code: "corrupt",
    found: "the file is no SQLite database",
    hint: "DATABASE_URL must name a botline database, or a file that does not exist yet",
  },
  SQLITE_IOERR: {
    code: "unreadable",
    found: "the disk failed",
    hint: "Check the disk's free space and health, and the file's permissions",
  },
};

/** Says in words what SQLite meant; other errors pass as their own cause. */
export function toStoreError(error: unknown, action: "open" | "read" | "write to"): StoreError {
  if (error instanceof StoreError) return error;
  const known = error instanceof SQLiteError ? explanationOf(error) : undefined;
  if (!known) return new StoreError(`Cannot ${action} the database`, { cause: error });
  const { code, found, hint } = known;
  return new StoreError(`Cannot ${action} the database: ${found}`, { code, hint, cause: error });
}

// Extended codes (SQLITE_IOERR_WRITE, SQLITE_BUSY_SNAPSHOT) begin with the plain one.
function explanationOf(error: SQLiteError): Explanation | undefined {
  const name = error.code ?? "";
  const key = Object.keys(EXPLANATIONS).find((known) => name.startsWith(known));
  return key === undefined ? undefined : EXPLANATIONS[key];
}

import { Database } from "bun:sqlite";

/** What the thread is asked to do: to bring the database up to date with its log, or to let go of it. */
export type CheckpointRequest =
  | { readonly kind: "checkpoint"; readonly path: string }
  | { readonly kind: "close" };

/** What the thread tells: how many pages the log had when it began. */
export type CheckpointReport =
  | { readonly kind: "checkpointed"; readonly pages: number }
  | { readonly kind: "closed" };

declare const self: Worker;

let database: Database | undefined;

self.onmessage = ({ data: request }: MessageEvent<CheckpointRequest>) => {
  self.postMessage(request.kind === "checkpoint" ? checkpoint(request.path) : close());
};

// Passive: it waits for nobody, and nobody for it.
function checkpoint(path: string): CheckpointReport {
  database ??= new Database(path, { readwrite: true, create: false });
  const sql = "PRAGMA wal_checkpoint(PASSIVE)";
  const row = database.query<{ log: number }, []>(sql).get();
  return { kind: "checkpointed", pages: row?.log ?? 0 };
}

function close(): CheckpointReport {
  database?.close();
  return { kind: "closed" };
}

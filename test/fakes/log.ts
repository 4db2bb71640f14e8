import { createLog, type Log } from "../../src/log.ts";

/** A log that keeps its lines, as programs would read them. */
export interface RecordedLog {
  readonly log: Log;
  readonly lines: readonly unknown[];
}

export function recordLog(): RecordedLog {
  const lines: unknown[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line));
  return { log: createLog({ level: "debug", format: "json", write }), lines };
}

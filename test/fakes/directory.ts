import { afterAll } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new empty directory, removed when the test file is done. */
export function emptyDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), "botline-test-"));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

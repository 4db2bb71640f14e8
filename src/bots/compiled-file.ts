import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** What was kept under that key; undefined where the file is missing, damaged or of another key. */
export function readCompiled(path: string, key: string): Uint8Array | undefined {
  const bytes = readIfThere(path);
  if (!bytes || bytes.length < HEAD_BYTES) return undefined;
  const content = new Uint8Array(
    bytes.buffer,
    bytes.byteOffset + HEAD_BYTES,
    bytes.length - HEAD_BYTES,
  );
  const head = new DataView(bytes.buffer, bytes.byteOffset, HEAD_BYTES);
  const isWhole = head.getBigUint64(0) === markOf(key) && head.getBigUint64(8) === sumOf(content);
  return isWhole ? content : undefined;
}

/** Keeps it, whole or not at all; another program that does the same at once does no harm. */
export function writeCompiled(path: string, key: string, content: Uint8Array): void {
  const bytes = new Uint8Array(HEAD_BYTES + content.length);
  const head = new DataView(bytes.buffer);
  head.setBigUint64(0, markOf(key));
  head.setBigUint64(8, sumOf(content));
  bytes.set(content, HEAD_BYTES);
  const draft = `${path}.${crypto.randomUUID()}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(draft, bytes, { mode: 0o600 });
  renameSync(draft, path);
}

/** The mark and the sum; a multiple of 8, as the content's numbers want it. */
const HEAD_BYTES = 16;

function markOf(key: string): bigint {
  return BigInt(Bun.hash(`botline ${key}`));
}

function sumOf(content: Uint8Array): bigint {
  return BigInt(Bun.hash(content));
}

// Mapped, not read: a server that wakes for one text touches few of the pages. Nobody writes into the file,
// each version of it comes by renaming.
function readIfThere(path: string): Uint8Array | undefined {
  try {
    return Bun.mmap(path, { shared: false });
  } catch {
    // Whatever is in the way, the bot is compiled anew.
    return undefined;
  }
}

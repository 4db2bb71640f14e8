import { mkdirSync, renameSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * What was kept under the key; undefined where the file is missing, damaged or of another key. The key is made
 * while the file is read, by another thread.
 */
export async function readCompiled(
  path: string,
  makeKey: () => string,
): Promise<Uint8Array | undefined> {
  const reading = readIfThere(path);
  const key = makeKey();
  const bytes = await reading;
  if (!bytes || bytes.length < HEAD_BYTES) return undefined;
  const { buffer, byteOffset, length } = bytes;
  const content = new Uint8Array(buffer, byteOffset + HEAD_BYTES, length - HEAD_BYTES);
  const head = new DataView(buffer, byteOffset, HEAD_BYTES);
  const isWhole = head.getBigUint64(0) === markOf(key) && head.getBigUint64(8) === sumOf(content);
  return isWhole ? content : undefined;
}

/**
 * Keeps it, whole or not at all; another program that does the same at once does no harm. Throws where it
 * cannot, and leaves nothing behind.
 */
export function writeCompiled(path: string, key: string, content: Uint8Array): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true });
  expectRoom(folder, content.length);
  const draft = `${path}.${crypto.randomUUID()}`;
  try {
    writeFileSync(draft, toFile(key, content), { mode: 0o600 });
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

// The disk is the people's: what is kept only to be quick takes none of the last of it.
const ROOM_LEFT_BYTES = 32_000_000;

function expectRoom(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free < bytes + ROOM_LEFT_BYTES)
    throw new Error(`Cannot keep ${bytes} bytes: expected ${ROOM_LEFT_BYTES} more, found ${free}`);
}

function toFile(key: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES + content.length);
  const head = new DataView(bytes.buffer);
  head.setBigUint64(0, markOf(key));
  head.setBigUint64(8, sumOf(content));
  bytes.set(content, HEAD_BYTES);
  return bytes;
}

/** The mark and the sum; a multiple of 8, as the content's numbers want it. */
const HEAD_BYTES = 16;

function markOf(key: string): bigint {
  return BigInt(Bun.hash(`botline ${key}`));
}

function sumOf(content: Uint8Array): bigint {
  return BigInt(Bun.hash(content));
}

// Read, not mapped: what somebody writes into the file afterwards must not reach a bot that runs.
function readIfThere(path: string): Promise<Uint8Array | undefined> {
  // Whatever is in the way, the bot is compiled anew.
  return Bun.file(path)
    .bytes()
    .catch(() => undefined);
}

import { mkdirSync, renameSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** What a kept file is good for. */
export interface Label {
  /** What its sources look like from outside; empty where that is not to be relied on. */
  readonly look: string;
  /** What its sources hold. */
  readonly key: string;
}

/** What was kept, and whether the sources had to be read to know that it is right. */
export interface Kept {
  readonly content: Uint8Array;
  readonly isByLook: boolean;
}

/**
 * What was kept for sources that look the same, or else hold the same; undefined where the file is missing,
 * damaged or kept for others. The look is taken while the file is read, by another thread.
 */
export async function readCompiled(
  path: string,
  { look, key }: { readonly look: () => string; readonly key: () => string },
): Promise<Kept | undefined> {
  const reading = readIfThere(path);
  const lookNow = look();
  const bytes = await reading;
  if (!bytes || bytes.length < HEAD_BYTES) return undefined;
  const { buffer, byteOffset, length } = bytes;
  const content = new Uint8Array(buffer, byteOffset + HEAD_BYTES, length - HEAD_BYTES);
  const head = new DataView(buffer, byteOffset, HEAD_BYTES);
  if (head.getBigUint64(16) !== sumOf(content)) return undefined;
  const isByLook = lookNow !== "" && head.getBigUint64(8) === markOf(lookNow);
  return isByLook || head.getBigUint64(0) === markOf(key()) ? { content, isByLook } : undefined;
}

/**
 * Keeps it, whole or not at all; another program that does the same at once does no harm. Throws where it
 * cannot, and leaves nothing behind.
 */
export function writeCompiled(path: string, label: Label, content: Uint8Array): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true });
  expectRoom(folder, content.length);
  const draft = `${path}.${crypto.randomUUID()}`;
  try {
    writeFileSync(draft, toFile(label, content), { mode: 0o600 });
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

function toFile({ look, key }: Label, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES + content.length);
  const head = new DataView(bytes.buffer);
  head.setBigUint64(0, markOf(key));
  head.setBigUint64(8, markOf(look));
  head.setBigUint64(16, sumOf(content));
  bytes.set(content, HEAD_BYTES);
  return bytes;
}

/** Two marks and the sum; a multiple of 8, as the content's numbers want it. */
const HEAD_BYTES = 24;

function markOf(label: string): bigint {
  return BigInt(Bun.hash(`botline ${label}`));
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

import { createHash } from "node:crypto";

/** A number from 0 up to 1 that the same seed and key always give, in whatever order they are asked for. */
export type Chance = (key: string) => number;

export function createChance(seed: string): Chance {
  return (key) => digest(seed, key).readUInt32BE() / 2 ** 32;
}

/** Identifiers like Twilio's: a prefix and 32 hexadecimal digits, none of them twice. */
export function createSids(seed: string): (prefix: string) => string {
  let count = 0;
  return (prefix) => {
    count += 1;
    return prefix + digest(seed, `sid ${count}`).toString("hex").slice(0, 32);
  };
}

function digest(seed: string, key: string): Buffer {
  return createHash("sha256").update(`${seed}\n${key}`).digest();
}

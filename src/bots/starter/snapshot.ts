import { compileBot } from "../aiml/compile.ts";
import { toSnapshot } from "../aiml/snapshot.ts";
import { starterFiles } from "./starter.ts";

/**
 * The starter bot, compiled, in base64. Called while the program is built (a Bun macro), so that starting it reads
 * no XML.
 */
export function starterSnapshot(): string {
  return toSnapshot(compileBot(starterFiles)).toBase64();
}

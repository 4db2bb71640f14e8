import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What the compiler of bots looked like when the program was built (a Bun macro): a bot that another one
 * compiled is compiled anew.
 */
export function aimlVersion(): string {
  const folder = join(import.meta.dir, "aiml");
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .toSorted()
    .map((name) => readFileSync(join(folder, name), "utf8"));
  return Bun.hash(sources.join("")).toString(36);
}

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What the compiler of bots looked like when the program was built (a Bun macro): a bot that another one
 * compiled is compiled anew.
 */
export function aimlVersion(): string {
  const folder = import.meta.dir;
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /^aiml.*\.ts$/.test(name))
    .toSorted()
    .map((name) => readFileSync(join(folder, name), "utf8"));
  const libraries = readFileSync(join(folder, "../../bun.lock"), "utf8");
  return Bun.hash([...sources, libraries].join("")).toString(36);
}

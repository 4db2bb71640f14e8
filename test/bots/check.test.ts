import { describe, expect, test } from "bun:test";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkAiml } from "../../src/bots/check.ts";
import { SettingsError } from "../../src/errors.ts";
import { emptyDirectory } from "../fakes/directory.ts";

const ROSIE = join(import.meta.dir, "../../../shared/bots/rosie");

describe("checkAiml()", () => {
  test("finds nothing to tell of the starter bot", () => {
    const { findings, counts } = checkAiml("aiml");

    expect(findings).toEqual([]);
    expect(counts.categories).toBeGreaterThan(300);
  });

  test("names files as they are reached from here, and asks what was meant", () => {
    const folder = emptyDirectory();
    const template = "<templat/><template><srai>A</srai><rsai/></template>";
    const aiml = `<aiml><category><pattern>A</pattern>${template}</category></aiml>`;
    writeFileSync(join(folder, "a.aiml"), aiml);
    writeFileSync(join(folder, "notes.txt"), "");

    const { findings } = checkAiml(`aiml:${folder}`);

    expect(findings.map(({ file, code, hint }) => [file, code, hint])).toEqual([
      [join(folder, "a.aiml"), "misplaced-element", "Did you mean <template>?"],
      [join(folder, "a.aiml"), "endless-srai", "It asks itself"],
      [join(folder, "a.aiml"), "unknown-element", "Did you mean <srai>?"],
      [join(folder, "notes.txt"), "ignored-file", expect.any(String)],
    ]);
  });

  test.each([["echo"], ["pandorabots:ada"], ["aiml:/nowhere/at/all"]])("refuses %s", (spec) => {
    expect(() => checkAiml(spec)).toThrow(SettingsError);
  });
});

// Each was looked at in her files: she has no false alarm among her errors, and what is told by the
// hundred (duplicates, words that normal.substitution takes away) is there by the hundred.
const OF_ROSIE: readonly (readonly [code: string, from: number, to: number])[] = [
  ["endless-srai", 3, 3],
  ["missing-map", 1, 1],
  ["missing-set", 2, 2],
  ["duplicate-category", 200, 250],
  ["duplicate-key", 30, 45],
  ["loose-element", 5, 12],
  ["missing-property", 10, 14],
  ["missing-star", 9, 13],
  ["old-element", 1, 1],
  ["same-category", 120, 150],
  ["srai-to-nothing", 90, 120],
  ["sraix-without-bot", 1, 1],
  ["stray-content", 7, 7],
  ["unknown-attribute", 0, 1],
  ["unknown-element", 3, 3],
  ["unreachable-category", 140, 170],
];

if (existsSync(ROSIE)) describe("checkAiml() of Rosie", checkHer);
else process.stdout.write("Rosie was not checked: she is not in ../shared/bots/rosie\n");

function checkHer(): void {
  const { findings } = checkAiml(`aiml:${ROSIE}`);

  test.each(OF_ROSIE)("tells %s from %d to %d times", (code, from, to) => {
    const told = findings.filter((finding) => finding.code === code);

    expect(told.length).toBeGreaterThanOrEqual(from);
    expect(told.length).toBeLessThanOrEqual(to);
  });

  test("tells nothing else", () => {
    const others = findings.filter(({ code }) => !OF_ROSIE.some(([known]) => known === code));

    expect(others).toEqual([]);
  });
}

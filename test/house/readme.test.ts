import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { settingsTable } from "../../src/app/settings.ts";
import { commands } from "../../src/cli/table.ts";

const ROOT = join(import.meta.dir, "..", "..");
const readme = await Bun.file(join(ROOT, "README.md")).text();

describe("the README", () => {
  test.each(Object.keys(settingsTable))("names the setting %s", (name) => {
    expect(readme).toContain(name);
  });

  test.each(commands.map(({ name }) => name))("names the command %s", (name) => {
    expect(readme).toContain(`\`botline ${name}`);
  });

  test.each(
    Object.entries(settingsTable).flatMap(([name, setting]) =>
      "default" in setting ? [[name, String(setting.default)] as const] : [],
    ),
  )("gives the default of %s: %s", (_, value) => {
    expect(readme).toContain(value);
  });
});

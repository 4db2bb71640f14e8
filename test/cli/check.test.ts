import { expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCli } from "../../src/cli/cli.ts";
import { createDesk, type Desk } from "../fakes/io.ts";

const GOOD = "<aiml><category><pattern>HI</pattern><template>Hello</template></category></aiml>";
const WARNED = GOOD.replace("Hello", "<peron/>");
const BROKEN = "<aiml>\n<category></aiml>";

/** A bot's folder on the desk. */
function put(desk: Desk, files: Readonly<Record<string, string>>): string {
  const folder = join(desk.io.cwd, "bot");
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

test.each([
  ["a good bot", { "a.aiml": GOOD }, [], 0],
  ["warnings", { "a.aiml": WARNED }, [], 0],
  ["warnings, strictly", { "a.aiml": WARNED }, ["--strict"], 1],
  ["a good bot, strictly", { "a.aiml": GOOD }, ["--strict"], 0],
  ["errors", { "a.aiml": GOOD, "b.aiml": BROKEN }, [], 1],
  ["errors as JSON", { "a.aiml": GOOD, "b.aiml": BROKEN }, ["--json"], 1],
  ["a folder without a bot", {}, [], 1],
])("check of %s ends with the right exit code", async (...[, files, flags, wanted]) => {
  using desk = createDesk();
  const folder = put(desk, Object.fromEntries(Object.entries(files)));

  const exitCode = await runCli(["check", folder, ...flags], desk.env, desk.io);

  expect(exitCode).toBe(wanted);
});

test("check prints each problem as compilers do, with a hint, and what it read", async () => {
  using desk = createDesk();
  const folder = put(desk, { "a.aiml": WARNED, "b.aiml": BROKEN, "c.set": "[]" });

  await runCli(["check", folder], desk.env, desk.io);

  expect(desk.stdout().split("\n")).toEqual([
    `${folder}/a.aiml:1:48: warning: Cannot use <peron>: AIML has no such element [unknown-element]`,
    "    Did you mean <person>?",
    expect.stringMatching(/b\.aiml:2:\d+: error: Cannot read the file as XML: .* \[bad-xml\]$/),
    expect.stringContaining("    All of the file is left out"),
    "",
  ]);
  expect(desk.stderr()).toBe(
    "Checked 3 files with 1 category, 1 set, 0 maps, 0 substitutions: 1 error, 1 warning\n",
  );
});

test("check --json prints one object for each problem and nothing else", async () => {
  using desk = createDesk();
  const folder = put(desk, { "a.aiml": WARNED });

  await runCli(["check", folder, "--json"], desk.env, desk.io);

  expect(JSON.parse(desk.stdout())).toEqual({
    severity: "warning",
    code: "unknown-element",
    file: join(folder, "a.aiml"),
    line: 1,
    column: 48,
    message: "Cannot use <peron>: AIML has no such element",
    hint: "Did you mean <person>?",
  });
});

test("check takes the bot that BOT names, the starter bot where none does", async () => {
  using named = createDesk();
  using starter = createDesk();
  const folder = put(named, { "a.aiml": GOOD });

  const exitCodes = [
    await runCli(["check"], { ...named.env, BOT: `aiml:${folder}` }, named.io),
    await runCli(["check"], starter.env, starter.io),
  ];

  expect(exitCodes).toEqual([0, 0]);
  expect(named.stderr()).toStartWith("Checked 1 file with 1 category");
  expect(starter.stderr()).toEndWith("0 errors, 0 warnings\n");
});

test("check refuses a bot that has no files", async () => {
  using desk = createDesk();

  const exitCode = await runCli(["check", "--bot", "echo"], desk.env, desk.io);

  expect(exitCode).toBe(1);
  expect(desk.stderr()).toInclude('expected a bot of AIML files, found "echo"');
});

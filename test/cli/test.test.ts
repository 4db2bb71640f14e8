import { describe, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runCli } from "../../src/cli/cli.ts";
import { createDesk, type FakeIoOptions } from "../fakes/io.ts";

const BOT = `<aiml version="2.1">
<category><pattern>MY NAME IS *</pattern>
<template>Nice to meet you, <set name="name"><star/></set>.</template></category>
<category><pattern>WHO AM I</pattern><template><srai>XNAME</srai></template></category>
<category><pattern>XNAME</pattern><template>You are <get name="name"/>.</template></category>
<category><pattern>DRAW</pattern><template><random><li>one</li><li>two</li></random></template></category>
<category><pattern>WHICH YEAR</pattern><template><date format="%Y" timezone="UTC"/></template></category>
<category><pattern>SAY</pattern><template>a | b<br/>/c\\d</template></category>
</aiml>`;

/** Runs `botline test` in a directory that holds the bot, as `bot`, and these files. */
async function runTest(
  files: Readonly<Record<string, string>>,
  argv: readonly string[] = [],
  options: FakeIoOptions & { readonly env?: Readonly<Record<string, string>> } = {},
) {
  using desk = createDesk(options);
  for (const [name, text] of Object.entries({ "bot/bot.aiml": BOT, ...files })) {
    const path = join(desk.io.cwd, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const bot = ["--bot", `aiml:${join(desk.io.cwd, "bot")}`];
  const env = { ...desk.env, ...options.env };
  const exitCode = await runCli(["test", ...argv, ...bot], env, desk.io);
  return { exitCode, stdout: desk.stdout(), stderr: withoutTimes(desk.stderr()) };
}

function withoutTimes(text: string): string {
  return text.replace(/\d+ ms/g, "0 ms");
}

const NAMES = `# what the bot knows of whom
= a name
> my name is Ada
< Nice to meet you, Ada.
> who am I
< You are Ada. | You are the one called Ada.

= every conversation begins anew, and people are told apart
Ada> my name is Ada
< /^nice/i
Ben> who am I
< You are unknown.
Ada> who am I
< /Ada/
`;

describe("botline test", () => {
  test("says how much passed, and nothing else", async () => {
    const { exitCode, stdout, stderr } = await runTest({ "names.dialogue": NAMES });

    expect(exitCode).toBe(0);
    expect(withoutTimes(stdout)).toBe("5 passed (2 conversations, 1 file, seed 1, 0 ms)\n");
    expect(stderr).toBe("");
  });

  test("tells what went wrong as a diff of the file", async () => {
    const dialogue =
      "= a\n> my name is Ada\n< Ada. | /Ada$/\nBen> who am I\n<\n> stop\n< ok\n> say\n< a\n< b\n";

    const { exitCode, stdout, stderr } = await runTest({ "names.dialogue": dialogue });

    expect(exitCode).toBe(1);
    expect(stdout).toBe(`names.dialogue:2  = a
  > my name is Ada
- < Ada. | /Ada$/
+ < Nice to meet you, Ada.

names.dialogue:4  = a
  Ben> who am I
- <
+ < You are unknown.

names.dialogue:6  = a
  > stop
- < ok
+ <
  # no reply: the carrier answers STOP

names.dialogue:8  = a
  > say
- < a
+ < a \\| b\\n/c\\\\d
- < b

`);
    expect(stderr).toBe("4 of 4 failed (1 conversation, 1 file, seed 1, 0 ms)\n");
  });

  test("fails for a file without a conversation", async () => {
    const { exitCode, stderr } = await runTest({ "a.dialogue": "# > hi\n# < Hello\n" });

    expect(exitCode).toBe(1);
    expect(stderr).toContain("Cannot test a.dialogue: found no conversation in it");
  });

  test("takes the lines of its diffs for answers", async () => {
    const dialogue = "> say\n< a \\| b\\n\\/c\\\\d\n> stop\n<\n> who am I\n< /./\n";

    const { exitCode } = await runTest({ "any.dialogue": dialogue });

    expect(exitCode).toBe(0);
  });

  test("shows with --trace how a wrong answer came about", async () => {
    const { stdout } = await runTest({ "a.dialogue": "> who am I\n< Ada\n" }, ["--trace"]);

    expect(stdout).toBe(`a.dialogue:1
  > who am I
- < Ada
+ < You are unknown.
  input who am I
  match WHO AM I  (bot.aiml:4)
    input XNAME
    match XNAME  (bot.aiml:5)

`);
  });

  test("--json prints one object", async () => {
    const files = { "a.dialogue": "= t\nBen> who am I\n< Ada | /Eve/\n" };

    const { exitCode, stdout } = await runTest(files, ["--json"]);

    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      files: 1,
      conversations: 1,
      exchanges: 1,
      failed: 1,
      rounds: 1,
      seed: 1,
      ms: expect.any(Number),
      failures: [
        {
          file: "a.dialogue",
          line: 2,
          title: "t",
          person: "Ben",
          text: "who am I",
          wanted: ["Ada | /Eve/"],
          found: ["You are unknown."],
          seed: 1,
          rounds: 1,
        },
      ],
    });
  });

  test("--times holds a conversation often enough for chance to show", async () => {
    const files = { "a.dialogue": "> draw\n< one\n" };

    const { exitCode, stdout, stderr } = await runTest(files, ["--times", "20"]);

    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^a\.dialogue:1 \(\d+ of 20 rounds, --seed \d+\)\n/);
    expect(stderr).toContain("1 of 1 failed (1 conversation, 1 file, 20 rounds, seed 1");
  });

  test("--seed draws what the failure that named it drew", async () => {
    const files = { "a.dialogue": "> draw\n< one\n" };
    const { stdout } = await runTest(files, ["--times", "20"]);
    const [, seed = ""] = /--seed (\d+)/.exec(stdout) ?? [];

    const { exitCode } = await runTest(files, ["--seed", seed]);

    expect(exitCode).toBe(1);
  });

  test("--time stops the bot's clock", async () => {
    const files = { "a.dialogue": "> which year\n< 2001\n" };

    const { exitCode } = await runTest(files, ["--time", "2001-05-06T12:00Z"]);

    expect(exitCode).toBe(0);
  });

  test("holds all dialogues below a directory, here where none is named, and a file but once", async () => {
    const files = {
      "a.dialogue": "> who am I\n< /./\n",
      "deep/er/b.dialogue": "> who am I\n< /./\n",
      "deep/c.txt": "no dialogue",
      ".git/d.dialogue": "no dialogue",
      "node_modules/e.dialogue": "no dialogue",
    };

    const here = await runTest(files);
    const below = await runTest(files, ["deep", "deep/er/b.dialogue"]);

    expect(here.stdout).toStartWith("2 passed (2 conversations, 2 files, ");
    expect(below.stdout).toStartWith("1 passed (1 conversation, 1 file, ");
  });

  test.each([
    ["on a terminal", { isTerminal: true }, "- < Ada\u001B[0m"],
    ["in a pipe", {}, "\n- < Ada\n"],
    ["where NO_COLOR is set", { isTerminal: true, env: { NO_COLOR: "1" } }, "\n- < Ada\n"],
  ])("colours its diff only where it is wanted: %s", async (_, options, wanted) => {
    const files = { "a.dialogue": "> who am I\n< Ada\n" };

    const { stdout } = await runTest(files, [], options);

    expect(stdout).toContain(wanted);
  });

  test.each([
    [["nowhere"], 'Cannot test "nowhere": expected a dialogue file or a directory'],
    [["bot"], "found none in it"],
    [["a.dialogue", "--times", "0"], "Cannot read --times: expected a whole number from 1"],
    [["a.dialogue", "--seed", "x"], "Cannot read --seed: expected a whole number from 0"],
    [["a.dialogue", "--time", "noon"], "Cannot read --time: expected a time such as"],
  ])("refuses %j with exit code 2", async (argv, message) => {
    const { exitCode, stderr } = await runTest({ "a.dialogue": "> draw\n< /./\n" }, argv);

    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  test("tells every line that it cannot read, and holds nothing", async () => {
    const files = { "a.dialogue": "hello\n> draw\n< one\n", "b.dialogue": "= b\n" };

    const { exitCode, stdout, stderr } = await runTest(files);

    expect(exitCode).toBe(1);
    expect(stdout).toBe("");
    expect(stderr.split("\n").slice(0, 2)).toEqual([
      'a.dialogue:1: Cannot read the dialogue: expected "= title", "> text", "< answer" or "# comment", found "hello"',
      'b.dialogue:1: Cannot read the dialogue: expected a text (">") in the conversation, found none',
    ]);
  });
});

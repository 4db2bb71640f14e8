import { describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCli } from "../../src/cli/cli.ts";
import { formatTrace } from "../../src/cli/trace.ts";
import { createDesk } from "../fakes/io.ts";

const BOT = `<aiml version="2.1">
<category><pattern>HI ^</pattern><template>Hello! <srai>CALL ME <star/></srai></template></category>
<category><pattern>CALL ME *</pattern>
<template><think><set name="name"><star/></set></think>Ok <star/></template></category>
<category><pattern><set>number</set> * </pattern><that> OK * </that>
<template>Good.<think><set name="name"><star/></set></think></template></category>
<topic name="FOOD *"><category><pattern>_</pattern><template><srai>_ LOOP</srai></template></category></topic>
<category><pattern>LUNCH</pattern><template><set name="topic">food today</set></template></category>
</aiml>`;

/** What `botline chat --trace` writes while these lines are said. */
async function chat(lines: readonly string[], flags: readonly string[] = ["--trace"]) {
  using desk = createDesk({ stdin: `${lines.join("\n")}\n` });
  writeFileSync(join(desk.io.cwd, "bot.aiml"), BOT);
  const argv = ["chat", "--bot", `aiml:${desk.io.cwd}`, ...flags];
  const exitCode = await runCli(argv, desk.env, desk.io);
  return { exitCode, stdout: desk.stdout(), stderr: desk.stderr() };
}

describe("chat --trace", () => {
  test("shows each sentence's way, and leaves the answers alone", async () => {
    const { exitCode, stdout, stderr } = await chat(["Hi, Ada! What?"]);

    expect(exitCode).toBe(0);
    expect(stdout).toBe("Hello! Ok Ada I have no answer for that.\n");
    expect(stderr).toBe(`  input Hi Ada
  match HI ^  (bot.aiml:2)  star: Ada
    input CALL ME Ada
    match CALL ME *  (bot.aiml:3)  star: Ada
      set name: not set → "Ada"
  input What
  no match
`);
  });

  test("shows that and topic with their stars, and a predicate's old value", async () => {
    const { stderr } = await chat(["call me Ada", "3 b"]);

    expect(stderr).toEndWith(`  input 3 b  that: Ok Ada
  match <set>number</set> *  (bot.aiml:5)  that: OK *  star: 3  star 2: b  thatstar: Ada
    set name: "Ada" → "3"
`);
  });

  test("is a field of the object with --json", async () => {
    const { stdout, stderr } = await chat(["lunch"], ["--trace", "--json"]);

    expect(stderr).toBe("");
    expect(JSON.parse(stdout).trace).toEqual([
      { depth: 0, kind: "input", text: "lunch", details: {} },
      { depth: 0, kind: "match", text: "LUNCH", place: "bot.aiml:8", details: {} },
      { depth: 1, kind: "set", text: 'topic: not set → "food today"' },
    ]);
  });

  test("shows the limit that was reached, where, and what goes round only at both ends", async () => {
    const { stderr } = await chat(["lunch", "loop"]);

    expect(stderr).toContain("  input loop  that: food today  topic: food today\n");
    expect(stderr).toContain(
      "  match _  (bot.aiml:7)  topic: FOOD *  star: loop  topicstar: today\n",
    );
    expect(stderr).toMatch(/\n {2}… \d+ more steps …\n/);
    expect(stderr).toEndWith("(512) limit depth  (bot.aiml:7)\n");
  });

  test("shows nothing of a bot that tells nothing", async () => {
    using desk = createDesk({ stdin: "hello\n" });

    await runCli(["chat", "--bot", "echo", "--trace"], desk.env, desk.io);

    expect(desk.stdout()).toBe("hello\n");
    expect(desk.stderr()).toBe("");
  });
});

describe("formatTrace()", () => {
  test.each([
    ["words", `${"word ".repeat(300)}end`],
    ["one long word", "x".repeat(500)],
  ])("keeps within 100 columns: %s", (_, text) => {
    const lines = [0, 30, 512].map((depth) => formatTrace([{ depth, kind: "input", text }]));

    expect(
      lines
        .join("")
        .split("\n")
        .filter((line) => line.length > 100),
    ).toEqual([]);
  });
});

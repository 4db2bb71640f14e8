import { describe, expect, test } from "bun:test";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { createInterpreter } from "../../src/bots/aiml/interpreter.ts";
import { loadAimlFolder } from "../../src/bots/aiml-loading.ts";
import { BotError } from "../../src/errors.ts";
import { type Log, silentLog } from "../../src/log.ts";
import { emptyDirectory } from "../fakes/directory.ts";
import { settled } from "../fakes/failure.ts";
import { recordLog } from "../fakes/log.ts";
import { category } from "./aiml/talk.ts";

function createFolder(files: Readonly<Record<string, string>>): string {
  const folder = emptyDirectory();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const hello = `<aiml>${category("HI", "Hello")}</aiml>`;

/** What the bot in the folder says to "hi" once it is loaded. */
async function hears(folder: string, keepIn?: string, log: Log = silentLog): Promise<string> {
  const bot = await loadAimlFolder(folder, { strict: false, keepIn, log });
  const { answer } = createInterpreter({ bot, now: Date.now, random: Math.random, program: "x" });
  return answer({ text: "hi", personId: "ada", memory: new Map() }).text;
}

function keptIn(folder: string): string {
  return join(folder, readdirSync(folder)[0] ?? "nothing");
}

describe("loadAimlFolder()", () => {
  test("keeps what it compiled and starts from it the next time", async () => {
    const [folder, kept] = [createFolder({ "a.aiml": hello }), emptyDirectory()];
    await hears(folder, kept);
    const before = statSync(keptIn(kept));

    const answer = await hears(folder, kept);

    expect(answer).toBe("Hello");
    expect(statSync(keptIn(kept))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
  });

  test.each([
    ["at once", 0],
    ["after a while", 3_100],
  ])("compiles anew for a file that has changed %s with its size and time kept", async (_, ms) => {
    const [folder, kept] = [createFolder({ "a.aiml": hello }), emptyDirectory()];
    const { atime, mtime } = statSync(join(folder, "a.aiml"));
    await Bun.sleep(ms);
    await hears(folder, kept);
    writeFileSync(join(folder, "a.aiml"), hello.replace("Hello", "Howdy"));
    utimesSync(join(folder, "a.aiml"), atime, mtime);

    const answer = await hears(folder, kept);

    expect(answer).toBe("Howdy");
  });

  test.each([
    ["a new file", { "b.aiml": hello.replace("Hello", "Howdy") }],
    ["a new substitution", { "normal.substitution": '[[" hi ", " bye "]]' }],
  ])("compiles anew for %s", async (_, more) => {
    const [folder, kept] = [createFolder({ "a.aiml": hello }), emptyDirectory()];
    const before = await hears(folder, kept);
    for (const [name, text] of Object.entries(more)) writeFileSync(join(folder, name), text);

    const after = await hears(folder, kept);

    expect(after).not.toBe(before);
  });

  test("compiles anew where what it kept is damaged, and keeps it whole again", async () => {
    const [folder, kept] = [createFolder({ "a.aiml": hello }), emptyDirectory()];
    await hears(folder, kept);
    const whole = readFileSync(keptIn(kept));
    writeFileSync(keptIn(kept), whole.subarray(0, whole.length - 9));

    const answer = await hears(folder, kept);

    expect(answer).toBe("Hello");
    expect(readFileSync(keptIn(kept))).toEqual(whole);
  });

  test("tells of what was left out at every start", async () => {
    const [folder, kept] = [createFolder({ "a.aiml": hello, "b.set": "red" }), emptyDirectory()];
    await hears(folder, kept);
    const loading = { strict: false, keepIn: kept, log: silentLog };

    const { problems } = await loadAimlFolder(folder, loading);

    expect(problems).toEqual([expect.objectContaining({ file: "b.set", line: 1 })]);
  });

  test("keeps one for all folders of a name, and answers by the right one", async () => {
    const [one, other, kept] = [emptyDirectory(), emptyDirectory(), emptyDirectory()];
    for (const [folder, text] of [
      [one, hello],
      [other, hello.replace("Hello", "Howdy")],
    ] as const) {
      mkdirSync(join(folder, "bot"));
      writeFileSync(join(folder, "bot/a.aiml"), text);
    }

    const answers = [
      await hears(join(one, "bot"), kept),
      await hears(join(other, "bot"), kept),
      await hears(join(one, "bot"), kept),
    ];

    expect(answers).toEqual(["Hello", "Howdy", "Hello"]);
    expect(readdirSync(kept)).toEqual(["bot.aiml-compiled"]);
  });

  test("keeps a folder of a very long name", async () => {
    const [above, kept] = [emptyDirectory(), emptyDirectory()];
    const folder = join(above, "ü".repeat(120));
    mkdirSync(folder);
    writeFileSync(join(folder, "a.aiml"), hello);

    await hears(folder, kept);

    expect(readdirSync(kept)).toHaveLength(1);
  });

  test("does not mind what is done to what it kept while the bot runs", async () => {
    const [folder, kept] = [createFolder({ "a.aiml": hello }), emptyDirectory()];
    await hears(folder, kept);
    const bot = await loadAimlFolder(folder, { strict: false, keepIn: kept, log: silentLog });
    const { answer } = createInterpreter({ bot, now: Date.now, random: Math.random, program: "x" });

    truncateSync(keptIn(kept), 0);

    expect(answer({ text: "hi", personId: "ada", memory: new Map() }).text).toBe("Hello");
  });

  test("leaves hidden files and what packages brought alone", async () => {
    const folder = createFolder({ "a.aiml": hello, "._a.aiml": "\0\0", ".old.aiml": "<aiml" });
    mkdirSync(join(folder, ".git"));
    mkdirSync(join(folder, "node_modules"));
    for (const name of [".git/z.aiml", "node_modules/z.aiml"])
      writeFileSync(join(folder, name), hello.replace("Hello", "Howdy"));

    const { size, problems } = await loadAimlFolder(folder, { strict: true, log: silentLog });

    expect([size, problems]).toEqual([1, []]);
    expect(await hears(folder)).toBe("Hello");
  });

  test("passes over links that lead to each other", async () => {
    const folder = createFolder({ "a.aiml": hello });
    symlinkSync("loop.aiml", join(folder, "loop.aiml"));

    expect(await hears(folder)).toBe("Hello");
  });

  test("answers where nothing can be kept, and says so", async () => {
    const folder = createFolder({ "a.aiml": hello });
    const { log, lines } = recordLog();

    const answer = await hears(folder, join(folder, "a.aiml"), log);

    expect(answer).toBe("Hello");
    expect(lines).toEqual([expect.objectContaining({ event: "bot.compiled_not_kept" })]);
  });

  test("refuses a broken bot when it is strict, and says where it is broken", async () => {
    const folder = createFolder({ "a.aiml": hello, "b.aiml": "<aiml>\n<category>" });

    const refusal = await settled(
      loadAimlFolder(folder, { strict: true, keepIn: undefined, log: silentLog }),
    );

    expect(refusal).toBeInstanceOf(BotError);
    expect(refusal).toMatchObject({ message: expect.stringContaining("found 1: b.aiml:2: ") });
  });
});

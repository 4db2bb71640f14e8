import { describe, expect, test } from "bun:test";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { aiml } from "../../src/bots/aiml.ts";
import { BotError, SettingsError } from "../../src/errors.ts";
import { createLog, silentLog } from "../../src/log.ts";
import { readSettings } from "../../src/settings.ts";
import { botContract } from "../contracts/bot.ts";
import { emptyDirectory } from "../fakes/directory.ts";
import { never, settled } from "../fakes/failure.ts";
import { createPerson, NO_MEMORIES, turnOf } from "../fakes/person.ts";

const hello = "<aiml><category><pattern>HI</pattern><template>Hello</template></category></aiml>";

function createFolder(files: Readonly<Record<string, string>>): string {
  const folder = emptyDirectory();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

function createBot(argument: string, log = silentLog) {
  return aiml.create({ argument, settings: readSettings(aiml.settings, []).values, log });
}

botContract(
  "aiml",
  () => createBot(""),
  (name) => [
    [`My name is ${name}`, new RegExp(name)],
    ["What is my name?", new RegExp(name)],
  ],
);

describe("aiml.create()", () => {
  test("runs the bot inside the executable without an argument", async () => {
    const answer = await createPerson().say(createBot(""), "hello");

    expect(answer).not.toBe("");
  });

  test("runs the bot in a folder, its sub-folders included", async () => {
    const folder = createFolder({
      "lib/bot.aiml": hello,
      "lib/readme.md": "x",
      "a.set/b.set": "[]",
    });

    const answer = await createPerson().say(createBot(folder), "Hi!");

    expect(answer).toBe("Hello");
  });

  test("passes over pipes, broken links and links that lead back to where they came from", async () => {
    const folder = createFolder({ "bot.aiml": hello });
    symlinkSync(".", join(folder, "again"));
    symlinkSync("nowhere.aiml", join(folder, "gone.aiml"));
    Bun.spawnSync(["mkfifo", join(folder, "pipe.aiml")]);

    const answer = await createPerson().say(createBot(folder), "hi");

    expect(answer).toBe("Hello");
  });

  test("leaves a broken file out and logs its place", async () => {
    const lines: string[] = [];
    const log = createLog({ level: "warn", format: "json", write: (line) => lines.push(line) });
    const folder = createFolder({ "bad.aiml": "<aiml>\n<category>", "good.aiml": hello });

    const answer = await createPerson().say(createBot(folder, log), "hi");

    expect(answer).toBe("Hello");
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        event: "bot.file_left_out",
        bot: basename(folder),
        file: "bad.aiml",
        line: 2,
      }),
    ]);
  });

  test.each([
    ["is not there", () => "/nowhere/at/all", "found nothing"],
    ["is a file", () => join(createFolder({ "a.aiml": hello }), "a.aiml"), "found a file"],
    ["holds no AIML", () => createFolder({ "readme.md": "x" }), "found none in it"],
  ])("refuses a folder that %s", async (_, folder, found) => {
    const refusal = await settled(createBot(folder()));

    expect(refusal).toBeInstanceOf(SettingsError);
    expect(refusal).toMatchObject({ message: expect.stringContaining(found) });
  });

  test("refuses a bot without a single category", async () => {
    const folder = createFolder({ "bad.aiml": "<aiml>" });

    await expect(createBot(folder)).rejects.toThrow(BotError);
  });
});

describe("aiml.name", () => {
  test("is the folder's own, for memory goes by it", async () => {
    const folder = createFolder({ "ada/a.aiml": hello, "ben/a.aiml": hello });

    const bots = [createBot(join(folder, "ada")), createBot(`${folder}/ben/`), createBot("")];

    expect((await Promise.all(bots)).map(({ name }) => name)).toEqual([
      "aiml:ada",
      "aiml:ben",
      "aiml",
    ]);
  });
});

describe("aiml.reply()", () => {
  test("teaches all people what one of them taught for all, also after a restart", async () => {
    const lesson = hello.replace("<template>Hello", "<template>Hey").replaceAll(/<.?aiml>/g, "");
    const folder = createFolder({
      "bot.aiml": hello,
      "teach.aiml": hello.replace("HI", "TEACH").replace("Hello", `<learnf>${lesson}</learnf>ok`),
    });
    const everybody = { shared: new Map<string, string>() };
    const [ada, ben] = [createPerson(everybody), createPerson(everybody)];
    const bot = createBot(folder);
    const before = await ben.say(bot, "hi");
    await ada.say(bot, "teach");

    const answers = [await ben.say(bot, "hi"), await ben.say(createBot(folder), "hi")];

    expect([before, ...answers]).toEqual(["Hello", "Hey", "Hey"]);
  });

  test("rejects with the signal's reason once it has aborted", async () => {
    const bot = await createBot("");
    const reason = new Error("too late");

    const reply = bot.reply(turnOf("hi"), NO_MEMORIES, AbortSignal.abort(reason));

    await expect(reply).rejects.toBe(reason);
  });

  test("hands on the messages and what is meant for machines, and logs the latter's names alone", async () => {
    const lines: string[] = [];
    const log = createLog({ level: "debug", format: "json", write: (line) => lines.push(line) });
    const template = "One<split/>two<oob><dial>my secret<b/></dial></oob>";
    const bot = await createBot(
      createFolder({ "bot.aiml": hello.replace("Hello", template) }),
      log,
    );

    const reply = await bot.reply(turnOf("hi"), NO_MEMORIES, never());

    expect(reply).toMatchObject({
      text: "One\ntwo",
      texts: ["One", "two"],
      oob: ["<oob><dial>my secret<b/></dial></oob>"],
    });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        time: expect.any(String),
        level: "debug",
        event: "bot.oob",
        bot: expect.any(String),
        elements: "oob dial b",
      },
    ]);
  });

  test("logs the limit that a bot ran into and where, not the text", async () => {
    const lines: string[] = [];
    const log = createLog({ level: "warn", format: "json", write: (line) => lines.push(line) });
    const folder = createFolder({ "loop.aiml": hello.replace("Hello", "<srai>HI</srai>") });

    await createPerson().say(createBot(folder, log), "hi");

    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        event: "bot.limit_reached",
        bot: basename(folder),
        limit: "depth",
        file: "loop.aiml",
        line: 1,
      }),
    ]);
  });
});

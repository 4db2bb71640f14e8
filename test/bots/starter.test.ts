import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { aiml } from "../../src/bots/aiml.ts";
import type { Bot } from "../../src/bots/bot.ts";
import { starterFiles } from "../../src/bots/starter/starter.ts";
import { runCli } from "../../src/cli/cli.ts";
import { type Dialogue, parseDialogues } from "../../src/cli/dialogue/parse.ts";
import { type Log, silentLog } from "../../src/log.ts";
import { readSettings } from "../../src/settings.ts";
import { createDesk } from "../fakes/io.ts";
import { recordLog } from "../fakes/log.ts";
import { createPerson, type Person } from "../fakes/person.ts";

const FIXTURES = join(import.meta.dir, "../fixtures/starter");
const STARTER = join(import.meta.dir, "../../src/bots/starter");

const files = readdirSync(FIXTURES);

const dialogues = files.flatMap((name) => {
  const text = readFileSync(join(FIXTURES, name), "utf8");
  return parseDialogues({ name, text }).dialogues;
});

// The bot draws lots, so each conversation is held a few times.
const ROUNDS = "5";

const bot = await createStarter();

function createStarter(log: Log = silentLog): Promise<Bot> {
  return aiml.create({ argument: "", settings: readSettings(aiml.settings, []).values, log });
}

describe("starter", () => {
  test.each(files)("holds the conversations in %s", async (name) => {
    using desk = createDesk();

    const argv = ["test", join(FIXTURES, name), "--bot", "aiml", "--times", ROUNDS];
    const exitCode = await runCli(argv, desk.env, desk.io);

    expect(desk.stdout() + desk.stderr()).toMatch(/^\d+ passed .*\n$/);
    expect(exitCode).toBe(0);
  });

  test("reply() is short and plain enough for one text", async () => {
    const answers = (await Promise.all(dialogues.map(answersIn))).flat();

    expect(answers.filter((answer) => !ONE_TEXT.test(answer))).toEqual([]);
  });

  test("reply() lets a number be found by halving, each guess after a restart", async () => {
    const ada = createPerson();
    await ada.say(createStarter(), "let's play");

    const answers = await halve(ada, 1, 20);

    expect(answers.at(-1)).toMatch(/Another round\?$/);
    expect(answers.at(-1)).not.toMatch(/last guess: /);
    expect(await ada.say(createStarter(), "sure")).toMatch(/^I have a number/);
    expect(await ada.say(createStarter(), "what is my score")).toMatch(/once so far\.$/);
  });

  test.each([
    ["nothing but smileys", "😀".repeat(800), /^:\)$/],
    ["nothing but waves", "👋".repeat(800), /^Hi, I'm Botline/],
    ["smileys of many kinds", "😂🙂👋🎉".repeat(200), /celebrating\?$/],
    ["smileys before words", `${"🙂".repeat(780)} what is your name`, /^I'm Botline/],
    ["smileys after words", `what is your name ${"🙂".repeat(780)}`, /^I'm Botline/],
  ])("reply() answers the longest text of %s within all limits", async (_, text, wanted) => {
    const { log, lines } = recordLog();

    const answer = await createPerson().say(createStarter(log), text);

    expect(answer).toMatch(wanted);
    expect(lines).toEqual([]);
  });

  test("starterFiles hold every file of the folder", () => {
    const names = readdirSync(STARTER).filter((name) => !name.endsWith(".ts"));

    expect(starterFiles.map(({ name }) => name)).toEqual(names.toSorted());
  });

  test("starterFiles answer none of the carriers' keywords by itself", () => {
    const patterns = starterFiles.flatMap(({ text }) =>
      [...text.matchAll(/<pattern>(.*?)<\/pattern>/g)].map(([, pattern]) => pattern),
    );

    expect(patterns.length).toBeGreaterThan(50);
    expect(patterns.filter((pattern) => CARRIER_KEYWORD.test(pattern ?? ""))).toEqual([]);
  });
});

// GSM-7's own characters without the accents, and 160 of them at most.
const ONE_TEXT = /^[A-Za-z0-9 @$_!"#%&'()*+,\-./:;<=>?]{1,160}$/;

const CARRIER_KEYWORD =
  /^(STOP|STOPALL|UNSUBSCRIBE|CANCEL|END|QUIT|REVOKE|OPTOUT|START|UNSTOP|YES|HELP|INFO)$/i;

async function answersIn({ exchanges }: Dialogue): Promise<string[]> {
  const person = createPerson();
  const answers: string[] = [];
  for (const { text } of exchanges) answers.push(await person.say(bot, text));
  return answers;
}

/** Guesses the middle of what is left until the game is over. */
async function halve(person: Person, low: number, high: number): Promise<string[]> {
  const guess = Math.floor((low + high) / 2);
  const answer = await person.say(createStarter(), String(guess));
  if (answer.startsWith("Higher")) return [answer, ...(await halve(person, guess + 1, high))];
  if (answer.startsWith("Lower")) return [answer, ...(await halve(person, low, guess - 1))];
  return [answer];
}

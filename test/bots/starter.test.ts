import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { aiml } from "../../src/bots/aiml.ts";
import type { Bot } from "../../src/bots/bot.ts";
import { starterFiles } from "../../src/bots/starter/starter.ts";
import { type Log, silentLog } from "../../src/log.ts";
import { readSettings } from "../../src/settings.ts";
import { recordLog } from "../fakes/log.ts";
import { createPerson, type Person } from "../fakes/person.ts";
import { type Dialogue, isAllowed, parseDialogues } from "./dialogue.ts";

const FIXTURES = join(import.meta.dir, "../fixtures/starter");
const STARTER = join(import.meta.dir, "../../src/bots/starter");

const dialogues = readdirSync(FIXTURES).flatMap((name) =>
  parseDialogues(readFileSync(join(FIXTURES, name), "utf8")),
);

// The bot draws lots, so each conversation is held a few times.
const ROUNDS = 5;

const bot = await createStarter();

function createStarter(log: Log = silentLog): Promise<Bot> {
  return aiml.create({ argument: "", settings: readSettings(aiml.settings, []).values, log });
}

describe("starter", () => {
  test.each(dialogues.map((dialogue) => [dialogue.title, dialogue] as const))(
    "reply() holds the dialogue: %s",
    async (_, dialogue) => {
      const rounds = Array.from({ length: ROUNDS }, () => surprises(dialogue));

      expect((await Promise.all(rounds)).flat()).toEqual([]);
    },
  );

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

/** What the bot said that the dialogue does not allow. */
async function surprises({ exchanges }: Dialogue): Promise<string[]> {
  const person = createPerson();
  const found: string[] = [];
  for (const exchange of exchanges) {
    const answer = await person.say(bot, exchange.text);
    if (!isAllowed(answer, exchange)) found.push(`> ${exchange.text}\n< ${answer}`);
  }
  return found;
}

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

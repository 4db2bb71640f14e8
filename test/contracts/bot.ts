import { describe, expect, test } from "bun:test";
import type { Bot } from "../../src/bots/bot.ts";
import { BotError } from "../../src/errors.ts";
import { never, settled } from "../fakes/failure.ts";
import { createPerson, type Person, turnOf } from "../fakes/person.ts";

/** What a person of this name says, and what must come back. */
export type Dialogue = (name: string) => readonly (readonly [said: string, wanted: RegExp])[];

/**
 * What every bot must pass. `makeBot` gives a new one each time, as a restart would; the dialogue should have
 * the bot recall the name, where it can.
 *
 * ```ts
 * botContract("parrot", () => parrot.create(options), (name) => [[`I am ${name}`, new RegExp(name)]]);
 * ```
 */
export function botContract(
  name: string,
  makeBot: () => Bot | Promise<Bot>,
  dialogue: Dialogue = smallTalk,
): void {
  describe(`${name} as a bot`, () => {
    test("reply() answers a text", async () => {
      const answer = await createPerson().say(await makeBot(), "Hello");

      expect(answer).toMatch(/\S/);
    });

    test("reply() leaves the memory it is given alone", async () => {
      const bot = await makeBot();
      const person = await toAcquaintance(bot, dialogue("Ada"));
      const memories = { own: person.memory, shared: new Map([["key", "value"]]) };
      const before = structuredClone(memories);

      await bot.reply(turnOf("Hello again"), memories, never());

      expect(memories).toEqual(before);
    });

    test("reply() remembers through what it returned, not in itself", async () => {
      const ada = createPerson();

      const heard = await inTurn(dialogue("Ada"), async ([said]) => ada.say(await makeBot(), said));

      expectDialogue(heard, dialogue("Ada"));
    });

    test("reply() keeps two people apart when they talk by turns", async () => {
      const bot = await makeBot();
      const [ada, bob] = [createPerson(), createPerson()];
      const lines = dialogue("Ada").map(
        ([said], at) => [said, dialogue("Bob")[at]?.[0] ?? ""] as const,
      );

      const heard = await inTurn(lines, async ([fromAda, fromBob]) => [
        await ada.say(bot, fromAda),
        await bob.say(bot, fromBob),
      ]);

      expectDialogue(heard.map(first), dialogue("Ada"));
      expectDialogue(heard.map(last), dialogue("Bob"));
    });

    test(
      "reply() rejects with the signal's reason once it has aborted",
      async () => {
        const reason = new Error("no longer wanted");

        const answer = createPerson().say(await makeBot(), "Hello", AbortSignal.abort(reason));

        expect(await settled(answer)).toBe(reason);
      },
      BOUND_MS,
    );

    test("check() resolves when the bot can be used", async () => {
      const bot = await makeBot();

      expect(await bot.check(never())).toBeUndefined();
    });

    test("name stays from one start to the next, for the memory hangs on it", async () => {
      const [before, after] = [await makeBot(), await makeBot()];

      expect(after.name).toBe(before.name);
    });

    test.each(hostileTexts)(
      "reply() answers or throws a BotError when the text is %s",
      async (_, text) => {
        const outcome = await settled(createPerson().say(await makeBot(), text));

        expect(typeof outcome === "string" || outcome instanceof BotError).toBe(true);
      },
      BOUND_MS,
    );

    test.each(hostileTexts)(
      "reply() still answers after a text that was %s",
      async (_, text) => {
        const bot = await makeBot();
        const person = createPerson();
        await settled(person.say(bot, text));

        const answer = await person.say(bot, "Hello");

        expect(answer).toMatch(/\S/);
      },
      BOUND_MS,
    );
  });
}

// Far more than any of these takes; a bot that hangs fails here and not after minutes.
const BOUND_MS = 3_000;

const hostileTexts: [what: string, text: string][] = [
  ["empty", ""],
  ["blank", " \t\n "],
  ["10,000 letters", "a".repeat(10_000)],
  ["10,000 words", "never ".repeat(10_000)],
  ["10,000 sentences", "No. ".repeat(10_000)],
  ["one letter under 10,000 accents", `e${"\u0301".repeat(10_000)}`],
  ["lone surrogates", "\uD83D \uDE00\uD83D"],
  ["control characters", "\u0000\u0001\u001B[2J\u007F\u0085\u202E"],
  ["a name of the language", "__proto__ constructor toString"],
  ["wildcards", "* _ ^ # $ **"],
  ["markup", "</template><srai>]]>&amp;&bad;<"],
];

const smallTalk: Dialogue = (name) => [
  ["Hello", /\S/],
  [`My name is ${name}`, /\S/],
];

async function toAcquaintance(bot: Bot, dialogue: ReturnType<Dialogue>): Promise<Person> {
  const person = createPerson();
  await inTurn(dialogue, ([said]) => person.say(bot, said));
  return person;
}

async function inTurn<Item, Result>(
  items: readonly Item[],
  act: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await act(item));
  return results;
}

function expectDialogue(heard: readonly unknown[], dialogue: ReturnType<Dialogue>): void {
  expect(heard).toEqual(dialogue.map(([, wanted]) => expect.stringMatching(wanted)));
}

function first<Item>([item]: readonly Item[]): Item | undefined {
  return item;
}

function last<Item>(items: readonly Item[]): Item | undefined {
  return items.at(-1);
}

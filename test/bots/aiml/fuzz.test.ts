import { heapStats } from "bun:jsc";
import { describe, expect, test } from "bun:test";
import { type CompiledBot, compileBot } from "../../../src/bots/aiml/compile.ts";
import {
  type Answer,
  createInterpreter,
  type Interpreter,
} from "../../../src/bots/aiml/interpreter.ts";
import { MAX_HISTORY, MAX_OUTPUT_LENGTH } from "../../../src/bots/aiml/limits.ts";
import { fromSnapshot, toSnapshot } from "../../../src/bots/aiml/snapshot.ts";
import type { Ask } from "../../../src/bots/aiml/sraix.ts";
import { createDice, type Dice } from "./dice.ts";
import { damage, mutated, randomText } from "./mutate.ts";
import { randomBot } from "./random-bot.ts";
import { category, createBot, createTalker, NOON } from "./talk.ts";

// Every round has its own seed: FUZZ_SEED=the seed of a failure and FUZZ_ROUNDS=1 run it again.
const SEED = Number(Bun.env["FUZZ_SEED"] ?? 1);
const ROUNDS = Number(Bun.env["FUZZ_ROUNDS"] ?? 100);
const TURNS = 12;
const MAX_MS = 1_000;
const MAX_GROWTH = 24 * 1024 * 1024;

describe("answer()", () => {
  test("neither throws nor hangs nor says or remembers too much, whatever the files and the person", async () => {
    await playRounds(SEED, ROUNDS / 4);
    const before = heapInUse();

    await playRounds(SEED + ROUNDS / 4, ROUNDS - ROUNDS / 4);

    expect(heapInUse() - before).toBeLessThan(MAX_GROWTH);
  }, 0);

  test("keeps nothing of many people's many texts", () => {
    const dice = createDice(SEED);
    const teach = `<learn><category><pattern>X <eval><star/></eval></pattern><template>1</template></category></learn>`;
    const bot = createBot({ aiml: category("*", "<star/>") + category("^ A *", teach) });
    const talkToMany = () => {
      for (let turn = 0; turn < 1_500; turn++)
        createTalker(`person ${turn}`).ask(bot, randomText(dice) + randomText(dice));
    };
    for (let times = 0; times < 3; times++) talkToMany();
    const before = heapInUse();

    talkToMany();

    expect(heapInUse() - before).toBeLessThan(MAX_GROWTH);
  });
});

async function playRounds(first: number, count: number): Promise<void> {
  for (let seed = first; seed < first + count; seed++) {
    try {
      await playRound(seed);
    } catch (cause) {
      throw new Error(`Cannot finish the round of FUZZ_SEED=${seed}`, { cause });
    }
  }
}

async function playRound(seed: number): Promise<void> {
  const dice = createDice(seed);
  const files = randomBot(dice);
  const bot = await inTime(async () => compileBot(files));
  const isTwin = dice.onceIn(3);
  const players = isTwin
    ? [startWith(bot, seed, sameTime()), startWith(fromSnapshot(toSnapshot(bot)), seed, sameTime())]
    : [startWith(bot, seed, Date.now)];
  for (let turn = 0; turn < TURNS; turn++) await playTurn(dice, players);
}

/** A bot, a person who talks with it, and what is remembered for everybody. */
interface Player {
  readonly bot: Interpreter;
  readonly memory: Map<string, string>;
  shared: ReadonlyMap<string, string>;
  readonly ask: Ask;
}

function startWith(bot: CompiledBot, seed: number, now: () => number): Player {
  const [lots, others] = [createDice(seed), createDice(seed)];
  const random = () => lots.upTo(1_000) / 1_000;
  return {
    bot: createInterpreter({ bot, now, random, program: "test 1" }),
    memory: new Map(),
    shared: new Map(),
    ask: async () => (others.onceIn(4) ? undefined : randomText(others)),
  };
}

/** A clock that goes on when it is looked at: two bots that do the same see the same. */
function sameTime(): () => number {
  let time = NOON;
  return () => time++;
}

async function playTurn(dice: Dice, players: readonly Player[]): Promise<void> {
  const said = dice.onceIn(3) ? mutated(dice, randomText(dice)) : randomText(dice);
  const seed = dice.upTo(1_000_000);
  const answers: Answer[] = [];
  for (const player of players) answers.push(await answerTo(player, said, createDice(seed)));

  const [answer, same = answer] = answers;

  expect(same).toEqual(answer);
}

async function answerTo(player: Player, said: string, dice: Dice): Promise<Answer> {
  const { bot, memory, ask } = player;
  if (dice.onceIn(4)) damage(dice, memory);
  if (dice.onceIn(8)) player.shared = damaged(dice, player.shared);
  const { size } = memory;
  const question = { text: said, personId: "ada", memory, shared: player.shared };

  const answer = await inTime(() => bot.answerAsking(question, { ask, effort: { spentMs: 0 } }));

  const { raw, text, remember, rememberForAll } = answer;
  remembered(memory, remember);
  player.shared = remembered(new Map(player.shared), rememberForAll);
  expect(raw.length).toBeLessThanOrEqual(MAX_OUTPUT_LENGTH);
  // The white space in an address is written out.
  expect(text.length).toBeLessThanOrEqual(MAX_OUTPUT_LENGTH * 3);
  expect(memory.size - size).toBeLessThan(400);
  expect(lengthOf(remember) + lengthOf(rememberForAll)).toBeLessThan(1_500_000);
  expect([...memory.keys()].filter(isHistory).length).toBeLessThanOrEqual(MAX_HISTORY);
  return answer;
}

function damaged(dice: Dice, memory: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const copy = new Map(memory);
  damage(dice, copy);
  return copy;
}

function remembered(
  memory: Map<string, string>,
  changes: Answer["remember"],
): ReadonlyMap<string, string> {
  for (const [key, value] of changes) {
    if (value === null) memory.delete(key);
    else memory.set(key, value);
  }
  return memory;
}

/** A machine that stops for a moment does so once, a slow answer is slow again. */
async function inTime<Result>(run: () => Promise<Result>): Promise<Result> {
  const first = await timed(run);
  if (first.ms < MAX_MS) return first.result;
  const second = await timed(run);
  expect(second.ms).toBeLessThan(MAX_MS);
  return second.result;
}

async function timed<Result>(run: () => Promise<Result>): Promise<{ result: Result; ms: number }> {
  const started = performance.now();
  const result = await run();
  return { result, ms: performance.now() - started };
}

function lengthOf(remember: ReadonlyMap<string, string | null>): number {
  return [...remember].reduce((sum, [key, value]) => sum + key.length + (value?.length ?? 0), 0);
}

function isHistory(key: string): boolean {
  return key.startsWith("h:");
}

function heapInUse(): number {
  Bun.gc(true);
  return heapStats().heapSize;
}

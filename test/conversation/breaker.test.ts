import { describe, expect, test } from "bun:test";
import { type Outcome, textsOf } from "../../src/message.ts";
import { createRoad, type Road } from "../fakes/brakes.ts";
import { createChance } from "../fakes/chance.ts";
import {
  type Answerer,
  BOTS,
  between,
  counter,
  MACHINES,
  PEOPLE,
  type Texter,
} from "../fakes/texters.ts";

const SEEDS = [1, 2, 3, 4, 5];
const HOUR_MS = 3_600_000;
const DRIVING = "I am driving and will answer later.";

describe("the breaker stops a machine that", () => {
  const cases = MACHINES.flatMap((machine) => BOTS.map((bot) => ({ ...machine, ...bot })));

  test.each(cases)("$name, to a bot that $bot", async ({ create, answerer }) => {
    const stopped: number[] = [];
    for (const seed of SEEDS) {
      const texter = { say: create(), gapMs: between(400, 3500) };
      stopped.push(await talk({ texter, bot: answerer(), texts: 200 }, seed));
    }

    expect(Math.max(...stopped)).toBeLessThanOrEqual(18);
  });
});

describe("the breaker stops, over slow networks, a machine that", () => {
  const cases = MACHINES.filter(({ name }) => name !== "never says the same twice");

  test.each(cases)("$name", async ({ create }) => {
    const stopped: number[] = [];
    for (const seed of SEEDS) {
      const texter = { say: create(), gapMs: between(2000, 8000) };
      stopped.push(await talk({ texter, bot: counter("text"), texts: 200 }, seed));
    }

    expect(Math.max(...stopped)).toBeLessThanOrEqual(32);
  });
});

describe("the breaker lets a person be who", () => {
  test.each(PEOPLE)("$name", async ({ texter, answerer, texts }) => {
    const answered: number[] = [];
    for (const seed of SEEDS) answered.push(await talk({ texter, bot: answerer(), texts }, seed));

    expect(answered).toEqual(SEEDS.map(() => texts));
  });
});

describe("the breaker", () => {
  test("lets a script be that posts its texts one after the other", async () => {
    const road = createRoad({ settings: { LOOP_BREAKER: true } });
    const kinds = new Set<string>();
    for (let count = 0; count < 100; count += 1) {
      road.clock.now += 9;
      kinds.add((await road.say({ text: `this is text ${count}` })).kind);
    }

    expect([...kinds]).toEqual(["reply"]);
  });

  test("lets a script be whose texts all came before the first answer", async () => {
    const road = createRoad({ settings: { LOOP_BREAKER: true } });
    const receivedAt = road.clock.now;
    const kinds = new Set<string>();
    for (let count = 0; count < 100; count += 1) {
      road.clock.now += 1000;
      kinds.add((await road.say({ text: `this is text ${count}`, receivedAt })).kind);
    }

    expect([...kinds]).toEqual(["reply"]);
  });

  test("lets a person be who goes on while the bot is silent", async () => {
    const road = createRoad({ settings: { LOOP_BREAKER: true } });
    await road.say({ text: DRIVING });
    const outcomes: unknown[] = [];
    for (let count = 0; count < 30; count += 1) {
      road.clock.now += 1000;
      const { turn, outcome } = await road.begin({ text: DRIVING });
      road.end(turn, { kind: "silence", reason: "the bot said nothing" });
      outcomes.push(outcome);
    }

    expect(new Set(outcomes)).toEqual(new Set([undefined]));
  });

  test("gives one notice, is silent for an hour, and listens again then", async () => {
    const road = createRoad({ settings: { LOOP_BREAKER: true } });

    const notice = await loop(road);
    const silence = await road.say();
    road.clock.now += HOUR_MS - 1000;
    const stillSilent = await road.say();
    road.clock.now += 1000;
    const again = await road.say();

    expect(notice).toMatchObject({
      kind: "fallback",
      texts: ["It seems that two machines talk to each other here, so I'll be quiet for an hour."],
      reason: "loop: two machines talk",
    });
    expect(silence).toEqual({ kind: "silence", reason: "loop: muted" });
    expect(stillSilent.kind).toBe("silence");
    expect(again.kind).toBe("reply");
  });

  test("is silent twice as long each time within a day", async () => {
    const road = createRoad({ settings: { LOOP_BREAKER: true } });
    const notices: string[] = [];
    for (const hours of [1, 2, 4]) {
      notices.push(textsOf(await loop(road)).join());
      road.clock.now += hours * HOUR_MS;
    }

    expect(notices.map((notice) => /quiet for (.*)\.$/.exec(notice)?.[1])).toEqual([
      "an hour",
      "2 hours",
      "4 hours",
    ]);
  });

  test("forgives after a day", async () => {
    const road = createRoad({ settings: { LOOP_BREAKER: true } });
    await loop(road);
    road.clock.now += 25 * HOUR_MS;

    const notice = await loop(road);

    expect(textsOf(notice).join()).toContain("an hour");
  });

  test("mutes one number at one of ours, and nobody else", async () => {
    const road = createRoad({ settings: { LOOP_BREAKER: true } });
    await loop(road);

    const elsewhere = await road.say({ to: "+15550008888" });
    const other = await road.say({ from: "+15550002222" });

    expect([elsewhere.kind, other.kind]).toEqual(["reply", "reply"]);
  });

  test("tells the operator, with neither the text nor the whole number", async () => {
    const road = createRoad({ settings: { LOOP_BREAKER: true } });
    await loop(road);

    const [line, ...more] = road.lines;

    expect(line).toMatchObject({ level: "warn", event: "loop.stopped", from: "+1…1111" });
    expect(line).toMatchObject({ mutedForMinutes: 60 });
    expect(JSON.stringify(line)).not.toContain("driving");
    expect(more).toEqual([]);
  });

  test("begins anew after a pause that a person makes", async () => {
    const road = createRoad({ settings: { LOOP_BREAKER: true } });
    const kinds = new Set<string>();
    for (let count = 0; count < 50; count += 1) {
      road.clock.now += count % 8 === 0 ? 50_000 : 1000;
      kinds.add((await road.say({ text: "tell me a joke, please" })).kind);
    }

    expect([...kinds]).toEqual(["reply"]);
  });

  test("mutes nobody for longer when the clock jumps back", async () => {
    const road = createRoad({ settings: { LOOP_BREAKER: true } });
    await loop(road);
    road.clock.now -= 1000 * HOUR_MS;
    const muted = await road.say();
    road.clock.now += HOUR_MS;

    const answered = await road.say();

    expect([muted.kind, answered.kind]).toEqual(["silence", "reply"]);
  });

  test("is off where LOOP_BREAKER is", async () => {
    const road = createRoad({ settings: { LOOP_BREAKER: false } });

    const last = await loop(road);

    expect(last.kind).toBe("reply");
  });
});

/** A machine texts until it is stopped, at most fifty times; the last outcome. */
async function loop(road: Road): Promise<Outcome> {
  let outcome = await road.say({ text: DRIVING });
  for (let count = 0; count < 50 && outcome.kind === "reply"; count += 1) {
    road.clock.now += 2000;
    outcome = await road.say({ text: DRIVING });
  }
  return outcome;
}

interface Talk {
  readonly texter: Texter;
  readonly bot: Answerer;
  /** How many the texter sends. */
  readonly texts: number;
}

/** How many texts were answered before the breaker ended the talk. */
async function talk({ texter, bot, texts }: Talk, seed: number): Promise<number> {
  const road = createRoad({ settings: { LOOP_BREAKER: true }, bot });
  const chance = createChance(seed);
  let answer = "";
  for (let count = 0; count < texts; count += 1) {
    const text = texter.say(answer, chance);
    road.clock.now += texter.gapMs(text, chance);
    const outcome = await road.say({ text });
    if (outcome.kind !== "reply") return count;
    answer = textsOf(outcome).join(" ");
  }
  return texts;
}

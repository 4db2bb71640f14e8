import { describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { SettingsError } from "../../../src/errors.ts";
import type { TraceStep } from "../../../src/message.ts";
import { never } from "../../fakes/failure.ts";
import { recordLog } from "../../fakes/log.ts";
import { createPerson, NO_MEMORIES, turnOf } from "../../fakes/person.ts";
import { category } from "../aiml/talk.ts";
import { createBots, desk, open, weather } from "./desk.ts";

describe("a bot in a directory", () => {
  test("is asked by the name of a directory beside the bot's own", async () => {
    const bot = open(createBots({ "weather/lib/weather.aiml": weather }));

    const answer = await createPerson().say(bot, "ask weather about rain");

    expect(answer).toBe("Not today.");
  });

  test("is asked by the name that SRAIX_BOTS gives it", async () => {
    const elsewhere = dirname(createBots({ "weather/weather.aiml": weather }));
    const bot = open(createBots({}), { SRAIX_BOTS: `sky=aiml:${elsewhere}/weather` });

    expect(await createPerson().say(bot, "ask sky about rain")).toBe("Not today.");
  });

  test("knows each person by itself, from one text and one start to the next", async () => {
    const folder = createBots({ "weather/weather.aiml": weather });
    const [ada, ben] = [createPerson(), createPerson()];
    await ada.say(open(folder), "ask weather about I am Ada");

    expect(await ada.say(open(folder), "ask weather about who")).toBe("Ada");
    expect(await ben.say(open(folder), "ask weather about who")).toBe("unknown");
    expect(ada.memory.get("x:weather:p:name")).toBe("Ada");
    expect(ada.memory.has("p:name")).toBe(false);
  });

  test("remembers nothing of a text whose turn met a limit", async () => {
    const loop = category("LOOP *", `<sraix bot="weather"><star/></sraix><srai>AGAIN</srai>`);
    const folder = createBots({
      "weather/weather.aiml": weather,
      "desk/loop.aiml": loop + category("AGAIN", "<srai>AGAIN</srai>"),
    });
    const everybody = { shared: new Map<string, string>() };
    const ada = createPerson(everybody);

    await ada.say(open(folder), "loop I am Ada");
    await ada.say(open(folder), "loop teach");

    expect([...ada.memory.keys()].filter((key) => key.startsWith("x:"))).toEqual([]);
    expect(everybody.shared).toEqual(new Map());
  });

  test("shares the time of one text with the bot that asks", async () => {
    const folder = createBots({
      "desk/all.aiml": category(
        "ALL",
        ["a", "b", "c"].map((bot) => `<sraix bot="${bot}">x</sraix>`).join(""),
      ),
      "a/a.aiml": category("*", "a"),
      "b/b.aiml": category("*", "b"),
      "c/c.aiml": category("*", "c"),
    });
    const { log, lines } = recordLog();
    let time = 0;
    const now = () => {
      time += 70;
      return time;
    };

    await createPerson().say(open(folder, {}, { log, now }), "all");

    expect(lines).toContainEqual(expect.objectContaining({ limit: "time" }));
  });

  test("is one step of the trace, at its place, and tells none of its own", async () => {
    const bot = await open(createBots({ "weather/weather.aiml": weather }));
    const steps: TraceStep[] = [];
    const turn = {
      ...turnOf("ask weather about rain"),
      trace: (step: TraceStep) => steps.push(step),
    };

    await bot.reply(turn, NO_MEMORIES, never());

    expect(steps.map(({ depth, kind, text }) => [depth, kind, text])).toEqual([
      [0, "input", "ask weather about rain"],
      [0, "match", "ASK * ABOUT *"],
      [1, "sraix", "weather: rain"],
    ]);
    expect(steps[2]?.details).toEqual({ answer: "Not today." });
  });

  test("cannot ask back the bot that waits for it", async () => {
    const bot = open(createBots({ "weather/weather.aiml": weather }));

    expect(await createPerson().say(bot, "ask weather about desk")).toBe("The desk is busy");
  });

  test("ends when it asks another that asks it", async () => {
    const askB = category("*", `a <sraix bot="b">x</sraix>`) + category("SRAIXFAILED", "end");
    const askA = category("*", `b <sraix bot="a">x</sraix>`) + category("SRAIXFAILED", "end");
    const bot = open(createBots({ "a/a.aiml": askB, "b/b.aiml": askA }));

    expect(await createPerson().say(bot, "ask a about it")).toBe("a b end");
  });

  test("is read once, when it is first asked", async () => {
    const folder = createBots({ "weather/weather.aiml": weather });
    const bot = open(folder);
    const ada = createPerson();
    await ada.say(bot, "ask weather about rain");
    writeFileSync(join(folder, "../weather/weather.aiml"), "<aiml/>");

    expect(await ada.say(bot, "ask weather about rain")).toBe("Not today.");
  });

  test.each([
    ["no directory has", "nobody"],
    ["holds no AIML", "notes"],
    ["is the bot's own", "desk"],
    ["leads up", ".."],
    ["leads on", "weather/.."],
    ["leads down with the other slash", "..\\weather"],
    ["is hidden", ".weather"],
  ])("is not asked by a name that %s", async (_, name) => {
    const folder = createBots({
      "notes/notes.txt": "x",
      ".weather/weather.aiml": weather,
      "weather/weather.aiml": weather,
      "top.aiml": weather,
    });
    const aiml = category("ASK", `<sraix bot="${name}">rain</sraix>`) + desk;
    writeFileSync(join(folder, "desk.aiml"), `<aiml>${aiml}</aiml>`);

    expect(await createPerson().say(open(folder), "ask")).toBe("No one there");
  });

  test("that is mended answers without a new start", async () => {
    const folder = createBots({ "weather/weather.txt": "" });
    const bot = open(folder);
    const path = join(folder, "../weather/weather.aiml");
    const ask = () => createPerson().say(bot, "ask weather about rain");

    const missing = await ask();
    writeFileSync(path, "<aiml><category>");
    const broken = await ask();
    writeFileSync(path, `<aiml>${weather}</aiml>`);

    expect([missing, broken, await ask()]).toEqual(["No one there", "No one there", "Not today."]);
  });

  test("is named where its own limits and files are logged", async () => {
    const { log, lines } = recordLog();
    const loop = category("RAIN", "<srai>RAIN</srai>");
    const bots = { "weather/weather.aiml": loop, "weather/bad.aiml": "<category>" };

    await createPerson().say(open(createBots(bots), {}, { log }), "ask weather about rain");

    expect(lines).toEqual([
      expect.objectContaining({ event: "bot.file_left_out", bot: "weather" }),
      expect.objectContaining({ event: "bot.limit_reached", bot: "weather" }),
    ]);
  });

  test("that is broken is no one there, with the reason in the log", async () => {
    const { log, lines } = recordLog();
    const bot = open(createBots({ "weather/weather.aiml": "<category>" }), {}, { log });

    const answer = await createPerson().say(bot, "ask weather about rain");

    expect(answer).toBe("No one there");
    expect(lines).toContainEqual(
      expect.objectContaining({ level: "warn", event: "sraix.failed", code: "bot-empty" }),
    );
  });
});

describe("SRAIX_BOTS", () => {
  test.each([
    "weather",
    "weather=",
    "weather=aiml:",
    "weather=echo",
    "../weather=aiml:weather",
    "weather=https://example.com",
    "weather=aiml:weather,",
  ])("refuses %p", (value) => {
    expect(() => open(createBots({}), { SRAIX_BOTS: value })).toThrow(SettingsError);
  });

  test.each([
    ["a directory that is not there", "weather=aiml:/nowhere/at/all"],
    ["a directory without AIML", `weather=aiml:${import.meta.dir}`],
    ["a bot at Pandorabots without keys", "trivia=pandorabots:trivia"],
  ])("refuses %s at the start", (_, value) => {
    expect(() => open(createBots({}), { SRAIX_BOTS: value })).toThrow(SettingsError);
  });
});

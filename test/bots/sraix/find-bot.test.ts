import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { BotOptions } from "../../../src/bots/bot.ts";
import { botSettings, createBot } from "../../../src/bots/table.ts";
import { SettingsError } from "../../../src/errors.ts";
import { type Log, silentLog } from "../../../src/log.ts";
import { readSettings } from "../../../src/settings.ts";
import { emptyDirectory } from "../../fakes/directory.ts";
import { settled } from "../../fakes/failure.ts";
import { recordLog } from "../../fakes/log.ts";
import {
  account,
  byAccount,
  byBotkey,
  type FakePandorabots,
  startPandorabots,
} from "../../fakes/pandorabots.ts";
import { createPerson } from "../../fakes/person.ts";
import { category } from "../aiml/talk.ts";

const desk =
  category("ASK * ABOUT *", `<sraix><bot><star/></bot><star index="2"/></sraix>`) +
  category("ALICE *", `<sraix bot="drwallace/alice" host="10.0.0.1"><star/></sraix>`) +
  category("ODD", `<sraix bot="ODD">x</sraix>`) +
  category("SRAIXFAILED", "No one there");
const weather =
  category("RAIN", "Not <b>today</b>.") +
  category("I AM *", `Hello <set name="name"><star/></set>`) +
  category("WHO", `<get name="name"/>`) +
  category("TEACH", `<learnf>${category("TAUGHT", "Yes")}</learnf>ok`) +
  category("DESK", `<sraix bot="desk" default="The desk is busy">ask weather about rain</sraix>`);

/** Directories with a bot each, beside one another; the one that is texted is `desk`. */
function createBots(others: Readonly<Record<string, string>>): string {
  const parent = emptyDirectory();
  const files = { "desk/desk.aiml": desk, ...others };
  for (const [name, aiml] of Object.entries(files)) {
    mkdirSync(dirname(join(parent, name)), { recursive: true });
    writeFileSync(join(parent, name), `<aiml>${aiml}</aiml>`);
  }
  return join(parent, "desk");
}

function open(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
  surroundings: Pick<BotOptions, "now"> & { readonly log?: Log } = {},
) {
  const sources = [{ origin: "environment", values: environment }];
  const settings = readSettings(botSettings, sources).values;
  return createBot(`aiml:${folder}`, { settings, log: silentLog, ...surroundings });
}

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

describe("a bot at Pandorabots", () => {
  let host: FakePandorabots;
  beforeEach(() => {
    host = startPandorabots();
  });
  afterEach(() => host.stop());

  const here = () => ({ PANDORABOTS_URL: host.url });

  test("is asked by its name in the owner's account, whatever the template says of hosts", async () => {
    const bot = open(createBots({}), { ...byAccount, ...here() });

    const answer = await createPerson().say(bot, "Alice how are you");

    expect(answer).toBe("You said how are you.");
    expect(host.calls.map(({ url }) => url)).toEqual([
      `${host.url}/atalk/${account.appId}/${account.botname}`,
    ]);
  });

  test("is asked by the name that SRAIX_BOTS gives it, also through a botkey", async () => {
    const environment = { ...byBotkey, ...here(), SRAIX_BOTS: "sky=pandorabots" };
    const bot = open(createBots({}), environment);

    expect(await createPerson().say(bot, "ask sky about rain")).toBe("You said rain.");
  });

  test("knows the person again", async () => {
    const bot = open(createBots({}), { ...byAccount, ...here() });
    const ada = createPerson();
    await ada.say(bot, "Alice my name is Ada");

    expect(await ada.say(bot, "Alice what is my name")).toBe("You are Ada.");
    expect(host.calls.map(({ verb }) => verb)).toEqual(["atalk", "talk"]);
    expect(ada.memory.get("x:alice:client_name")).toBe(host.calls[1]?.fields["client_name"]);
  });

  test("is not asked by name where a botkey is all there is", async () => {
    const bot = open(createBots({}), { ...byBotkey, ...here() });

    expect(await createPerson().say(bot, "Alice how are you")).toBe("No one there");
    expect(host.calls).toEqual([]);
  });

  test("is not asked by a name that no bot there can have", async () => {
    const bot = open(createBots({}), { ...byAccount, ...here() });

    expect(await createPerson().say(bot, "odd")).toBe("No one there");
    expect(host.calls).toEqual([]);
  });

  test.each([401, 412, 502, "slow", "html", "not-ok"] as const)(
    "that answers %p is no one there, and the log holds no text",
    async (fault) => {
      const { log, lines } = recordLog();
      const environment = { ...byAccount, ...here(), PANDORABOTS_TIMEOUT_MS: "100" };
      const bot = open(createBots({}), environment, { log });
      host.failNext(fault);

      const answer = await createPerson().say(bot, "Alice my secret");

      expect(answer).toBe("No one there");
      expect(lines).toEqual([
        expect.objectContaining({ level: "warn", event: "sraix.failed", bot: "pandorabots" }),
      ]);
      expect(JSON.stringify(lines)).not.toMatch(/secret|alice/i);
    },
  );

  test("that is slow does not hold up the turn's own end", async () => {
    const bot = open(createBots({}), { ...byAccount, ...here() });
    const reason = new Error("too late");
    const controller = new AbortController();
    host.failNext("slow");

    const answer = createPerson().say(bot, "Alice hello", controller.signal);
    setTimeout(() => controller.abort(reason), 20);

    expect(await settled(answer)).toBe(reason);
  });
});

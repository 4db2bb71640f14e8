import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { Bot } from "../../../src/bots/bot.ts";
import { pandorabots } from "../../../src/bots/pandorabots.ts";
import { SettingsError } from "../../../src/errors.ts";
import { silentLog } from "../../../src/log.ts";
import { readSettings, type Source } from "../../../src/settings.ts";
import { failureOf } from "../../fakes/failure.ts";
import {
  account,
  byAccount,
  byBotkey,
  createHostedBot,
  type FakePandorabots,
  type HostedBotOptions,
  startPandorabots,
} from "../../fakes/pandorabots.ts";
import { createPerson } from "../../fakes/person.ts";

let fake: FakePandorabots;

beforeEach(() => {
  fake = startPandorabots();
});

afterEach(() => fake.stop());

describe("who is asked, and how", () => {
  test("reply() speaks through the botkey, in the body alone", async () => {
    await createPerson().say(bot(byBotkey), "hello");

    expect(fake.calls).toEqual([
      {
        verb: "atalk",
        url: `${fake.url}/atalk`,
        fields: { input: "hello", botkey: account.botkey, recent: "true" },
      },
    ]);
  });

  test("reply() speaks through the account, with its key in the body alone", async () => {
    await createPerson().say(bot(byAccount), "hello");

    expect(fake.calls).toEqual([
      {
        verb: "atalk",
        url: `${fake.url}/atalk/${account.appId}/${account.botname}`,
        fields: { input: "hello", user_key: account.userKey, recent: "true" },
      },
    ]);
  });

  test("reply() asks the bot that BOT= names, though a botkey and another name are set", async () => {
    const alice = bot(
      { ...byBotkey, ...byAccount, PANDORABOTS_BOTNAME: "bertram" },
      { argument: "alice" },
    );

    await createPerson().say(alice, "hello");

    expect(fake.calls[0]?.url).toBe(`${fake.url}/atalk/${account.appId}/alice`);
  });

  test("reply() prefers the botkey when BOT= names no bot", async () => {
    await createPerson().say(bot({ ...byAccount, ...byBotkey }), "hello");

    expect(fake.calls[0]?.url).toBe(`${fake.url}/atalk`);
  });

  test("reply() takes a base address with a path and a slash at its end", async () => {
    const alice = bot({ ...byBotkey, PANDORABOTS_URL: `${fake.url}/v1/` });

    await createPerson().say(alice, "hello").catch(String);

    expect(fake.calls[0]?.url).toBe(`${fake.url}/v1/atalk`);
  });

  test("reply() leaves recent away when the setting says so", async () => {
    await createPerson().say(bot({ ...byBotkey, PANDORABOTS_RECENT: "false" }), "hello");

    expect(fake.calls[0]?.fields).not.toHaveProperty("recent");
  });

  test("reply() follows no redirect, for the key would go along", async () => {
    fake.failNext("redirect");

    const error = await failureOf(createPerson().say(bot(byBotkey), "hello"));

    expect(error.code).toBe("refused");
    expect(fake.calls.map(({ verb }) => verb)).toEqual(["atalk"]);
  });

  test("name tells the bots of one account apart", () => {
    expect(bot(byAccount).name).toBe("pandorabots:alice");
    expect(bot(byAccount, { argument: "bertram" }).name).toBe("pandorabots:bertram");
    expect(bot(byBotkey).name).toBe("pandorabots");
  });
});

describe("create()", () => {
  test.each<[string, Record<string, string>, string]>([
    [
      "nothing",
      {},
      "no PANDORABOTS_BOTKEY and no PANDORABOTS_APP_ID, no PANDORABOTS_USER_KEY, no PANDORABOTS_BOTNAME",
    ],
    [
      "only a user_key",
      { PANDORABOTS_USER_KEY: account.userKey },
      "no PANDORABOTS_BOTKEY and no PANDORABOTS_APP_ID, no PANDORABOTS_BOTNAME",
    ],
    [
      "all but a name",
      { PANDORABOTS_APP_ID: account.appId, PANDORABOTS_USER_KEY: account.userKey },
      "no PANDORABOTS_BOTKEY and no PANDORABOTS_BOTNAME",
    ],
  ])("names all that is missing when given %s", (_, settings, missing) => {
    const create = () => bot(settings);

    expect(create).toThrow(SettingsError);
    expect(create).toThrow(
      "Cannot use BOT=pandorabots: expected PANDORABOTS_BOTKEY, or " +
        "PANDORABOTS_APP_ID + PANDORABOTS_USER_KEY + PANDORABOTS_BOTNAME; " +
        `found ${missing}`,
    );
  });

  test.each(["Alice", "al", "my-bot", "../x", "a".repeat(65)])(
    "refuses the name %p in BOT=",
    (name) => {
      expect(() => bot(byAccount, { argument: name })).toThrow(SettingsError);
    },
  );

  test.each([
    ["PANDORABOTS_URL", "api.pandorabots.com"],
    ["PANDORABOTS_URL", "https://user:pass@api.pandorabots.com"],
    ["PANDORABOTS_URL", "https://api.pandorabots.com/?botkey=x"],
    ["PANDORABOTS_BOTNAME", "My-Bot"],
    ["PANDORABOTS_APP_ID", "../talk"],
    ["PANDORABOTS_TIMEOUT_MS", "0"],
  ])("cannot be reached with %s=%s, which the settings refuse", (name, value) => {
    expect(() => readSettings(pandorabots.settings, [source({ [name]: value })])).toThrow(
      `Cannot read ${name}`,
    );
  });

  test("works with the names of the 2016 app alone, at the present host", () => {
    const { values } = readSettings(pandorabots.settings, [source(byAccount)]);

    const bot = pandorabots.create({ argument: "", settings: values, log: silentLog });

    expect(values.PANDORABOTS_URL).toBe("https://api.pandorabots.com");
    expect(bot.name).toBe("pandorabots:alice");
  });
});

function bot(environment: Record<string, string>, options?: HostedBotOptions): Bot {
  return createHostedBot({ PANDORABOTS_URL: fake.url, ...environment }, options);
}

function source(values: Record<string, string>): Source {
  return { origin: "environment", values };
}

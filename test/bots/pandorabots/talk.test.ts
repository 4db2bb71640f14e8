import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { Bot } from "../../../src/bots/bot.ts";
import { type BotError, explain } from "../../../src/errors.ts";
import { failureOf, never, settled } from "../../fakes/failure.ts";
import {
  account,
  byAccount,
  byBotkey,
  createHostedBot,
  type FakePandorabots,
  type Fault,
  type HostedBotOptions,
  startPandorabots,
} from "../../fakes/pandorabots.ts";
import { createPerson, NO_MEMORIES, turnOf } from "../../fakes/person.ts";

let fake: FakePandorabots;

beforeEach(() => {
  fake = startPandorabots();
});

afterEach(() => fake.stop());

describe("what goes wrong", () => {
  test.each<[Fault, { code: string; cause: RegExp; hint: RegExp }]>([
    [
      400,
      {
        code: "bad-request",
        cause: /too long or malformed \(status 400\)/,
        hint: /PANDORABOTS_URL/,
      },
    ],
    [
      401,
      {
        code: "wrong-key",
        cause: /the key is wrong/,
        hint: /PANDORABOTS_BOTKEY.*PANDORABOTS_USER_KEY/,
      },
    ],
    [404, { code: "out-of-order", cause: /status 404/, hint: /PANDORABOTS_URL/ }],
    [
      412,
      {
        code: "not-compiled",
        cause: /unknown there or was never compiled/,
        hint: /PANDORABOTS_BOTNAME/,
      },
    ],
    [418, { code: "refused", cause: /status 418/, hint: /PANDORABOTS_URL/ }],
    [429, { code: "limit-reached", cause: /limit of the account's plan/, hint: /plan/ }],
    [502, { code: "out-of-order", cause: /out of order/, hint: /PANDORABOTS_URL/ }],
    ["cut", { code: "unreachable", cause: /Cannot reach/, hint: /network/ }],
    ["slow", { code: "timed-out", cause: /within 200 ms/, hint: /more time/ }],
    ["html", { code: "not-understood", cause: /not JSON/, hint: /address/ }],
    ["endless", { code: "not-understood", cause: /bytes/, hint: /address/ }],
    ["shapeless", { code: "not-understood", cause: /another shape/, hint: /address/ }],
    ["not-ok", { code: "not-ok", cause: /expected status "ok", found "error"/, hint: /dashboard/ }],
  ])(
    "reply() and check() tell the cause of %p without a key or a text",
    async (fault, { code, cause, hint }) => {
      const alice = bot({ ...byBotkey, PANDORABOTS_TIMEOUT_MS: "200" });
      fake.failNext(fault, fault);

      const fromReply = await failureOf(createPerson().say(alice, "my secret"));
      const fromCheck = await failureOf(alice.check(never()));

      expect(fromReply.code).toBe(code);
      expect(fromReply.hint).toMatch(hint);
      expect(explain(fromReply)).toMatch(cause);
      expect(explain(fromReply)).toContain(fake.url);
      expect(explain(fromCheck)).toBe(explain(fromReply));
      expect(explain(fromReply)).not.toContain(account.botkey);
      expect(explain(fromReply)).not.toContain(account.userKey);
      expect(explain(fromReply)).not.toContain("my secret");
    },
  );

  test.each<[string, Record<string, string>, string]>([
    ["a wrong botkey", { PANDORABOTS_BOTKEY: "nonsense" }, "wrong-key"],
    ["a wrong user_key", { ...byAccount, PANDORABOTS_USER_KEY: "nonsense" }, "wrong-key"],
    ["a wrong app_id", { ...byAccount, PANDORABOTS_APP_ID: "1409600000000" }, "not-compiled"],
    ["an unknown bot", { ...byAccount, PANDORABOTS_BOTNAME: "bertram" }, "not-compiled"],
  ])("check() tells of %s", async (_, settings, code) => {
    const error = await failureOf(bot(settings).check(never()));

    expect(error.code).toBe(code);
  });

  test("check() makes no client at the host", async () => {
    await bot(byBotkey).check(never());

    expect(fake.calls.map(({ verb }) => verb)).toEqual(["talk"]);
    expect(fake.calls[0]?.fields).not.toHaveProperty("client_name");
  });

  test("reply() gives up at once when the signal aborts while the host is slow", async () => {
    fake.failNext("slow");
    const reason = new Error("no longer wanted");
    const caller = new AbortController();
    setTimeout(() => caller.abort(reason), 30);

    const answer = bot(byBotkey).reply(turnOf("hello"), NO_MEMORIES, caller.signal);

    expect(await settled(answer)).toBe(reason);
  });

  test("reply() answers again after the host was out of order", async () => {
    const alice = bot(byBotkey);
    const ada = createPerson();
    fake.failNext(502);
    await failureOf(ada.say(alice, "hello"));

    const answer = await ada.say(alice, "hello");

    expect(answer).toBe("You said hello.");
  });
});

describe("a bot whose files are being changed", () => {
  test.each([
    ["true", "You said hello."],
    ["false", "not-compiled"],
  ])("is asked with PANDORABOTS_RECENT=%s and gives %p", async (recent, wanted) => {
    const host = startPandorabots({ state: "uncompiled" });
    const alice = bot({ ...byBotkey, PANDORABOTS_URL: host.url, PANDORABOTS_RECENT: recent });

    const heard = await createPerson()
      .say(alice, "hello")
      .catch((error: BotError) => error.code);

    expect(heard).toBe(wanted);
    await host.stop();
  });
});

function bot(environment: Record<string, string>, options?: HostedBotOptions): Bot {
  return createHostedBot({ PANDORABOTS_URL: fake.url, ...environment }, options);
}

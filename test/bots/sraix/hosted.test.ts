import { afterEach, beforeEach, describe, expect, test } from "bun:test";
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
import { createBots, open } from "./desk.ts";

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

  test("that is slow leaves time for an answer without it", async () => {
    const environment = { ...byAccount, ...here() };
    const bot = open(createBots({}), environment, { timeoutMs: 100 });
    host.failNext("slow");

    expect(await createPerson().say(bot, "Alice hello")).toBe("No one there");
  });

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

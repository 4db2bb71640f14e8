import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import type { Bot } from "../../src/bots/bot.ts";
import { botContract, type Dialogue } from "../contracts/bot.ts";
import { failureOf } from "../fakes/failure.ts";
import { recordLog } from "../fakes/log.ts";
import {
  account,
  byAccount,
  byBotkey,
  createHostedBot,
  type FakePandorabots,
  type HostedBotOptions,
  startPandorabots,
} from "../fakes/pandorabots.ts";
import { createPerson } from "../fakes/person.ts";

describe("pandorabots against the contract", () => {
  let host: FakePandorabots;
  beforeAll(() => {
    host = startPandorabots();
  });
  afterAll(() => host.stop());

  const recallsNames: Dialogue = (name) => [
    [`My name is ${name}.`, /\S/],
    ["What is my name?", new RegExp(name)],
  ];
  const make = (keys: Record<string, string>) => () =>
    createHostedBot({ ...keys, PANDORABOTS_URL: host.url });

  botContract("pandorabots by botkey", make(byBotkey), recallsNames);
  botContract("pandorabots by account", make(byAccount), recallsNames);
});

let fake: FakePandorabots;

beforeEach(() => {
  fake = startPandorabots();
});

afterEach(() => fake.stop());

describe("the client name", () => {
  test("is asked for once per person and used from then on", async () => {
    const alice = bot(byBotkey);
    const [ada, bob] = [createPerson(), createPerson()];

    await ada.say(alice, "My name is Ada");
    await bob.say(alice, "My name is Bob");
    await ada.say(alice, "How are you");
    await bob.say(alice, "How are you");

    const names = fake.calls.map(({ verb, fields }) => [verb, fields["client_name"]]);
    expect(names).toEqual([
      ["atalk", undefined],
      ["atalk", undefined],
      ["talk", `aiaas-${account.appId}-user-0000`],
      ["talk", `aiaas-${account.appId}-user-0001`],
    ]);
  });

  test("goes with the session of the last answer", async () => {
    const alice = bot(byBotkey);
    const ada = createPerson();

    await ada.say(alice, "hello");
    await ada.say(alice, "hello");

    expect(ada.memory.get("sessionid")).toBe("7");
    expect(fake.calls.map(({ fields }) => fields["sessionid"])).toEqual([undefined, "7"]);
  });

  test("goes without a session once an answer had none", async () => {
    const alice = bot(byBotkey);
    const ada = createPerson();
    await ada.say(alice, "hello");
    fake.failNext("sessionless");

    await ada.say(alice, "hello");

    expect(ada.memory).toEqual(new Map([["client_name", "c-1"]]));
  });

  test("is replaced by one atalk when the host has forgotten it, with a note", async () => {
    const { log, lines } = recordLog();
    const alice = bot(byBotkey, { log });
    const ada = createPerson();
    await ada.say(alice, "hello");
    fake.forgetNames();

    const answer = await ada.say(alice, "hello");

    expect(answer).toBe("You said hello.");
    expect(ada.memory.get("client_name")).toBe(`aiaas-${account.appId}-user-0001`);
    expect(fake.calls.map(({ verb }) => verb)).toEqual(["atalk", "talk", "atalk"]);
    expect(fake.calls[2]?.fields).not.toHaveProperty("sessionid");
    expect(lines).toEqual([
      expect.objectContaining({ event: "client-name.replaced", level: "warn" }),
    ]);
  });

  test("stays, and the error is told, when the host refuses the text without a name too", async () => {
    const { log, lines } = recordLog();
    const alice = bot(byBotkey, { log });
    const ada = createPerson();
    await ada.say(alice, "hello");
    fake.failNext(400, 400);

    const error = await failureOf(ada.say(alice, "hello"));

    expect(error.code).toBe("bad-request");
    expect(ada.memory.get("client_name")).toBe(`aiaas-${account.appId}-user-0000`);
    expect(lines).toEqual([]);
  });

  test.each([401, 412, 429, 502])(
    "stays, with no second call, when talk answers %d",
    async (status) => {
      const alice = bot(byBotkey);
      const ada = createPerson();
      await ada.say(alice, "hello");
      fake.failNext(status);

      await failureOf(ada.say(alice, "hello"));

      expect(ada.memory.get("client_name")).toBe(`aiaas-${account.appId}-user-0000`);
      expect(fake.calls.map(({ verb }) => verb)).toEqual(["atalk", "talk"]);
    },
  );

  test("must come with the answer to an atalk", async () => {
    fake.failNext("nameless");

    const error = await failureOf(createPerson().say(bot(byBotkey), "hello"));

    expect(error.code).toBe("not-understood");
  });
});

describe("what is said", () => {
  test("reply() joins the responses with one space", async () => {
    const answer = await createPerson().say(bot(byBotkey), "One. Two! Three?");

    expect(answer).toBe("You said One. You said Two. You said Three.");
  });

  test("reply() takes a session that is text, and leaves empty responses out", async () => {
    fake.failNext("text-session");
    const ada = createPerson();

    const answer = await ada.say(bot(byBotkey), "hello");

    expect(answer).toBe("a b");
    expect(ada.memory).toEqual(
      new Map([
        ["client_name", "c-1"],
        ["sessionid", "s-1"],
      ]),
    );
  });

  test("reply() has nothing to say to a picture without words, and does not ask", async () => {
    const answer = await createPerson().say(bot(byBotkey), " \n ");

    expect(answer).toBe("");
    expect(fake.calls).toEqual([]);
  });

  test("reply() cuts a long text between two graphemes, with a note that leaves the text out", async () => {
    const { log, lines } = recordLog();
    const family = "👨‍👩‍👧";

    await createPerson().say(bot(byBotkey, { log }), "a".repeat(1_998) + family.repeat(9));

    expect(fake.calls[0]?.fields["input"]).toBe("a".repeat(1_998));
    expect(lines).toEqual([
      expect.objectContaining({ event: "text.cut", level: "warn", from: 2_070, to: 2_000 }),
    ]);
    expect(JSON.stringify(lines)).not.toContain("aaa");
  });

  test("reply() cuts where it must when one letter is longer than the limit", async () => {
    const letter = `e${"\u0301".repeat(3_000)}`;

    await createPerson().say(bot(byBotkey), letter);

    expect(fake.calls[0]?.fields["input"]).toBe(letter.slice(0, 2_000));
  });

  test("reply() cuts at 500 characters for the older host", async () => {
    const { log, lines } = recordLog();
    const older = { ...byBotkey, PANDORABOTS_URL: "https://aiaas.pandorabots.com" };

    await failureOf(createPerson().say(bot(older, { log }), "a".repeat(600)));

    expect(lines).toEqual([expect.objectContaining({ event: "text.cut", from: 600, to: 500 })]);
  });

  test("reply() sends a text of just the host's limit whole, without a note", async () => {
    const { log, lines } = recordLog();

    await createPerson().say(bot(byBotkey, { log }), "a".repeat(2_000));

    expect(fake.calls[0]?.fields["input"]).toHaveLength(2_000);
    expect(lines).toEqual([]);
  });
});

function bot(environment: Record<string, string>, options?: HostedBotOptions): Bot {
  return createHostedBot({ PANDORABOTS_URL: fake.url, ...environment }, options);
}

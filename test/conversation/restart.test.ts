import { describe, expect, test } from "bun:test";
import { openSqlite } from "../../src/store/sqlite.ts";
import { fakeBot } from "../fakes/bot.ts";
import { fakeClock } from "../fakes/clock.ts";
import { talkWith, textsIn } from "../fakes/conversation.ts";
import { eventually } from "../fakes/eventually.ts";
import { fakeSender } from "../fakes/memory-sender.ts";
import { textFrom } from "../fakes/message.ts";

const MINUTE = 60_000;

describe("after a restart", () => {
  test("turns that were begun are taken up, in their person's order", async () => {
    const store = openSqlite(":memory:");
    for (const text of ["one", "two", "three"]) await store.recordInbound(textFrom({ text }));
    const sender = fakeSender();
    const bot = fakeBot(({ message }) => `re: ${message.text}`);
    const talk = talkWith(bot, { store, sender });

    await talk.start();

    await eventually(() => expect(sender.list).toHaveLength(3));
    expect(sender.asked.map(({ text }) => text)).toEqual(["re: one", "re: two", "re: three"]);
    await talk.close();
  });

  test("a turn is not taken up for a terminal's text", async () => {
    const store = openSqlite(":memory:");
    await store.recordInbound(textFrom({ channel: "terminal" }));
    const bot = fakeBot();
    const talk = talkWith(bot, { store });

    await talk.start();
    await talk.idle();

    expect(bot.asked).toEqual([]);
    await talk.close();
  });

  test("a repeat gets the answer of the turn that was taken up, where nothing can be sent", async () => {
    const store = openSqlite(":memory:");
    const message = textFrom();
    await store.recordInbound(message);
    const bot = fakeBot(async () => {
      await Bun.sleep(20);
      return "here I am";
    });
    const talk = talkWith(bot, { store });
    await talk.start();

    const answer = await talk.receive(message);

    expect(textsIn(answer)).toEqual(["here I am"]);
    expect(bot.asked).toHaveLength(1);
    await talk.close();
  });

  test("a turn that is too old is marked, and not answered", async () => {
    const now = fakeClock();
    const store = openSqlite(":memory:");
    const message = textFrom({ receivedAt: now() });
    await store.recordInbound(message);
    now.pass(16 * MINUTE);
    const bot = fakeBot();
    const talk = talkWith(bot, { store, now });

    await talk.start();
    await talk.idle();

    const claim = await store.recordInbound(message);
    expect(claim).toMatchObject({
      kind: "ended",
      outcome: { kind: "silence", reason: "the text was too old to be answered" },
    });
    expect(bot.asked).toEqual([]);
    await talk.close();
  });

  test("turns are taken up though the clock was set back meanwhile", async () => {
    const now = fakeClock();
    const store = openSqlite(":memory:");
    await store.recordInbound(textFrom({ receivedAt: now() + 10 * MINUTE }));
    const bot = fakeBot();
    const talk = talkWith(bot, { store, now });

    await talk.start();

    await eventually(() => expect(bot.asked).toHaveLength(1));
    await talk.close();
  });

  test("a night's turns do not all ask the bot at once", async () => {
    const store = openSqlite(":memory:");
    const people = Array.from({ length: 200 }, (_, index) => `+1555000${1000 + index}`);
    for (const from of people) await store.recordInbound(textFrom({ from }));
    let [atOnce, most] = [0, 0];
    const bot = fakeBot(async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await Bun.sleep(1);
      atOnce -= 1;
      return "hello";
    });
    const talk = talkWith(bot, { store });

    await talk.start();

    await eventually(() => expect(bot.asked).toHaveLength(200));
    expect(most).toBe(50);
    await talk.close();
  });

  test.each<[string, boolean, number]>([
    ["is sent when Twilio does not have it", false, 1],
    ["is not sent when Twilio has it", true, 0],
  ])("an answer that may not have left %s", async (_, hasLeft, sent) => {
    const { now, store, sender } = await answeredAndKilled();
    if (hasLeft) {
      const createdAt = now() - 1500;
      const left = { sid: "SM9", status: "sent", text: "text 1", createdAt } as const;
      sender.list.push({ ...left, to: "+15550001111" });
    }
    const talk = talkWith(fakeBot(), { store, sender, now, isHeardOf: true });

    await talk.start();

    await eventually(async () => expect((await store.findText(1))?.state).toBe("sent"));
    expect(sender.asked).toHaveLength(sent);
    await talk.close();
  });

  test("an answer of which nothing was heard counts as given, for its callback may have come meanwhile", async () => {
    const { now, store } = await answeredAndKilled();
    await store.setMark("heard", now());
    const talk = talkWith(fakeBot(), { store, now, isHeardOf: true });

    await talk.start();
    await eventually(async () => expect(await store.nextDueAt()).toBeUndefined());

    expect((await store.findText(1))?.state).toBe("answered");
    await talk.close();
  });

  test("an answer of which nothing was heard counts as given, where callbacks never come", async () => {
    const { now, store } = await answeredAndKilled();
    const talk = talkWith(fakeBot(), { store, now, isHeardOf: true });

    await talk.start();
    await Bun.sleep(50);

    expect((await store.findText(1))?.state).toBe("answered");
    expect(await store.nextDueAt()).toBeUndefined();
    await talk.close();
  });
});

/** A server answered a text and was killed; nobody knows whether the answer left. */
async function answeredAndKilled() {
  const now = fakeClock();
  const store = openSqlite(":memory:");
  const killed = talkWith(fakeBot(), { store, now, isHeardOf: true });
  await killed.receive(textFrom({ receivedAt: now() }));
  await killed.close();
  now.pass(2000);
  return { now, store, sender: fakeSender(now) };
}

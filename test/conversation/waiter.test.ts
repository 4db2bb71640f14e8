import { describe, expect, test } from "bun:test";
import { createWaiter } from "../../src/conversation/waiter.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { fakeBot } from "../fakes/bot.ts";
import { talkWith } from "../fakes/conversation.ts";
import { fakeSender } from "../fakes/memory-sender.ts";
import { textFrom } from "../fakes/message.ts";

describe("a waiter", () => {
  test("take() says no once the time is over, and whoever waited has nothing", async () => {
    const waiter = createWaiter({ isKept: true });
    waiter.attend(1);
    await Bun.sleep(5);

    const isAwaited = waiter.take();

    expect(isAwaited).toBe(false);
    expect(await waiter.answer).toEqual({ texts: [] });
  });

  test("take() says yes once, and the time does not matter any more", async () => {
    const waiter = createWaiter({ isKept: true });
    waiter.attend(1);

    const taken = [waiter.take(), waiter.take()];
    await Bun.sleep(5);
    waiter.give({ texts: [{ id: 1, text: "hello" }] });

    expect(taken).toEqual([true, false]);
    expect((await waiter.answer).texts).toHaveLength(1);
  });

  test("take() says no where nobody waits", () => {
    expect(createWaiter().take()).toBe(false);
  });

  test("tells nobody that all is well before the text is on the disk", async () => {
    const waiter = createWaiter();
    let answered = false;
    void waiter.answer.then(() => {
      answered = true;
    });
    waiter.attend(1);
    await Bun.sleep(5);
    const before = answered;

    waiter.noteKept();
    await waiter.answer;

    expect([before, answered]).toEqual([false, true]);
  });
});

test("a webhook is not answered while its text cannot be written, however late it is", async () => {
  const { promise: written, resolve: write } = Promise.withResolvers<void>();
  const store = openSqlite(":memory:");
  const slow: typeof store = {
    ...store,
    async recordInbound(message) {
      await written;
      return store.recordInbound(message);
    },
  };
  const settings = { REPLY_BY: "rest" } as const;
  const talk = talkWith(fakeBot(), { store: slow, sender: fakeSender(), settings });
  const answer = talk.receive(textFrom());

  const early = await Promise.race([answer, Bun.sleep(20)]);
  write();

  expect(early).toBeUndefined();
  expect(await answer).toMatchObject({ texts: [] });
  await talk.close();
});

test("REPLY_BY=rest answers the webhook at once, whatever the bot takes", async () => {
  const { promise: thought, resolve: answer } = Promise.withResolvers<string>();
  const sender = fakeSender();
  const talk = talkWith(
    fakeBot(() => thought),
    { sender, settings: { REPLY_BY: "rest" } },
  );

  const given = await talk.receive(textFrom());
  answer("at last");
  await talk.idle();

  expect(given.texts).toEqual([]);
  await talk.close();
});

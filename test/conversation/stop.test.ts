import { describe, expect, test } from "bun:test";
import { openSqlite } from "../../src/store/sqlite.ts";
import { fakeBot } from "../fakes/bot.ts";
import { fakeClock } from "../fakes/clock.ts";
import { talkWith, textsIn } from "../fakes/conversation.ts";
import { eventually } from "../fakes/eventually.ts";
import { fakeSender } from "../fakes/memory-sender.ts";
import { textFrom } from "../fakes/message.ts";

const ADA = "+15550001111";
const WHATSAPP = { from: `whatsapp:${ADA}`, to: "whatsapp:+15550009999" };

describe("STOP", () => {
  test("keeps back the answer of a turn that is under way, and does not wait for it", async () => {
    const { promise: answered, resolve: answer } = Promise.withResolvers<string>();
    const sender = fakeSender();
    const talk = talkWith(
      fakeBot(() => answered),
      { sender, settings: { ANSWER_WITHIN_MS: 5 } },
    );
    await talk.receive(textFrom({ text: "tell me a story" }));

    const stopped = await talk.receive(textFrom({ text: "STOP" }));
    answer("Once upon a time");
    await talk.idle();
    await Bun.sleep(60);

    expect(textsIn(stopped)).toEqual([]);
    expect(sender.asked).toEqual([]);
    await talk.close();
  });

  test("drops what waits to be sent", async () => {
    const store = openSqlite(":memory:");
    const sender = fakeSender();
    sender.mishaps.push({ action: "retry", words: "too many", retryAfterMs: 60_000 });
    const talk = talkWith(fakeBot(), { store, sender, settings: { REPLY_BY: "rest" } });
    await talk.receive(textFrom());
    await eventually(async () => {
      expect(sender.asked).toHaveLength(1);
      expect((await store.findText(1))?.state).toBe("owed");
    });

    await talk.receive(textFrom({ text: "stop" }));

    expect(await store.findText(1)).toMatchObject({ state: "dropped" });
    await talk.close();
  });

  test("is told goodbye where no carrier does so, by the API as well", async () => {
    const now = fakeClock();
    const sender = fakeSender(now);
    const talk = talkWith(fakeBot(), { sender, now, settings: { REPLY_BY: "rest" } });

    await talk.receive(textFrom({ ...WHATSAPP, text: "STOP" }));
    await eventually(() => expect(sender.list).toHaveLength(1));
    now.pass(1000);
    await talk.receive(textFrom({ ...WHATSAPP, text: "hello?" }));
    await talk.idle();

    expect(sender.asked.map(({ text }) => text)).toEqual([
      "You will get no more messages from us. Text START to change your mind.",
    ]);
    await talk.close();
  });

  test("is over with START, and the bot answers again", async () => {
    const talk = talkWith(fakeBot());

    const replies = [];
    for (const text of ["STOP", "hello?", "START", "hello!"])
      replies.push(textsIn(await talk.receive(textFrom({ text }))));

    expect(replies).toEqual([[], [], [], ["text 1"]]);
    expect([...talk.store.consentEntries()].map(({ records }) => records)).toEqual([
      "opted out",
      "opted in",
    ]);
    await talk.close();
  });

  test("twenty times at once is one line of the ledger", async () => {
    const talk = talkWith(fakeBot());
    const stop = textFrom({ text: "STOP" });

    await Promise.all(Array.from({ length: 20 }, () => talk.receive(stop)));

    expect([...talk.store.consentEntries()]).toHaveLength(1);
    await talk.close();
  });
});

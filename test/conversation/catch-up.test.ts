import { afterEach, describe, expect, test } from "bun:test";
import { openSqlite } from "../../src/store/sqlite.ts";
import { fakeBot } from "../fakes/bot.ts";
import { fakeClock } from "../fakes/clock.ts";
import { talkWith } from "../fakes/conversation.ts";
import { eventually } from "../fakes/eventually.ts";
import { fakeSender } from "../fakes/memory-sender.ts";
import { textFrom } from "../fakes/message.ts";

const MINUTE = 60_000;

describe("catching up", () => {
  const open: (() => Promise<void>)[] = [];

  afterEach(async () => {
    for (const close of open.splice(0)) await close();
  });

  /** A server that was started before, and is started now after so long. */
  async function restarted(downForMs: number, { store = openSqlite(":memory:") } = {}) {
    const now = fakeClock();
    const sender = fakeSender(now);
    const first = talkWith(fakeBot(), { sender, store, now });
    await first.start();
    await first.receive(textFrom({ from: "+15550002222" }));
    await first.close();
    now.pass(downForMs);
    const bot = fakeBot();
    const settings = { CATCH_UP_EVERY_S: 1, SETTLE_AFTER_MS: 1000 } as const;
    const talk = talkWith(bot, { sender, store, now, settings });
    open.push(talk.close);
    return { ...talk, bot, sender, now };
  }

  test("answers what came while the server was down, once", async () => {
    const { start, sender, bot, now, health } = await restarted(10 * MINUTE);
    const missed = textFrom({ text: "anybody there?", receivedAt: now() - 5 * MINUTE });
    sender.received.push(missed);

    await start();

    await eventually(() => expect(sender.list).toHaveLength(1));
    await Bun.sleep(1200);
    expect(bot.asked).toEqual(["anybody there?"]);
    expect(sender.list).toHaveLength(1);
    expect(await health()).toMatchObject({
      isWell: false,
      missed: { texts: 1, cause: "they came while the server was down" },
    });
  });

  test("keeps what is too old to be answered", async () => {
    const { start, sender, bot, now, store } = await restarted(120 * MINUTE);
    const old = textFrom({ receivedAt: now() - 60 * MINUTE });
    sender.received.push(old);

    await start();

    await eventually(async () => expect((await store.recordInbound(old)).kind).toBe("ended"));
    expect(bot.asked).toEqual([]);
  });

  test("leaves alone what came by its webhook", async () => {
    const { start, receive, sender, bot, now, lines } = await restarted(10 * MINUTE);
    const text = textFrom({ receivedAt: now() - 5 * MINUTE });
    await receive(text);
    sender.received.push(text);

    await start();
    await Bun.sleep(1200);

    expect(bot.asked).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain("texts.missed");
  });

  test("leaves a text that is a moment old to its webhook", async () => {
    const { start, sender, bot, now } = await restarted(10 * MINUTE);
    sender.received.push(textFrom({ receivedAt: now() - 500 }));

    await start();
    await Bun.sleep(1200);

    expect(bot.asked).toEqual([]);
  });

  test("asks nothing of the time before the first start", async () => {
    const now = fakeClock();
    const sender = fakeSender(now);
    sender.received.push(textFrom({ receivedAt: now() - MINUTE }));
    const bot = fakeBot();
    const settings = { CATCH_UP_EVERY_S: 1, SETTLE_AFTER_MS: 1000 } as const;
    const talk = talkWith(bot, { sender, now, settings });
    open.push(talk.close);

    await talk.start();
    await Bun.sleep(1200);

    expect(bot.asked).toEqual([]);
  });

  test("leaves alone what was sent to numbers of the account that are not ours", async () => {
    const { start, sender, bot, now } = await restarted(10 * MINUTE);
    const to = "+15550008888";
    sender.received.push(textFrom({ to, receivedAt: now() - 5 * MINUTE }));

    await start();
    await Bun.sleep(1200);

    expect(bot.asked).toEqual([]);
  });

  test("takes in oldest first what came in a row", async () => {
    const { start, sender, bot, now } = await restarted(10 * MINUTE);
    for (const minutes of [5, 4, 3])
      sender.received.push(
        textFrom({ text: `${minutes} ago`, receivedAt: now() - minutes * MINUTE }),
      );

    await start();

    await eventually(() => expect(sender.list).toHaveLength(3));
    expect(bot.asked).toEqual(["5 ago", "4 ago", "3 ago"]);
  });

  test("goes on after Twilio could not be asked, and misses nothing", async () => {
    const { start, sender, bot, now, lines } = await restarted(10 * MINUTE);
    sender.received.push(textFrom({ text: "hello?", receivedAt: now() - 5 * MINUTE }));
    sender.outage = { action: "unknown-outcome", words: "Twilio fails" };
    await start();
    await Bun.sleep(1200);

    sender.outage = undefined;

    await eventually(() => expect(bot.asked).toEqual(["hello?"]));
    expect(lines.filter((line) => JSON.stringify(line).includes("catch-up.failed"))).toHaveLength(
      1,
    );
  });
});

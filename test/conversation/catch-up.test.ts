import { afterEach, describe, expect, test } from "bun:test";
import { StoreError } from "../../src/errors.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { fakeBot } from "../fakes/bot.ts";
import { fakeClock } from "../fakes/clock.ts";
import { talkWith, textsIn } from "../fakes/conversation.ts";
import { eventually } from "../fakes/eventually.ts";
import { fakeSender } from "../fakes/memory-sender.ts";
import { textFrom } from "../fakes/message.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

interface Restarting {
  readonly store?: Store;
  readonly replyBy?: "auto" | "twiml";
}

describe("catching up", () => {
  const open: (() => Promise<void>)[] = [];

  afterEach(async () => {
    for (const close of open.splice(0)) await close();
  });

  /** A server that was started before, and is started now after so long. */
  async function restarted(
    downForMs: number,
    { store = openSqlite(":memory:"), replyBy = "auto" }: Restarting = {},
  ) {
    const now = fakeClock();
    const sender = fakeSender(now);
    const first = talkWith(fakeBot(), { sender, store, now });
    await first.start();
    await first.receive(textFrom({ from: "+15550002222" }));
    await first.close();
    now.pass(downForMs);
    const bot = fakeBot();
    const settings = { CATCH_UP_EVERY_S: 1, SETTLE_AFTER_MS: 1000, REPLY_BY: replyBy } as const;
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
    expect(JSON.stringify(lines)).not.toMatch(/texts\.missed|text\.repeated/);
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

  test("leaves alone a number that no webhook spoke of for a month", async () => {
    const { start, sender, bot, now } = await restarted(32 * DAY);
    sender.received.push(textFrom({ receivedAt: now() - 5 * MINUTE }));

    await start();
    await Bun.sleep(1200);

    expect(bot.asked).toEqual([]);
  });

  test("does not take what it caught up with for a sign that the number is ours", async () => {
    const store = openSqlite(":memory:");
    const now = fakeClock();
    await store.recordInbound(textFrom({ receivedAt: now() - 32 * DAY }));
    await store.recordInbound(textFrom({ receivedAt: now() }), { isListed: true });

    const ours = await store.ourNumbers(now() - 30 * DAY);

    expect([...ours]).toEqual([]);
  });

  test("goes on after the clock was an hour ahead for a while", async () => {
    const { start, sender, bot, now } = await restarted(10 * MINUTE);
    now.pass(60 * MINUTE);
    await start();
    await Bun.sleep(1100);
    now.pass(-60 * MINUTE);
    sender.received.push(textFrom({ text: "missed", receivedAt: now() - 5 * MINUTE }));

    await eventually(() => expect(bot.asked).toEqual(["missed"]));
  });

  test("takes in what comes beside a text that cannot be recorded, which is told once", async () => {
    const store = openSqlite(":memory:");
    const { start, sender, bot, now, lines } = await restarted(10 * MINUTE, { store });
    const unfit = textFrom({ text: "unfit", receivedAt: now() - 5 * MINUTE });
    sender.received.push(unfit, textFrom({ text: "fit", receivedAt: now() - 4 * MINUTE }));
    const { recordInbound } = store;
    let tries = 0;
    store.recordInbound = (message, how) => {
      if (message.id !== unfit.id) return recordInbound(message, how);
      tries += 1;
      return Promise.reject(new StoreError("Cannot write to the database"));
    };

    await start();

    await eventually(() => expect(bot.asked).toEqual(["fit"]));
    await eventually(() => expect(tries).toBe(2));
    expect(lines.filter((line) => JSON.stringify(line).includes("not_taken_in"))).toHaveLength(1);
  });

  test("misses nothing where the database is locked for a while", async () => {
    const store = openSqlite(":memory:");
    const { start, sender, bot, now } = await restarted(10 * MINUTE, { store });
    sender.received.push(textFrom({ receivedAt: now() - 5 * MINUTE }));
    const { recordInbound } = store;
    store.recordInbound = () => Promise.reject(new StoreError("locked", { code: "locked" }));
    await start();
    await Bun.sleep(1200);

    store.recordInbound = recordInbound;

    await eventually(() => expect(bot.asked).toHaveLength(1));
  });

  test("keeps the answer where REPLY_BY=twiml forbids to send it", async () => {
    const { start, receive, sender, now } = await restarted(10 * MINUTE, { replyBy: "twiml" });
    sender.received.push(textFrom({ receivedAt: now() - 5 * MINUTE }));
    await start();
    await Bun.sleep(1200);

    const answer = await receive(textFrom({ receivedAt: now() }));

    expect(textsIn(answer)).toEqual(["text 1", "text 2"]);
    expect(sender.asked).toEqual([]);
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

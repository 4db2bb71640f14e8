import { afterEach, describe, expect, test } from "bun:test";
import type { OutboundState, Verdict } from "../../src/delivery.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { fakeBot } from "../fakes/bot.ts";
import { fakeClock } from "../fakes/clock.ts";
import { talkWith } from "../fakes/conversation.ts";
import { eventually } from "../fakes/eventually.ts";
import { fakeSender, type Mishap } from "../fakes/memory-sender.ts";
import { textFrom } from "../fakes/message.ts";

const MINUTE = 60_000;

describe("the outbox", () => {
  const open: (() => Promise<void>)[] = [];

  afterEach(async () => {
    for (const close of open.splice(0)) await close();
  });

  /** Ada texts, and her answer goes by the API. */
  async function owing(...mishaps: readonly Mishap[]) {
    const now = fakeClock();
    const store = openSqlite(":memory:");
    const sender = fakeSender(now);
    sender.mishaps.push(...mishaps);
    const settings = { REPLY_BY: "rest", SETTLE_AFTER_MS: 1000 } as const;
    const talk = talkWith(fakeBot(), { sender, store, settings, now, isHeardOf: true });
    open.push(talk.close);
    await talk.receive(textFrom());
    await eventually(() => expect(sender.asked).toHaveLength(1));
    const state = async () => (await store.findText(1))?.state;
    return { ...talk, now, sender, state };
  }

  test("hands a text over with the time for which it is good", async () => {
    const { sender } = await owing();

    expect(sender.asked[0]).toMatchObject({
      id: 1,
      from: "+15550009999",
      to: "+15550001111",
      text: "text 1",
      validForMs: 15 * MINUTE,
    });
  });

  test.each<[string, Verdict, OutboundState]>([
    ["final", { action: "final", words: "no such number", code: 21211 }, "failed"],
    ["opt-out", { action: "opt-out", words: "said STOP", code: 21610 }, "failed"],
    ["retry", { action: "retry", words: "too many", code: 20429 }, "owed"],
    ["retry-later", { action: "retry-later", words: "queue full", code: 21611 }, "owed"],
    ["pause", { action: "pause", words: "bad credentials", code: 20003 }, "owed"],
    ["unknown-outcome", { action: "unknown-outcome", words: "broke off" }, "uncertain"],
  ])("after %s leaves the text as it is to be", async (_, verdict, expected) => {
    const { state } = await owing(verdict);

    await eventually(async () => expect(await state()).toBe(expected));
  });

  test("tries again after a refusal that passes, not before Twilio wants it", async () => {
    const busy: Verdict = { action: "retry", words: "too many", retryAfterMs: 5 * MINUTE };
    const { now, sender, state, wake } = await owing(busy);
    await eventually(async () => expect(await state()).toBe("owed"));
    now.pass(4 * MINUTE);
    wake();
    await Bun.sleep(20);
    const early = sender.asked.length;

    now.pass(2 * MINUTE);
    wake();

    await eventually(async () => expect(await state()).toBe("sent"));
    expect([early, sender.list.length]).toEqual([1, 1]);
  });

  test("takes 21610 for STOP: it is recorded, and nothing more is sent", async () => {
    const { store, sender, receive, idle } = await owing({
      action: "opt-out",
      words: "said STOP",
      code: 21610,
    });
    await eventually(async () =>
      expect(await store.isOptedOut("+15550001111", "+15550009999")).toBe(true),
    );

    await receive(textFrom({ text: "hello again" }));
    await idle();

    expect(sender.asked).toHaveLength(1);
    expect([...store.consentEntries()]).toMatchObject([
      { records: "opted out", source: "error 21610" },
    ]);
  });

  test("stops for everybody when Twilio refuses the credentials, loses nothing and goes on", async () => {
    const refused: Verdict = { action: "pause", words: "Twilio refuses the credentials" };
    const { now, sender, health, receive, idle, wake, state } = await owing(refused);
    await eventually(async () => expect(await state()).toBe("owed"));
    await receive(textFrom({ from: "+15550002222" }));
    await idle();
    const before = await health();

    now.pass(MINUTE);
    wake();

    await eventually(() => expect(sender.list).toHaveLength(2));
    expect(before).toMatchObject({
      isWell: false,
      outbox: { owed: 2, paused: "Twilio refuses the credentials" },
    });
    await eventually(async () => expect(await health()).toEqual({ isWell: true, outbox: {} }));
  });

  test.each<[Mishap, number]>([
    ["taken but not told", 1],
    ["lost", 2],
  ])("asks Twilio's list before it sends a text again that was %s", async (mishap, asked) => {
    const { now, sender, state, wake } = await owing(mishap);
    await eventually(async () => expect(await state()).toBe("uncertain"));

    await eventually(async () => {
      now.pass(300);
      wake();
      expect(await state()).toBe("sent");
    });

    expect(sender.asked).toHaveLength(asked);
    expect(sender.list).toHaveLength(1);
  });

  test("does not take another text that reads alike for the one it looks for", async () => {
    const { now, sender, state, wake, store, receive, idle } = await owing();
    await eventually(async () => expect(await state()).toBe("sent"));
    sender.mishaps.push("lost");
    await receive(textFrom({ from: "+15550001111" }));
    await idle();
    await eventually(async () => expect((await store.findText(2))?.state).toBe("uncertain"));
    Object.assign(sender.list[0] ?? {}, { text: "text 2" });

    await eventually(async () => {
      now.pass(300);
      wake();
      expect((await store.findText(2))?.state).toBe("sent");
    });

    expect(sender.asked.map(({ text }) => text)).toEqual(["text 1", "text 2", "text 2"]);
  });

  test("goes on looking while Twilio cannot be asked", async () => {
    const { now, sender, state, wake } = await owing("taken but not told");
    await eventually(async () => expect(await state()).toBe("uncertain"));
    sender.outage = { action: "unknown-outcome", words: "Twilio fails" };
    for (let i = 0; i < 20; i++) {
      now.pass(1000);
      wake();
      await Bun.sleep(2);
    }
    const during = await state();
    sender.outage = undefined;

    await eventually(async () => {
      now.pass(60_000);
      wake();
      expect(await state()).toBe("sent");
    });

    expect(during).toBe("uncertain");
    expect(sender.asked).toHaveLength(1);
  });

  test("does not send what has become stale", async () => {
    const { now, sender, state, wake, lines } = await owing({ action: "retry", words: "too many" });
    await eventually(async () => expect(await state()).toBe("owed"));

    now.pass(16 * MINUTE);
    wake();

    await eventually(async () => expect(await state()).toBe("dropped"));
    expect(sender.asked).toHaveLength(1);
    expect(JSON.stringify(lines)).toContain("while it was fresh");
  });

  test("does not wait for a clock that was set back", async () => {
    const { now, sender, state, wake } = await owing({ action: "retry", words: "too many" });
    await eventually(async () => expect(await state()).toBe("owed"));

    now.pass(-60 * MINUTE);
    await eventually(async () => {
      now.pass(1000);
      wake();
      expect(await state()).toBe("sent");
    });

    expect(sender.list).toHaveLength(1);
  });

  test("sends one person's texts in order, each after the one before was taken", async () => {
    const now = fakeClock();
    const sender = fakeSender(now);
    sender.mishaps.push({ action: "retry", words: "too many" });
    const settings = { REPLY_BY: "rest" } as const;
    const bot = { ...fakeBot(), reply: async () => threeTexts };
    const talk = talkWith(bot, { sender, settings, now });
    open.push(talk.close);
    await talk.receive(textFrom());

    await eventually(() => {
      now.pass(1000);
      talk.wake();
      expect(sender.list).toHaveLength(3);
    });

    expect(sender.asked.map(({ text }) => text)).toEqual(["one", "one", "two", "three"]);
  });

  test("sends ten people's texts side by side, not more", async () => {
    const sender = fakeSender();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    let [underWay, most] = [0, 0];
    const send = sender.send;
    sender.send = async (text, signal) => {
      most = Math.max(most, ++underWay);
      await released;
      underWay--;
      return send(text, signal);
    };
    const talk = talkWith(fakeBot(), { sender, settings: { REPLY_BY: "rest" } });
    open.push(talk.close);
    const people = Array.from({ length: 25 }, (_, index) => `+155500${10_000 + index}`);
    await Promise.all(people.map((from) => talk.receive(textFrom({ from }))));
    await eventually(() => expect(underWay).toBe(10));

    release();

    await eventually(() => expect(sender.list).toHaveLength(25));
    expect(most).toBe(10);
  });

  test("logs neither text nor number", async () => {
    const { lines, state } = await owing({ action: "final", words: "no such number" });

    await eventually(async () => expect(await state()).toBe("failed"));

    expect(JSON.stringify(lines)).not.toMatch(/text 1|5550001111/);
    expect(JSON.stringify(lines)).toContain("no such number");
  });
});

const threeTexts = { text: "one two three", texts: ["one", "two", "three"], remember: new Map() };

import { describe, expect, test } from "bun:test";
import { startDesk, until } from "./campaign/desk.ts";
import { owe, POINTS } from "./campaign/points.ts";

// The compiled server, killed with SIGKILL at one step of a text's path and started again. What stops it there is
// outside of it: a bot that thinks, a Twilio that hangs, a database that somebody else has locked.

describe("the compiled server, killed", () => {
  test.concurrent.each(POINTS)(
    "$when: every text has its one reply, in order",
    async ({ reach, asks, ...options }) => {
      await using desk = await startDesk(options);
      await reach(desk);

      await desk.server.kill();
      desk.unlock();
      desk.letGoBot();
      desk.server.start();
      await desk.settles();

      expect(desk.phone()).toEqual(desk.expected());
      expect(desk.bot.asked("#1.1")).toHaveLength(asks);
    },
    60_000,
  );
});

describe("the compiled server without an account to send with", () => {
  test("killed while the bot thinks: gives the reply with that to the next text", async () => {
    await using desk = await startDesk({ settings: { TWILIO_ACCOUNT_SID: "" } });
    desk.holdBot();
    const mark = desk.text();
    await until(() => desk.bot.asked(mark).length === 1, "the bot is asked");

    await desk.server.kill();
    desk.letGoBot();
    desk.server.start();
    await desk.finds("SELECT 1 FROM outbound WHERE state = 'kept'");
    desk.text();
    await desk.settles();

    expect(desk.phone()).toEqual(desk.expected());
  }, 60_000);
});

describe("the compiled server, left alone", () => {
  test("sends an answer again that Twilio lost", async () => {
    await using desk = await startDesk({});
    desk.twilio.faults.next("webhook", "lost-answer");

    desk.text();
    await desk.settles();

    expect(desk.phone()).toEqual(desk.expected());
  }, 60_000);

  test("sends what Twilio refused for now before the answer to the next text", async () => {
    await using desk = await startDesk({});
    desk.twilio.faults.next("create", "429");
    await owe(desk);
    await until(() => desk.twilio.faults.counts["create:429"] === 1, "Twilio refused");

    desk.text();
    await desk.settles();

    expect(desk.phone()).toEqual(desk.expected());
  }, 60_000);
});

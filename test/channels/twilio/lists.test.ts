import { describe, expect, test } from "bun:test";
import type { Sender } from "../../../src/channels/channel.ts";
import { SendError } from "../../../src/errors.ts";
import type { InboundMessage } from "../../../src/message.ts";
import { never, settled } from "../../fakes/failure.ts";
import { ADA, NUMBER, senderTo, standIn, watch } from "../../fakes/sender.ts";

const GRACE = "+15550002222";
const TEN = Date.parse("2026-11-22T10:00:00.400Z");
const HOUR_MS = 3_600_000;
const STRETCH = { from: NUMBER, to: ADA, since: 0 };

describe("listSent()", () => {
  test("tells our messages to one person, newest first, the ones that wait among them", async () => {
    await using twilio = standIn({ now: () => TEN, pace: 1 });
    const { send, listSent } = senderTo(twilio);
    for (const [id, to, text] of [
      [1, ADA, "one"],
      [2, GRACE, "for Grace"],
      [3, ADA, "two"],
    ] as const) {
      await send({ id, from: NUMBER, to, text, validForMs: 60_000 }, never());
    }

    const found = await listSent(STRETCH, never());

    expect(found).toEqual([
      {
        sid: expect.stringMatching(/^SM/),
        status: "queued",
        text: "two",
        createdAt: Math.floor(TEN / 1000) * 1000,
      },
      expect.objectContaining({ status: "queued", text: "one" }),
    ]);
  });

  test("tells how they ended", async () => {
    await using twilio = standIn();
    twilio.decide(ADA, { status: "failed", errorCode: 30034 });
    const { send, listSent } = senderTo(twilio);
    await send({ id: 1, from: NUMBER, to: ADA, text: "one", validForMs: 60_000 }, never());
    await twilio.idle();

    const found = await listSent(STRETCH, never());

    expect(found).toMatchObject([{ status: "failed", verdict: { action: "final", code: 30034 } }]);
  });

  test("tells what went back in a webhook's answer", async () => {
    using server = Bun.serve({
      port: 0,
      fetch: () =>
        new Response("<Response><Message>by TwiML</Message></Response>", {
          headers: { "content-type": "text/xml" },
        }),
    });
    await using twilio = standIn({
      numbers: [{ number: NUMBER, webhook: { url: server.url.href } }],
    });
    await twilio.text(ADA, "hello").finished;
    const { listSent } = senderTo(twilio);

    const found = await listSent(STRETCH, never());

    expect(found).toMatchObject([{ text: "by TwiML" }]);
  });

  test("tells nothing older than asked for, and asks for no further page", async () => {
    let now = TEN;
    await using twilio = standIn({ now: () => now });
    await using door = watch(twilio);
    const { send, listSent } = senderTo(twilio, { apiUrl: door.url });
    for (const text of ["10:00", "11:00", "12:00"]) {
      await send({ id: 1, from: NUMBER, to: ADA, text, validForMs: 60_000 }, never());
      now += HOUR_MS;
    }
    door.requests.length = 0;

    const found = await listSent({ ...STRETCH, since: TEN + HOUR_MS }, never());

    expect(found.map(({ text }) => text)).toEqual(["12:00", "11:00"]);
    expect(door.requests).toMatchObject([{ query: { From: NUMBER, To: ADA } }]);
    expect(Object.keys(door.requests[0]?.query ?? {})).not.toContain("DateSent>");
  });
});

describe("listReceived()", () => {
  test("tells what people sent, as a webhook would", async () => {
    await using twilio = standIn({ now: () => TEN });
    const { sid } = twilio.text(ADA, "  hello \n");

    const pages = await pagesOf(senderTo(twilio), 0);

    expect(pages).toEqual([
      [
        {
          id: sid,
          channel: "sms",
          from: ADA,
          to: NUMBER,
          text: "  hello \n",
          media: [],
          receivedAt: Math.floor(TEN / 1000) * 1000,
        },
      ],
    ]);
  });

  test("tells none of our own messages", async () => {
    await using twilio = standIn();
    const sender = senderTo(twilio);
    const ours = { id: 1, from: NUMBER, to: ADA, text: "ours", validForMs: 60_000 };
    await sender.send(ours, never());

    const pages = await pagesOf(sender, 0);

    expect(pages.flat()).toEqual([]);
  });

  test("looks up pictures, and only of messages that have any", async () => {
    await using twilio = standIn();
    await using door = watch(twilio);
    twilio.text(ADA, "look");
    const { sid } = twilio.text(ADA, "", { media: [{ contentType: "image/png" }] });

    const [page = []] = await pagesOf(senderTo(twilio, { apiUrl: door.url }), 0);

    const root = `/2010-04-01/Accounts/${twilio.accountSid}/Messages/${sid}/Media`;
    expect(page.map(({ media }) => media)).toEqual([
      [
        {
          url: expect.stringContaining(`https://api.twilio.com${root}/ME`),
          contentType: "image/png",
        },
      ],
      [],
    ]);
    expect(door.requests.filter(({ path }) => path.includes("Media"))).toHaveLength(1);
  });

  test.each([
    ["that are tried again", ["429" as const, null], 1],
    ["that Twilio does not have", [20404], 0],
  ])("tells of the other texts beside pictures %s", async (_, faults, pictures) => {
    await using twilio = standIn();
    twilio.text(ADA, "hello");
    const { sid } = twilio.text(ADA, "look", { media: [{ contentType: "image/png" }] });
    twilio.faults.next("lookup", null, ...faults);

    const [page = []] = await pagesOf(senderTo(twilio), 0);

    expect(page.map(({ text }) => text)).toEqual(["look", "hello"]);
    expect(page.find(({ id }) => id === sid)?.media).toHaveLength(pictures);
  });

  test("follows the pages to the time that is asked for, and not further", async () => {
    let now = TEN - HOUR_MS;
    await using twilio = standIn({ now: () => now });
    await using door = watch(twilio);
    for (let count = 0; count < 350; count += 1) twilio.text(ADA, "before");
    now = TEN;
    for (let count = 0; count < 150; count += 1) twilio.text(ADA, `since ${count}`);

    const pages = await pagesOf(senderTo(twilio, { apiUrl: door.url }), TEN);

    expect(pages.map((page) => page.length)).toEqual([100, 50, 0]);
    expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(150);
    expect(door.requests).toHaveLength(3);
  });

  test("counts what came within the same second as the time that is asked for", async () => {
    await using twilio = standIn({ now: () => TEN });
    twilio.text(ADA, "hello");

    const pages = await pagesOf(senderTo(twilio), TEN + 500);

    expect(pages.flat()).toHaveLength(1);
  });

  test("does not ask for the next page before it is wanted", async () => {
    await using twilio = standIn();
    await using door = watch(twilio);
    for (let count = 0; count < 150; count += 1) twilio.text(ADA, "hello");

    for await (const _ of senderTo(twilio, { apiUrl: door.url }).listReceived(
      { since: 0, isOurs: () => true },
      never(),
    ))
      break;

    expect(door.requests).toHaveLength(1);
  });
});

describe("a list that fails", () => {
  const LISTS: readonly [string, (sender: Sender, signal: AbortSignal) => Promise<unknown>][] = [
    ["listSent()", (sender, signal) => sender.listSent(STRETCH, signal)],
    [
      "listReceived()",
      (sender, signal) =>
        Array.fromAsync(sender.listReceived({ since: 0, isOurs: () => true }, signal)),
    ],
    ["fetchReport()", (sender, signal) => sender.fetchReport(`SM${"1".repeat(32)}`, signal)],
    ["erase()", (sender, signal) => sender.erase(`SM${"1".repeat(32)}`, signal)],
  ];
  const FAULTS = ["429", "500", "503", "reset", "hang", 20003, 21211] as const;

  test.each(LISTS.flatMap(([name, list]) => FAULTS.map((fault) => [name, fault, list] as const)))(
    "%s at %p throws a SendError that holds neither credentials nor numbers nor texts",
    async (_, fault, list) => {
      await using twilio = standIn();
      twilio.text(ADA, "my secret");
      twilio.faults.next("lookup", fault);

      const error = await settled(list(senderTo(twilio), never()));

      expect(error).toBeInstanceOf(SendError);
      const login = Buffer.from(`${twilio.accountSid}:${twilio.authToken}`).toString("base64");
      const told = Bun.inspect(error, { depth: 9 }) + JSON.stringify(error);
      const secrets = [twilio.authToken, login, twilio.accountSid, ADA, NUMBER, "my secret"];
      const escaped = secrets.map(encodeURIComponent);
      expect([...secrets, ...escaped].filter((secret) => told.includes(secret))).toEqual([]);
    },
  );

  test.each(LISTS)("%s at 429 tells how long to wait", async (_, list) => {
    await using twilio = standIn();
    twilio.faults.next("lookup", "429");

    const error = await settled(list(senderTo(twilio), never()));

    expect(error).toMatchObject({ verdict: { action: "retry", retryAfterMs: 1000 } });
  });

  test.each(LISTS.slice(0, 2))("%s of which half arrives is no list", async (_, list) => {
    await using twilio = standIn();
    twilio.text(ADA, "hello");
    twilio.faults.next("lookup", "cut");

    const error = await settled(list(senderTo(twilio), never()));

    expect(error).toMatchObject({
      verdict: { action: "unknown-outcome", words: "Twilio's answer cannot be read" },
    });
  });

  test.each(LISTS)("%s ends with the signal", async (_, list) => {
    await using twilio = standIn();
    twilio.faults.next("lookup", "hang");
    const stop = new AbortController();

    const call = settled(list(senderTo(twilio, { timeoutMs: 60_000 }), stop.signal));
    await Bun.sleep(20);
    stop.abort();

    expect(await call).toBeInstanceOf(SendError);
  });
});

test("createSender() keeps its credentials to itself", async () => {
  await using twilio = standIn();
  const sender = senderTo(twilio);

  const told = Bun.inspect(sender, { depth: 9 }) + JSON.stringify(sender);

  expect(told).not.toContain(twilio.authToken);
});

function pagesOf(sender: Sender, since: number): Promise<(readonly InboundMessage[])[]> {
  return Array.fromAsync(sender.listReceived({ since, isOurs: () => true }, never()));
}

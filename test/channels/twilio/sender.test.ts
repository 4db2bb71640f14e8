import { describe, expect, test } from "bun:test";
import type { Sender } from "../../../src/channels/channel.ts";
import { readWebhookUrl } from "../../../src/channels/twilio/webhook-url.ts";
import type { TextToSend } from "../../../src/delivery.ts";
import { never } from "../../fakes/failure.ts";
import { ADA, NUMBER, senderTo, standIn, watch, withTokens } from "../../fakes/sender.ts";

const TEXT: TextToSend = {
  id: 42,
  from: NUMBER,
  to: ADA,
  text: "hello <Ada> & co 😀",
  validForMs: 5 * 60_000,
};

describe("send()", () => {
  test("hands a text over", async () => {
    await using twilio = standIn();
    const { send } = senderTo(twilio);

    const sending = await send(TEXT, never());
    await twilio.idle();

    const [message] = twilio.messages();
    expect(sending).toEqual({ kind: "accepted", sid: message?.sid ?? "", status: "queued" });
    expect(twilio.inbox(ADA)).toMatchObject([{ text: TEXT.text, from: NUMBER, by: "rest" }]);
  });

  test("asks to be told what becomes of the text, by its id", async () => {
    await using twilio = standIn();
    const { send } = senderTo(twilio, { callbacks: true });

    await send(TEXT, never());

    expect(twilio.messages()[0]?.statusCallback).toBe(
      "https://bot.example.com/sms/status?id=42&of=4711#rc=2&rp=ct,rt,5xx",
    );
  });

  test.each([
    ["where Twilio cannot reach us", { callbacks: false }],
    [
      "of a host that Twilio refuses to call",
      { callbacks: true, webhookUrl: () => readWebhookUrl("https://my_bot.example.com") },
    ],
  ])("asks for no callback %s", async (_, options) => {
    await using twilio = standIn();
    const { send } = senderTo(twilio, options);

    const sending = await send(TEXT, never());

    expect(sending.kind).toBe("accepted");
    expect(twilio.messages()[0]?.statusCallback).toBeUndefined();
  });

  test.each([
    [5 * 60_000, "300"],
    [5 * 60_000 - 1, "240"],
    [90_000, "60"],
    [1, "60"],
    [-1, "60"],
    [86_400_000, "36000"],
  ])("lets a text that is good for %p ms wait for %p s", async (validForMs, seconds) => {
    await using twilio = standIn();
    await using door = watch(twilio);
    const { send } = senderTo(twilio, { apiUrl: door.url });

    const sending = await send({ ...TEXT, validForMs }, never());

    expect(sending.kind).toBe("accepted");
    expect(door.requests.map(({ form }) => form["ValidityPeriod"])).toEqual([seconds]);
  });

  test("tells what Twilio refuses by its code", async () => {
    await using twilio = standIn();
    twilio.faults.next("create", 21610, 21611);
    const { send } = senderTo(twilio);

    const sendings = [await send(TEXT, never()), await send(TEXT, never())];

    expect(sendings).toMatchObject([
      { kind: "refused", verdict: { action: "opt-out", code: 21610 } },
      { kind: "refused", verdict: { action: "retry-later", code: 21611 } },
    ]);
  });

  test("tells of too many requests how long to wait, and nothing was sent", async () => {
    await using twilio = standIn();
    twilio.faults.next("create", "429");
    const { send } = senderTo(twilio);

    const sending = await send(TEXT, never());

    expect(sending).toMatchObject({
      kind: "refused",
      verdict: { action: "retry", code: 20429, retryAfterMs: 1000 },
    });
    expect(twilio.messages()).toEqual([]);
  });

  test("tells each of many at once its own wait", async () => {
    await using twilio = standIn();
    twilio.faults.next("create", "429", null, "429", null);
    const { send } = senderTo(twilio);

    const sendings = await Promise.all([1, 2, 3, 4].map((id) => send({ ...TEXT, id }, never())));

    const waits = sendings.map((sending) =>
      sending.kind === "refused" ? sending.verdict.retryAfterMs : 0,
    );
    expect(waits.toSorted()).toEqual([0, 0, 1000, 1000]);
  });

  test.each([
    ["500", 0],
    ["503", 0],
    ["reset", 0],
    ["hang", 0],
    ["500-after", 1],
    ["reset-after", 1],
    ["hang-after", 1],
    ["cut", 1],
  ] as const)("does not know at %p whether the text was sent", async (fault, count) => {
    await using twilio = standIn();
    twilio.faults.next("create", fault);
    const { send } = senderTo(twilio);

    const sending = await send(TEXT, never());

    expect(sending).toMatchObject({ kind: "refused", verdict: { action: "unknown-outcome" } });
    expect(twilio.messages()).toHaveLength(count);
  });

  test("knows the text by its sid also where its callbacks came first", async () => {
    await using twilio = standIn();
    twilio.faults.next("create", "early-callbacks");
    const { send } = senderTo(twilio);

    const sending = await send(TEXT, never());

    expect(sending).toMatchObject({ kind: "accepted", sid: twilio.messages()[0]?.sid });
  });

  test("ends with the signal", async () => {
    await using twilio = standIn();
    twilio.faults.next("create", "hang");
    const { send } = senderTo(twilio, { timeoutMs: 60_000 });
    const stop = new AbortController();

    const sending = send(TEXT, stop.signal);
    await Bun.sleep(50);
    stop.abort();

    expect(await sending).toMatchObject({ verdict: { action: "unknown-outcome" } });
  });

  test("asks nothing once the signal has ended, and says that it may be tried again", async () => {
    await using twilio = standIn();
    const { send } = senderTo(twilio);

    const sending = await send(TEXT, AbortSignal.abort());

    expect(sending).toMatchObject({ kind: "refused", verdict: { action: "retry" } });
    expect(twilio.messages()).toEqual([]);
  });
});

describe("the credentials", () => {
  test("may be an API key", async () => {
    const key = `SK${"2".repeat(32)}`;
    await using twilio = standIn({ apiKeys: { [key]: "hush" } });
    const { accountSid } = twilio;
    const logins = [{ username: key, password: "hush" }] as const;
    const { send } = senderTo(twilio, { credentials: { accountSid, logins } });

    const sending = await send(TEXT, never());

    expect(sending.kind).toBe("accepted");
  });

  test("that are wrong pause everything", async () => {
    await using twilio = standIn();
    const { send } = senderTo(twilio, withTokens(twilio, "wrong"));

    const sending = await send(TEXT, never());

    expect(sending).toMatchObject({ verdict: { action: "pause", code: 20003 } });
  });

  test.each([
    ["first", (good: string) => [good, "other"], 2],
    ["second", (good: string) => ["other", good], 3],
  ])("may be two tokens, of which the %s is good", async (_, tokensOf, count) => {
    await using twilio = standIn();
    await using door = watch(twilio);
    const [one = "", other = ""] = tokensOf(twilio.authToken);
    const { send } = senderTo(twilio, { ...withTokens(twilio, one, other), apiUrl: door.url });

    const sendings = [await send(TEXT, never()), await send(TEXT, never())];

    expect(sendings.map(({ kind }) => kind)).toEqual(["accepted", "accepted"]);
    expect(door.requests).toHaveLength(count);
  });

  test("may be two tokens for many texts at once", async () => {
    await using twilio = standIn();
    const { send } = senderTo(twilio, withTokens(twilio, "other", twilio.authToken));

    const sendings = await Promise.all([1, 2, 3, 4].map((id) => send({ ...TEXT, id }, never())));

    expect(sendings.map(({ kind }) => kind)).toEqual(Array(4).fill("accepted"));
  });
});

describe("fetchReport()", () => {
  test("tells where a message is, and why it failed", async () => {
    await using twilio = standIn({ pace: 0.3 });
    twilio.decide(ADA, { status: "undelivered", errorCode: 30003 });
    const { send, fetchReport } = senderTo(twilio);
    const sid = sidOf(await send(TEXT, never()));

    const before = await fetchReport(sid, never());
    await twilio.idle();
    const after = await fetchReport(sid, never());

    expect(before).toEqual({ sid, status: "queued" });
    expect(after).toMatchObject({
      sid,
      status: "undelivered",
      verdict: { action: "retry-later", code: 30003 },
    });
  });

  test("of a message that is gone says so, and pauses nothing", async () => {
    await using twilio = standIn();
    const { fetchReport } = senderTo(twilio);

    const call = fetchReport(`SM${"9".repeat(32)}`, never());

    await expect(call).rejects.toMatchObject({ verdict: { action: "final" } });
  });
});

describe("erase()", () => {
  test("takes a message out of Twilio's list", async () => {
    await using twilio = standIn();
    const { send, erase } = senderTo(twilio);
    const sid = sidOf(await send(TEXT, never()));
    await twilio.idle();

    await erase(sid, never());

    expect(twilio.messages()).toEqual([]);
  });

  test("counts a message that is gone as erased", async () => {
    await using twilio = standIn();
    const { erase } = senderTo(twilio);

    const call = erase(`SM${"9".repeat(32)}`, never());

    expect(await call).toBeUndefined();
  });

  test("of a message that is still on its way is to be tried again later", async () => {
    await using twilio = standIn({ pace: 1 });
    const { send, erase } = senderTo(twilio);
    const sid = sidOf(await send(TEXT, never()));

    const call = erase(sid, never());

    await expect(call).rejects.toMatchObject({ verdict: { action: "retry-later", code: 20009 } });
  });
});

function sidOf(sending: Awaited<ReturnType<Sender["send"]>>): string {
  return sending.kind === "accepted" ? sending.sid : "";
}

import { describe, expect, test } from "bun:test";
import type { StandInOptions } from "../../src/stand-in/account.ts";
import { createStandIn, type StandIn } from "../../src/stand-in/stand-in.ts";
import { clientOf, refusalOf } from "./client.ts";
import { startServer, textsOf, twiml } from "./small-server.ts";

const ADA = "+15550001111";
const NUMBER = "+15550009999";
const SERVICE = `MG${"1".repeat(32)}`;

type Kind = NonNullable<StandInOptions["numbers"][number]["kind"]>;

describe("a keyword", () => {
  test.each<[Kind, string]>([
    ["long", "STOP"],
    ["long", "stop"],
    ["long", " Stopall "],
    ["long", "REVOKE"],
    ["long", "OPTOUT"],
    ["toll-free", "STOP"],
  ])("on a %s number, %p: Twilio answers, blocks, and passes it on", async (kind, word) => {
    await using server = startServer(() => twiml(""));
    await using twilio = standIn(server.url, kind);

    await twilio.text(ADA, word).finished;
    const refusal = await refusalOf(send(twilio));

    expect(server.heard.map(({ form }) => form["Body"])).toEqual([word]);
    expect(server.heard[0]?.form).not.toContainKey("OptOutType");
    expect(twilio.inbox(ADA).map(({ by }) => by)).toEqual(["twilio"]);
    expect(refusal).toMatchObject({ code: 21610, status: 400 });
  });

  test.each<[Kind, string]>([
    ["long", "STOP please"],
    ["toll-free", "QUIT"],
    ["short", "STOP"],
    ["short", "HELP"],
  ])("on a %s number, %p is talk", async (kind, words) => {
    await using server = startServer(() => twiml(""));
    await using twilio = standIn(server.url, kind);

    await twilio.text(ADA, words).finished;
    const { status } = await send(twilio);

    expect(status).toBe("queued");
    expect(server.heard).toHaveLength(1);
    expect(twilio.inbox(ADA)).toEqual([]);
    await twilio.idle();
  });

  test.each<[Kind, string, boolean]>([
    ["long", "START", true],
    ["long", "yes", true],
    ["toll-free", "UNSTOP", true],
    ["toll-free", "YES", false],
  ])("on a %s number, %p after STOP takes it back: %p", async (kind, word, isBack) => {
    await using server = startServer(() => twiml("<Message>hi</Message>"));
    await using twilio = standIn(server.url, kind);
    await twilio.text(ADA, "STOP").finished;

    await twilio.text(ADA, word).finished;
    await twilio.idle();

    expect(textsOf(twilio, ADA).includes("hi")).toBe(isBack);
  });

  test("YES without a STOP before is talk, and HELP is answered", async () => {
    await using server = startServer(() => twiml(""));
    await using twilio = standIn(server.url);

    await twilio.text(ADA, "YES").finished;
    await twilio.text(ADA, "help").finished;

    expect(textsOf(twilio, ADA)).toEqual([expect.stringContaining("Text STOP")]);
  });
});

describe("who is blocked", () => {
  test("gets no TwiML either: the message fails", async () => {
    await using server = startServer(() => twiml("<Message>hi</Message>"));
    await using twilio = standIn(server.url);

    const { replies } = await twilio.text(ADA, "STOP").finished;
    await twilio.idle();

    const [sid = ""] = replies;
    expect(textsOf(twilio, ADA)).not.toContain("hi");
    expect(await clientOf(twilio).messages(sid).fetch()).toMatchObject({
      status: "failed",
      errorCode: 21610,
      direction: "outbound-reply",
    });
  });

  test("is refused by a service only afterwards, for all its numbers", async () => {
    const other = "+15550008888";
    await using twilio = withService({}, other);
    await twilio.text(ADA, "STOP", { to: other }).finished;
    const { messages } = clientOf(twilio);

    const { sid, status } = await messages.create({
      to: ADA,
      messagingServiceSid: SERVICE,
      body: "a",
    });
    await twilio.idle();

    expect(status).toBe("accepted");
    expect(await messages(sid).fetch()).toMatchObject({ status: "failed", errorCode: 21610 });
  });
});

test("advanced opt-out names what it did to the webhook", async () => {
  await using server = startServer(() => twiml(""));
  await using twilio = withService({ hasAdvancedOptOut: true });
  twilio.configure(NUMBER, { url: server.url });

  for (const word of ["STOP", "START", "HELP", "hello"]) await twilio.text(ADA, word).finished;

  const types = server.heard.map(({ form }) => form["OptOutType"]);
  expect(types).toEqual(["STOP", "START", "HELP", undefined]);
});

function standIn(url: string, kind: Kind = "long"): StandIn {
  return createStandIn({ numbers: [{ number: NUMBER, kind, webhook: { url } }], pace: 0.01 });
}

function withService(service: { hasAdvancedOptOut?: boolean }, ...others: string[]): StandIn {
  const numbers = [NUMBER, ...others];
  return createStandIn({
    numbers: numbers.map((number) => ({ number })),
    services: [{ sid: SERVICE, numbers, usesNumbersWebhook: true, ...service }],
    pace: 0.01,
  });
}

function send(twilio: StandIn) {
  return clientOf(twilio).messages.create({ to: ADA, from: NUMBER, body: "hello" });
}

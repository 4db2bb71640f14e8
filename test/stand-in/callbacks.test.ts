import { describe, expect, test } from "bun:test";
import { createStandIn, type StandIn } from "../../src/stand-in/stand-in.ts";
import { handMadeSignature } from "../fakes/webhook.ts";
import { clientOf } from "./client.ts";
import { type SmallServer, startServer, textsOf } from "./small-server.ts";

const ADA = "+15550001111";
const NUMBER = "+15550009999";
const SERVICE = `MG${"1".repeat(32)}`;

describe("a status callback", () => {
  test("tells every status but the first, signed, with the URL's own query", async () => {
    await using server = startServer(noContent);
    await using twilio = standIn();

    const { sid } = await send(twilio, `${server.url}/status?id=7#rc=1`);
    await twilio.idle();

    const [first] = server.heard;
    const signature = handMadeSignature(
      twilio.authToken,
      `${server.url}/status?id=7`,
      Object.entries(first?.form ?? {}),
    );
    expect(statusesOf(server)).toEqual(["sending", "sent", "delivered"]);
    expect(first?.headers.get("x-twilio-signature")).toBe(signature);
    expect(first).toMatchObject({ target: "/status?id=7" });
    expect(first?.form).toEqual({
      AccountSid: twilio.accountSid,
      ApiVersion: "2010-04-01",
      From: NUMBER,
      To: ADA,
      MessageSid: sid,
      SmsSid: sid,
      MessageStatus: "sending",
      SmsStatus: "sending",
    });
    expect(server.heard[2]?.form["RawDlrDoneDate"]).toMatch(/^\d{10}$/);
  });

  test("tells the reason of a failure", async () => {
    await using server = startServer(noContent);
    await using twilio = standIn();
    twilio.decide(ADA, { status: "undelivered", errorCode: 30007 });

    await send(twilio, server.url);
    await twilio.idle();

    expect(server.heard.at(-1)?.form).toMatchObject({
      MessageStatus: "undelivered",
      ErrorCode: "30007",
    });
  });

  test("of a service's message begins with queued, and goes to the service's URL by default", async () => {
    await using server = startServer(noContent);
    await using twilio = standIn(`${server.url}/service`);

    await clientOf(twilio).messages.create({ to: ADA, messagingServiceSid: SERVICE, body: "a" });
    await twilio.idle();

    expect(statusesOf(server)).toEqual(["queued", "sending", "sent", "delivered"]);
    expect(server.heard[0]).toMatchObject({
      target: "/service",
      form: { MessagingServiceSid: SERVICE },
    });
  });

  test("that is refused is repeated only where the fragment says so, and is complained of", async () => {
    await using server = startServer(() => new Response(null, { status: 500 }));
    await using twilio = standIn();

    await send(twilio, `${server.url}/a`);
    await send(twilio, `${server.url}/b#rc=2&rp=5xx`);
    await twilio.idle();

    const asked = (target: string) => server.heard.filter((heard) => heard.target === target);
    expect(asked("/a")).toHaveLength(3);
    expect(asked("/b")).toHaveLength(9);
    expect(twilio.alerts).toHaveLength(6);
  });

  test("can get lost", async () => {
    await using server = startServer(noContent);
    await using twilio = standIn();
    twilio.faults.next("callback", null, "lost");

    await send(twilio, server.url);
    await twilio.idle();

    expect(statusesOf(server)).toEqual(["sending", "delivered"]);
  });

  test("can come late, after those that follow it", async () => {
    await using server = startServer(noContent);
    await using twilio = standIn();
    twilio.faults.next("callback", "late");

    await send(twilio, server.url);
    await twilio.idle();

    expect(statusesOf(server)).toEqual(["sent", "delivered", "sending"]);
  });

  test("can come twice", async () => {
    await using server = startServer(noContent);
    await using twilio = standIn();
    twilio.faults.next("callback", "twice");

    await send(twilio, server.url);
    await twilio.idle();

    expect(statusesOf(server).toSorted()).toEqual(["delivered", "sending", "sending", "sent"]);
  });

  test("can come before the request that it is about was answered", async () => {
    await using server = startServer(noContent);
    await using twilio = standIn();
    twilio.faults.next("create", "early-callbacks");

    const { status } = await send(twilio, server.url);

    expect(status).toBe("queued");
    expect(statusesOf(server)).toEqual(["sending", "sent", "delivered"]);
    expect(textsOf(twilio, ADA)).toEqual(["hello"]);
  });
});

function noContent(): Response {
  return new Response(null, { status: 204 });
}

function statusesOf(server: SmallServer): (string | undefined)[] {
  return server.heard.map(({ form }) => form["MessageStatus"]);
}

function standIn(statusCallback = ""): StandIn {
  return createStandIn({
    numbers: [{ number: NUMBER }],
    services: [{ sid: SERVICE, numbers: [NUMBER], statusCallback }],
    seed: "callbacks",
    pace: 0.05,
  });
}

function send(twilio: StandIn, statusCallback: string) {
  const { messages } = clientOf(twilio);
  return messages.create({ to: ADA, from: NUMBER, body: "hello", statusCallback });
}

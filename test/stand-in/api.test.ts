import { describe, expect, test } from "bun:test";
import twilioSdk from "twilio";
import type { StandInOptions } from "../../src/stand-in/account.ts";
import { createStandIn } from "../../src/stand-in/stand-in.ts";
import { clientOf, refusalOf } from "./client.ts";
import { textsOf } from "./small-server.ts";

const ADA = "+15550001111";
const NUMBER = "+15550009999";
const SERVICE = `MG${"1".repeat(32)}`;
const OPTIONS: StandInOptions = { numbers: [{ number: NUMBER }], pace: 0.01 };

describe("a request to send", () => {
  test("is taken on as queued, and arrives", async () => {
    await using twilio = createStandIn(OPTIONS);
    const { messages } = clientOf(twilio);

    const created = await messages.create({
      to: ADA,
      from: NUMBER,
      body: "hello",
      validityPeriod: 300,
    });
    await twilio.idle();

    expect(created).toMatchObject({
      status: "queued",
      numSegments: "1",
      price: null,
      priceUnit: "USD",
    });
    expect(created.dateSent).toBeNull();
    expect(twilio.inbox(ADA)).toEqual([
      expect.objectContaining({ sid: created.sid, text: "hello", by: "rest" }),
    ]);
    expect((await messages(created.sid).fetch()).status).toBe("delivered");
  });

  test("to a service is accepted, and its sender picked later", async () => {
    await using twilio = createStandIn({
      ...OPTIONS,
      services: [{ sid: SERVICE, numbers: [NUMBER] }],
    });
    const { messages } = clientOf(twilio);

    const created = await messages.create({ to: ADA, messagingServiceSid: SERVICE, body: "hello" });
    await twilio.idle();

    const sent = await messages(created.sid).fetch();
    expect(created).toMatchObject({ status: "accepted", numSegments: "0" });
    expect(created.from).toBeNull();
    expect(sent).toMatchObject({ status: "delivered", from: NUMBER, messagingServiceSid: SERVICE });
  });

  test("to a service comes from the number the person knows", async () => {
    const other = "+15550008888";
    await using twilio = createStandIn({
      ...OPTIONS,
      numbers: [{ number: NUMBER }, { number: other }],
      services: [{ sid: SERVICE, numbers: [NUMBER, other], usesNumbersWebhook: true }],
    });
    await twilio.text(ADA, "hello", { to: other }).finished;
    const { messages } = clientOf(twilio);

    await messages.create({ to: ADA, messagingServiceSid: SERVICE, body: "hi" });
    await twilio.idle();

    expect(twilio.inbox(ADA).map(({ from }) => from)).toEqual([other]);
  });

  test("arrives in the order in which it was asked for", async () => {
    await using twilio = createStandIn(OPTIONS);
    const { messages } = clientOf(twilio);

    for (const body of ["1", "2", "3"]) await messages.create({ to: ADA, from: NUMBER, body });
    await twilio.idle();

    expect(textsOf(twilio, ADA)).toEqual(["1", "2", "3"]);
  });

  test("ends as it was decided for the person", async () => {
    await using twilio = createStandIn(OPTIONS);
    twilio.decide(ADA, { status: "undelivered", errorCode: 30003 });
    const { messages } = clientOf(twilio);

    const { sid } = await messages.create({ to: ADA, from: NUMBER, body: "hello" });
    await twilio.idle();

    expect(await messages(sid).fetch()).toMatchObject({ status: "undelivered", errorCode: 30003 });
    expect(twilio.inbox(ADA)).toEqual([]);
  });

  test.each<[number, Record<string, string>]>([
    [21604, { To: "" }],
    [21603, { From: "" }],
    [21602, { Body: "" }],
    [21617, { Body: "a".repeat(1601) }],
    [21211, { To: "banana" }],
    [21212, { From: "banana" }],
    [21606, { From: "+15550007777" }],
    [21408, { To: "+4915550001111" }],
    [21620, { MediaUrl: "banana" }],
    [21609, { StatusCallback: "banana" }],
    [21609, { StatusCallback: "https://my_host.example/status" }],
    [21624, { ValidityPeriod: "0" }],
    [21624, { ValidityPeriod: "36001" }],
    [21705, { MessagingServiceSid: SERVICE }],
    [20001, { ValidityPeriod: "soon" }],
    [20001, { MessagingServiceSid: "MG1" }],
    [20001, { SmartEncoded: "maybe" }],
    [20001, { RiskCheck: "perhaps" }],
    [20001, { IdempotencyKey: "7" }],
    [20001, { body: "hello" }],
    [20001, { SendAt: "2030-01-01T00:00:00Z" }],
  ])("is refused with %i for %o", async (code, changes) => {
    await using twilio = createStandIn({ ...OPTIONS, permittedPrefixes: ["+1", "b"] });
    const form = new URLSearchParams({ To: ADA, From: NUMBER, Body: "hello", ...changes });

    const response = await twilio.fetch(request(twilio, { method: "POST", body: form.toString() }));

    expect(await response.json()).toEqual({
      code,
      message: expect.stringMatching(/./),
      more_info: `https://www.twilio.com/docs/errors/${code}`,
      status: 400,
    });
    expect(response.status).toBe(400);
    expect(await listed(twilio)).toEqual([]);
  });

  test("is refused by Twilio's other reasons on demand, in the SDK's own error", async () => {
    await using twilio = createStandIn(OPTIONS);
    twilio.faults.next("create", 21611, 21614);
    const { messages } = clientOf(twilio);
    const create = () => refusalOf(messages.create({ to: ADA, from: NUMBER, body: "hello" }));

    const refusals = [await create(), await create()];

    expect(refusals).toEqual([
      expect.objectContaining({ code: 21611, status: 400 }),
      expect.objectContaining({ code: 21614, status: 400 }),
    ]);
  });
});

describe("the API", () => {
  test.each([
    ["no credentials", ""],
    ["another token", `Basic ${btoa(`AC${"0".repeat(32)}:wrong`)}`],
    ["another scheme", "Bearer x"],
  ])("refuses %s", async (_, authorization) => {
    await using twilio = createStandIn(OPTIONS);

    const response = await twilio.fetch(request(twilio, { headers: { authorization } }));

    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 20003, status: 401 });
  });

  test("takes an API key", async () => {
    const key = `SK${"2".repeat(32)}`;
    await using twilio = createStandIn({ ...OPTIONS, apiKeys: { [key]: "secret" } });
    const client = twilioSdk(key, "secret", { accountSid: twilio.accountSid });
    client.api.baseUrl = twilio.listen();

    const found = await client.messages.list();

    expect(found).toEqual([]);
  });

  test("does not know another account, nor a message it does not have", async () => {
    await using twilio = createStandIn(OPTIONS);
    const { messages } = clientOf(twilio);

    const unknown = await refusalOf(messages(`SM${"9".repeat(32)}`).fetch());
    const elsewhere = await twilio.fetch(request(twilio, {}, `AC${"9".repeat(32)}`));

    expect(unknown).toMatchObject({ status: 404, code: 20404 });
    expect(elsewhere.status).toBe(404);
  });

  test("redacts and deletes what is finished, and nothing else", async () => {
    await using twilio = createStandIn({ ...OPTIONS, pace: 0.3 });
    const { messages } = clientOf(twilio);
    const { sid } = await messages.create({ to: ADA, from: NUMBER, body: "secret" });

    const early = await refusalOf(messages(sid).update({ body: "" }));
    const tooEarly = await refusalOf(messages(sid).remove());
    await twilio.idle();
    const redacted = await messages(sid).update({ body: "" });
    const other = await refusalOf(messages(sid).update({ body: "other" }));
    const isRemoved = await messages(sid).remove();

    expect([early, tooEarly]).toEqual([
      expect.objectContaining({ code: 20009 }),
      expect.objectContaining({ code: 20009 }),
    ]);
    expect(redacted.body).toBe("");
    expect(other).toMatchObject({ code: 20001 });
    expect(isRemoved).toBe(true);
    expect(await listed(twilio)).toEqual([]);
  });

  test("lists a text's pictures", async () => {
    await using twilio = createStandIn(OPTIONS);
    const { messages } = clientOf(twilio);
    const { sid } = twilio.text(ADA, "", { media: [{ contentType: "image/png" }] });

    const media = await messages(sid).media.list();

    expect(media).toEqual([expect.objectContaining({ contentType: "image/png", parentSid: sid })]);
    await twilio.idle();
  });
});

function request(
  { accountSid, authToken }: { accountSid: string; authToken: string },
  init: RequestInit,
  account = accountSid,
): Request {
  const authorization = `Basic ${btoa(`${accountSid}:${authToken}`)}`;
  const url = `http://127.0.0.1/2010-04-01/Accounts/${account}/Messages.json`;
  return new Request(url, { headers: { authorization }, ...init });
}

async function listed(twilio: ReturnType<typeof createStandIn>): Promise<unknown> {
  return Object(await (await twilio.fetch(request(twilio, {}))).json()).messages;
}

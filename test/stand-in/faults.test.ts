import { describe, expect, test } from "bun:test";
import { createStandIn, type StandIn } from "../../src/stand-in/stand-in.ts";
import { clientOf, refusalOf } from "./client.ts";
import { startServer, textsOf, twiml } from "./small-server.ts";

const ADA = "+15550001111";
const NUMBER = "+15550009999";

describe("a request to send", () => {
  test.each([
    ["429", { status: 429, code: 20429 }],
    ["500", { status: 500 }],
    ["503", { status: 503 }],
    ["reset", { code: "ECONNRESET" }],
    ["hang", { code: "ECONNABORTED" }],
  ] as const)("that meets %s was not processed", async (fault, refusal) => {
    await using twilio = standIn();
    twilio.faults.next("create", fault);

    const failure = await refusalOf(send(twilio));
    await twilio.idle();

    expect(failure).toMatchObject(refusal);
    expect(textsOf(twilio, ADA)).toEqual([]);
    expect(twilio.faults.counts).toEqual({ [`create:${fault}`]: 1 });
  });

  test.each([
    ["500-after", { status: 500 }],
    ["reset-after", { code: "ECONNRESET" }],
    ["hang-after", { code: "ECONNABORTED" }],
    ["cut", { name: "SyntaxError" }],
  ] as const)("that meets %s was processed, and nobody said so", async (fault, refusal) => {
    await using twilio = standIn();
    twilio.faults.next("create", fault);

    const failure = await refusalOf(send(twilio));
    await twilio.idle();

    expect(failure).toMatchObject(refusal);
    expect(textsOf(twilio, ADA)).toEqual(["hello"]);
    expect(await clientOf(twilio).messages.list({ to: ADA })).toHaveLength(1);
  });

  test("that meets 429 is told when to come again", async () => {
    await using twilio = standIn();
    twilio.faults.next("create", "429");
    const url = `${twilio.listen()}/2010-04-01/Accounts/${twilio.accountSid}/Messages.json`;

    const response = await fetch(url, { method: "POST" });

    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "1"]);
  });

  test("goes well again after what was ordered", async () => {
    await using twilio = standIn();
    twilio.faults.next("create", "500", null);

    await refusalOf(send(twilio));
    const { status } = await send(twilio);

    expect(status).toBe("queued");
  });
});

describe("any other request", () => {
  test("can go wrong too", async () => {
    await using twilio = standIn();
    twilio.faults.next("lookup", "503");
    const { messages } = clientOf(twilio);

    const failure = await refusalOf(messages.list());

    expect(failure).toMatchObject({ status: 503 });
  });
});

describe("a text's webhook", () => {
  test("can come twenty times at once, of which one answer counts", async () => {
    await using server = startServer(() => twiml("<Message>hi</Message>"));
    await using twilio = standIn(server.url);
    twilio.faults.next("webhook", "crowd");

    const { attempts } = await twilio.text(ADA, "hello").finished;
    await twilio.idle();

    const sids = server.heard.map(({ form }) => form["MessageSid"]);
    expect([attempts.length, sids.length, new Set(sids).size]).toEqual([20, 20, 1]);
    expect(textsOf(twilio, ADA)).toEqual(["hi"]);
  });

  test("can come again later, when nobody listens to the answer", async () => {
    await using server = startServer(() => twiml("<Message>hi</Message>"));
    await using twilio = standIn(server.url);
    twilio.faults.next("webhook", "again");

    twilio.text(ADA, "hello");
    await twilio.idle();

    expect(server.heard).toHaveLength(2);
    expect(textsOf(twilio, ADA)).toEqual(["hi"]);
  });

  test("can come late, after another", async () => {
    await using server = startServer(() => twiml(""));
    await using twilio = standIn(server.url);
    twilio.faults.next("webhook", "late");

    twilio.text(ADA, "first");
    twilio.text(ADA, "second");
    await twilio.idle();

    expect(server.heard.map(({ form }) => form["Body"])).toEqual(["second", "first"]);
  });

  test("can find no way to the server, and takes the fallback's", async () => {
    await using server = startServer(() => twiml("<Message>hi</Message>"));
    await using twilio = standIn(`${server.url}/sms`, `${server.url}/fallback`);
    twilio.faults.next("webhook", "unreachable");

    await twilio.text(ADA, "hello").finished;

    expect(server.heard.map(({ target }) => target)).toEqual(["/fallback"]);
    expect(server.heard[0]?.form["ErrorCode"]).toBe("11201");
  });

  test("can connect too slowly, and is tried once more", async () => {
    await using server = startServer(() => twiml("<Message>hi</Message>"));
    await using twilio = standIn(server.url);
    twilio.faults.next("webhook", "slow-connect");
    const begunAt = performance.now();

    const { attempts } = await twilio.text(ADA, "hello").finished;

    expect(attempts.map(({ errorCode }) => errorCode)).toEqual([11201, undefined]);
    expect(performance.now() - begunAt).toBeWithin(45, 2_000);
  });

  test("can lose its answer, which the fallback gives again", async () => {
    await using server = startServer(() => twiml("<Message>hi</Message>"));
    await using twilio = standIn(`${server.url}/sms`, `${server.url}/fallback`);
    twilio.faults.next("webhook", "lost-answer");

    const { replies } = await twilio.text(ADA, "hello").finished;
    await twilio.idle();

    expect(server.heard.map(({ target }) => target)).toEqual(["/sms", "/fallback"]);
    expect(replies).toHaveLength(1);
    expect(textsOf(twilio, ADA)).toEqual(["hi"]);
  });
});

describe("chance", () => {
  test("decides alike for the same seed", async () => {
    const counts = [await countsOf("a"), await countsOf("a")];

    expect(counts[0]).toEqual(counts[1] ?? {});
    expect(Object.keys(counts[0] ?? {}).sort()).toEqual(["webhook:again", "webhook:late"]);
  });

  test("keeps about to the probabilities, and ends when it is told to", async () => {
    const { "webhook:again": again = 0 } = await countsOf("b");
    await using twilio = standIn();
    twilio.faults.happen({ create: [["500", 1]] });
    twilio.faults.happen({});

    const { status } = await send(twilio);

    expect(again).toBeWithin(20, 80);
    expect(status).toBe("queued");
  });
});

function standIn(url?: string, fallbackUrl?: string): StandIn {
  const numbers = [{ number: NUMBER, webhook: { url, fallbackUrl } }];
  return createStandIn({ numbers, pace: 0.01, seed: "faults" });
}

function send(twilio: StandIn) {
  return clientOf(twilio).messages.create({ to: ADA, from: NUMBER, body: "hello" });
}

async function countsOf(seed: string): Promise<Readonly<Record<string, number>>> {
  await using server = startServer(() => twiml(""));
  const numbers = [{ number: NUMBER, webhook: { url: server.url } }];
  await using twilio = createStandIn({ numbers, pace: 0, seed });
  twilio.faults.happen({
    webhook: [
      ["again", 0.25],
      ["late", 0.25],
    ],
  });
  for (let count = 0; count < 200; count += 1) twilio.text(ADA, "hello");
  await twilio.idle();
  return twilio.faults.counts;
}

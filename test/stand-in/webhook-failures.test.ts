import { describe, expect, test } from "bun:test";
import { createStandIn, type StandIn } from "../../src/stand-in/stand-in.ts";
import { startServer, textsOf, twiml } from "./small-server.ts";

const ADA = "+15550001111";
const NUMBER = "+15550009999";

// 15 s of Twilio's are 300 ms.
const PACE = 0.02;

describe("a webhook that fails", () => {
  test("is tried once more when nobody listens, and told to the fallback with the reason", async () => {
    await using fallback = startServer(() => twiml("<Message>from the fallback</Message>"));
    await using twilio = standIn(`${await deadUrl()}/sms`, `${fallback.url}/fallback`);

    const { sid, finished } = twilio.text(ADA, "hello");
    const session = await finished;
    await twilio.idle();

    expect(session.attempts.map(({ errorCode }) => errorCode)).toEqual([11202, 11202, undefined]);
    expect(fallback.heard[0]?.form).toMatchObject({
      MessageSid: sid,
      ErrorCode: "11202",
      ErrorUrl: expect.stringContaining("/sms"),
    });
    expect(textsOf(twilio, ADA)).toEqual(["from the fallback"]);
  });

  test.each([
    [500, 11217],
    [429, 11217],
    [403, 11217],
  ])("with %i is not repeated", async (status, errorCode) => {
    await using server = startServer(() => new Response("no", { status }));
    await using twilio = standIn(`${server.url}/sms`);

    const session = await twilio.text(ADA, "hello").finished;

    expect(session).toMatchObject({ outcome: "failed", errorCode, replies: [] });
    expect(server.heard).toHaveLength(1);
  });

  test("by a late first byte is given up after the read limit, and not repeated", async () => {
    await using server = startServer(() => slowly(1_000));
    await using twilio = standIn(`${server.url}/sms`);
    const begunAt = performance.now();

    const session = await twilio.text(ADA, "hello").finished;

    expect(session.attempts).toHaveLength(1);
    expect(session.errorCode).toBe(11200);
    expect(performance.now() - begunAt).toBeWithin(290, 900);
  });

  test("with half an answer is never repeated, whatever the overrides say", async () => {
    await using server = startServer(() => new Response(halfAnswer(), TWIML));
    await using twilio = standIn(`${server.url}/sms#rc=5&rp=all`);

    const session = await twilio.text(ADA, "hello").finished;

    expect(session.attempts.map(({ errorCode }) => errorCode)).toEqual([11200]);
  });

  test("by a connection that breaks is not repeated by default", async () => {
    await using server = startServer(() => new Response(brokenStream()));
    await using twilio = standIn(`${server.url}/sms`);

    const session = await twilio.text(ADA, "hello").finished;

    expect(session.attempts.map(({ errorCode }) => errorCode)).toEqual([11206]);
  });

  test("is repeated for the reasons and as often as the fragment says, with one idempotency token", async () => {
    await using server = startServer(() => new Response(null, { status: 503 }));
    await using twilio = standIn(`${server.url}/sms#rc=3&rp=ct,5xx`);

    const { attempts } = await twilio.text(ADA, "hello").finished;

    const tokens = server.heard.map(({ headers }) => headers.get("i-twilio-idempotency-token"));
    expect(attempts.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).toMatch(/./);
  });

  test("is given up sooner where the fragment says so", async () => {
    await using server = startServer(() => slowly(1_000));
    await using twilio = standIn(`${server.url}/sms#rt=1000&rc=0`);
    const begunAt = performance.now();

    const { errorCode } = await twilio.text(ADA, "hello").finished;

    expect(errorCode).toBe(11200);
    expect(performance.now() - begunAt).toBeLessThan(250);
  });

  test("fits all its attempts into the total limit", async () => {
    await using server = startServer(() => slowly(1_000));
    await using twilio = standIn(`${server.url}/sms#rt=4000&rc=5&rp=rt&tt=10000`);
    const begunAt = performance.now();

    const { attempts, errorCode } = await twilio.text(ADA, "hello").finished;

    expect([attempts[0]?.errorCode, errorCode]).toEqual([11200, 11203]);
    expect(attempts.length).toBeLessThan(6);
    expect(performance.now() - begunAt).toBeWithin(190, 900);
  });
});

test("the limits on a call keep a pace of their own", async () => {
  await using server = startServer(() => slowly(30));
  const numbers = [{ number: NUMBER, webhook: { url: server.url } }];
  await using twilio = createStandIn({ numbers, pace: 0.001, limitPace: 0.1 });

  const { outcome } = await twilio.text(ADA, "hello").finished;

  expect(outcome).toBe("answered");
});

test("a server that cannot be reached takes no longer than the total limit", async () => {
  await using twilio = standIn("http://127.0.0.1:9/sms#ct=10000&rc=5");
  twilio.faults.next("webhook", "unreachable");
  const begunAt = performance.now();

  const { attempts } = await twilio.text(ADA, "hello").finished;

  expect(attempts).toHaveLength(2);
  expect(performance.now() - begunAt).toBeWithin(290, 900);
});

test("a server that speaks no TLS where it should is tried once more", async () => {
  await using server = startServer(() => twiml(""));
  await using twilio = standIn(server.url.replace("http:", "https:"));

  const { attempts } = await twilio.text(ADA, "hello").finished;

  expect(attempts.map(({ errorCode }) => errorCode)).toEqual([11220, 11220]);
});

test("an answer without a content type is as good as none", async () => {
  const reply = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 11\r\n\r\n<Response/>";
  const socket = { data: (opened: Bun.Socket) => void opened.end(reply) };
  using server = Bun.listen({ hostname: "127.0.0.1", port: 0, socket });
  await using twilio = standIn(`http://127.0.0.1:${server.port}/sms`);

  const { errorCode } = await twilio.text(ADA, "hello").finished;

  expect(errorCode).toBe(11200);
});

test("closing ends what is under way", async () => {
  await using server = startServer(() => slowly(60_000));
  const twilio = createStandIn({
    numbers: [{ number: NUMBER, webhook: { url: server.url } }],
  });
  const { finished } = twilio.text(ADA, "hello");

  await twilio[Symbol.asyncDispose]();

  expect((await finished).outcome).toBe("failed");
});

const TWIML = { headers: { "content-type": "text/xml" } };

function standIn(url: string, fallbackUrl?: string): StandIn {
  return createStandIn({
    numbers: [{ number: NUMBER, webhook: { url, fallbackUrl } }],
    seed: "webhook",
    pace: PACE,
  });
}

/** Where a server was a moment ago. */
async function deadUrl(): Promise<string> {
  await using server = startServer(() => twiml(""));
  return server.url;
}

async function slowly(ms: number): Promise<Response> {
  await Bun.sleep(ms);
  return twiml("<Message>too late</Message>");
}

function brokenStream(): ReadableStream {
  return new ReadableStream({
    async pull(controller) {
      await Bun.sleep(1);
      controller.error(new Error("broken"));
    },
  });
}

function halfAnswer(): ReadableStream {
  let isBegun = false;
  return new ReadableStream({
    async pull(controller) {
      await Bun.sleep(5);
      if (isBegun) controller.error(new Error("cut"));
      else controller.enqueue(new TextEncoder().encode("<Response><Mess"));
      isBegun = true;
    },
  });
}

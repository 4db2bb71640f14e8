import { describe, expect, test } from "bun:test";
import { createStandIn, type StandIn } from "../../src/stand-in/stand-in.ts";
import { handMadeSignature } from "../fakes/webhook.ts";
import { startServer, textsOf, twiml } from "./small-server.ts";

const ADA = "+15550001111";
const NUMBER = "+15550009999";

describe("the webhook of a text", () => {
  test("has the documented parameters and one value for all three names of the sid", async () => {
    await using server = startServer(() => twiml(""));
    await using twilio = standIn(`${server.url}/sms`);

    const { sid, finished } = twilio.text(ADA, "Grüße & more");
    await finished;

    expect(server.heard[0]?.form).toMatchObject({
      MessageSid: sid,
      SmsSid: sid,
      SmsMessageSid: sid,
      AccountSid: twilio.accountSid,
      From: ADA,
      To: NUMBER,
      Body: "Grüße & more",
      NumMedia: "0",
      NumSegments: "1",
      SmsStatus: "received",
      ApiVersion: "2010-04-01",
    });
    expect(sid).toMatch(/^SM[0-9a-f]{32}$/);
    expect(server.heard[0]?.form).not.toContainAnyKeys(["MessagingServiceSid", "OptOutType"]);
  });

  test("names its pictures", async () => {
    await using server = startServer(() => twiml(""));
    await using twilio = standIn(`${server.url}/sms`);

    const { sid, finished } = twilio.text(ADA, "", { media: [{ contentType: "image/png" }] });
    await finished;

    expect(sid).toStartWith("MM");
    expect(server.heard[0]?.form).toMatchObject({
      NumMedia: "1",
      MediaContentType0: "image/png",
      MediaUrl0: expect.stringContaining(`/Messages/${sid}/Media/ME`),
    });
  });

  test("is signed over the URL as it was configured, without fragment and credentials", async () => {
    await using server = startServer(() => twiml(""));
    const route = (url: string) => url.replace("https://bot.example.com", server.url);
    const webhook = { url: "https://ada:secret@bot.example.com/sms?key=it's|raw#rc=2" };
    await using twilio = createStandIn({ numbers: [{ number: NUMBER, webhook }], route });

    await twilio.text(ADA, "hello").finished;

    const [heard] = server.heard;
    const signature = handMadeSignature(
      twilio.authToken,
      "https://bot.example.com/sms?key=it's|raw",
      Object.entries(heard?.form ?? {}),
    );
    expect(heard?.headers.get("x-twilio-signature")).toBe(signature);
    expect(heard?.target).not.toContain("rc=");
  });

  test("by GET carries all in the signed query", async () => {
    await using server = startServer(() => twiml(""));
    const webhook = { url: `${server.url}/sms?a=1`, method: "GET" } as const;
    await using twilio = createStandIn({ numbers: [{ number: NUMBER, webhook }] });

    await twilio.text(ADA, "hello").finished;

    const [heard] = server.heard;
    const signature = handMadeSignature(twilio.authToken, server.url + heard?.target, []);
    expect([heard?.method, heard?.form]).toEqual(["GET", {}]);
    expect(heard?.target).toStartWith("/sms?a=1&");
    expect(heard?.headers.get("x-twilio-signature")).toBe(signature);
  });

  test("is listed as received before anybody answers", async () => {
    await using server = startServer(() => twiml(""));
    await using twilio = standIn(`${server.url}/sms`);

    const { sid } = twilio.text(ADA, "hello");
    const listed = await list(twilio);

    expect(listed).toEqual([
      expect.objectContaining({ sid, status: "received", direction: "inbound" }),
    ]);
    await twilio.idle();
  });

  test("of a service names it, and goes to the service's URL", async () => {
    await using server = startServer(() => twiml(""));
    const sid = `MG${"1".repeat(32)}`;
    await using twilio = createStandIn({
      numbers: [{ number: NUMBER, webhook: { url: `${server.url}/number` } }],
      services: [{ sid, numbers: [NUMBER], webhook: { url: `${server.url}/service` } }],
    });

    await twilio.text(ADA, "hello").finished;

    expect(server.heard.map(({ target }) => target)).toEqual(["/service"]);
    expect(server.heard[0]?.form["MessagingServiceSid"]).toBe(sid);
  });

  test("of a service without a URL is neither sent nor listed", async () => {
    const services = [{ sid: `MG${"1".repeat(32)}`, numbers: [NUMBER] }];
    await using twilio = createStandIn({ numbers: [{ number: NUMBER }], services });

    const { outcome } = await twilio.text(ADA, "hello").finished;

    expect(outcome).toBe("unheard");
    expect(await list(twilio)).toEqual([]);
  });
});

describe("a redirect", () => {
  test.each([301, 302, 303])(
    "by %i is followed by GET and loses the parameters",
    async (status) => {
      await using server = startServer(({ target }) =>
        target === "/sms" ? redirectTo("/elsewhere", status) : twiml(""),
      );
      await using twilio = standIn(`${server.url}/sms`);

      await twilio.text(ADA, "hello").finished;

      expect(server.heard.map(({ method, target }) => [method, target])).toEqual([
        ["POST", "/sms"],
        ["GET", "/elsewhere"],
      ]);
      expect(server.heard[1]?.form).toEqual({});
    },
  );

  test("without end is given up", async () => {
    await using server = startServer(() => redirectTo("/sms", 302));
    await using twilio = standIn(`${server.url}/sms`);

    const { errorCode } = await twilio.text(ADA, "hello").finished;

    expect(errorCode).toBe(11215);
    expect(server.heard).toHaveLength(11);
  });
});

test("credentials in the URL are sent when they are asked for", async () => {
  await using server = startServer(({ headers }) =>
    headers.has("authorization")
      ? twiml("<Message>welcome</Message>")
      : new Response(null, { status: 401, headers: { "www-authenticate": 'Basic realm="a"' } }),
  );
  await using twilio = standIn(server.url.replace("http://", "http://ada:secret@"));

  await twilio.text(ADA, "hello").finished;
  await twilio.idle();

  const sent = server.heard.map(({ headers }) => headers.get("authorization"));
  expect(sent).toEqual([null, `Basic ${btoa("ada:secret")}`]);
  expect(textsOf(twilio, ADA)).toEqual(["welcome"]);
});

function standIn(url: string): StandIn {
  return createStandIn({
    numbers: [{ number: NUMBER, webhook: { url } }],
    seed: "webhook",
    pace: 0.02,
  });
}

async function list(twilio: StandIn): Promise<unknown> {
  const url = `http://127.0.0.1/2010-04-01/Accounts/${twilio.accountSid}/Messages.json`;
  const authorization = `Basic ${btoa(`${twilio.accountSid}:${twilio.authToken}`)}`;
  const response = await twilio.fetch(new Request(url, { headers: { authorization } }));
  return Object(await response.json()).messages;
}

function redirectTo(location: string, status: number): Response {
  return new Response(null, { status, headers: { location } });
}

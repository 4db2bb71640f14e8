import { describe, expect, test } from "bun:test";
import type { StandInOptions } from "../../src/stand-in/account.ts";
import { createStandIn, type StandIn } from "../../src/stand-in/stand-in.ts";
import { startServer, textsOf, twiml } from "./small-server.ts";

const ADA = "+15550001111";
const GRACE = "+15550002222";
const NUMBER = "+15550009999";

describe("TwiML", () => {
  test.each([
    ["a text", "<Message>hello</Message>", ["hello"]],
    ["a body", "<Message><Body>hello</Body></Message>", ["hello"]],
    ["several bodies", "<Message><Body>hel</Body><Body>lo</Body></Message>", ["hello"]],
    ["what is escaped", "<Message>&lt;b&gt; &amp; 🎉</Message>", ["<b> & 🎉"]],
    ["CDATA", "<Message><![CDATA[<b>]]></Message>", ["<b>"]],
    ["several messages in order", "<Message>1</Message><Message>2</Message>", ["1", "2"]],
    ["nothing", "", []],
  ])("with %s is texted", async (_, verbs, texts) => {
    const { twilio, outcome } = await answeredWith(() => twiml(verbs));

    expect(outcome).toBe("answered");
    expect(textsOf(twilio, ADA)).toEqual(texts);
    expect(twilio.alerts).toEqual([]);
  });

  test.each(["text/xml; charset=utf-8", "application/xml", "text/html", "TEXT/XML"])(
    "is read as %s",
    async (type) => {
      const { twilio } = await answeredWith(() =>
        answer("<Response><Message>a</Message></Response>", type),
      );

      expect(textsOf(twilio, ADA)).toEqual(["a"]);
    },
  );

  test("as plain text is texted to the person as it stands", async () => {
    const { twilio } = await answeredWith(() => answer("Internal error", "text/plain"));

    expect(textsOf(twilio, ADA)).toEqual(["Internal error"]);
  });

  test("is not needed with 204", async () => {
    const { outcome } = await answeredWith(() => new Response(null, { status: 204 }));

    expect(outcome).toBe("answered");
  });

  test.each([
    ["no XML", () => answer("<Response><Message>", "text/xml"), 12100],
    ["nothing at all", () => answer("", "text/xml"), 12100],
    ["an unknown verb", () => twiml("<Say>a</Say>"), 12200],
    ["a verb in another case", () => twiml("<message>a</message>"), 12200],
    ["an attribute in another case", () => twiml('<Message To="+1">a</Message>'), 12200],
    ["another root", () => answer("<html></html>", "text/html"), 12200],
    ["JSON", () => Response.json({}), 12300],
    ["more than 64 kB", () => twiml(`<Message>a</Message>${" ".repeat(65_536)}`), 11750],
  ])("that is %s is not followed: the fallback is asked", async (_, bad, code) => {
    const { twilio, heard, outcome } = await answeredWith(({ target }) =>
      target === "/sms" ? bad() : twiml("<Message>sorry</Message>"),
    );

    expect(outcome).toBe("answered");
    expect(heard[1]).toMatchObject({ target: "/fallback", form: { ErrorCode: String(code) } });
    expect(textsOf(twilio, ADA)).toEqual(["sorry"]);
    expect(twilio.alerts.map(({ errorCode }) => errorCode)).toEqual([code]);
  });

  test.each([
    ["too long", "a".repeat(1601)],
    ["empty", " "],
  ])("with a message that is %s sends the others", async (_, text) => {
    const verbs = `<Message>${text}</Message><Message>b</Message>`;
    const { twilio } = await answeredWith(() => twiml(verbs));

    expect(textsOf(twilio, ADA)).toEqual(["b"]);
    expect(twilio.alerts.map(({ errorCode }) => errorCode)).toEqual([14103]);
  });

  test("may hold a text of 1600 characters", async () => {
    const { twilio } = await answeredWith(() => twiml(`<Message>${"a".repeat(1600)}</Message>`));

    expect(textsOf(twilio, ADA)[0]).toHaveLength(1600);
  });

  test("sends ten messages and no more", async () => {
    const { twilio, replies } = await answeredWith(() => twiml("<Message>a</Message>".repeat(11)));

    expect(replies).toHaveLength(10);
    expect(textsOf(twilio, ADA)).toHaveLength(10);
    expect(twilio.alerts.map(({ errorCode }) => errorCode)).toEqual([14109]);
  });

  test("can send pictures, and to somebody else", async () => {
    const verbs = `<Message to="${GRACE}">see<Media>https://a.example/1.png</Media></Message>`;
    const { twilio } = await answeredWith(() => twiml(verbs));

    expect(twilio.inbox(ADA)).toEqual([]);
    expect(twilio.inbox(GRACE)).toEqual([
      expect.objectContaining({ media: ["https://a.example/1.png"], from: NUMBER, by: "twiml" }),
    ]);
  });

  test("leads on to another document, with the parameters", async () => {
    const { twilio, heard } = await answeredWith(({ target }) =>
      target === "/sms"
        ? twiml("<Message>1</Message><Redirect>/next?a=1</Redirect><Message>never</Message>")
        : twiml("<Message>2</Message>"),
    );

    expect(heard[1]).toMatchObject({
      method: "POST",
      target: "/next?a=1",
      form: { Body: "hello" },
    });
    expect(textsOf(twilio, ADA)).toEqual(["1", "2"]);
  });

  test("leads nowhere after fifty documents", async () => {
    const { twilio, heard } = await answeredWith(() => twiml("<Redirect>/sms</Redirect>"));

    expect(heard).toHaveLength(50);
    expect(twilio.alerts.map(({ errorCode }) => errorCode)).toEqual([14106]);
  });

  test("with an action goes on there, and not with what follows", async () => {
    const { twilio, heard } = await answeredWith(({ target }) =>
      target === "/sms"
        ? twiml('<Message action="/done">1</Message><Message>never</Message>')
        : twiml(""),
    );

    expect(textsOf(twilio, ADA)).toEqual(["1"]);
    expect(heard[1]?.form).toMatchObject({
      MessageSid: twilio.inbox(ADA)[0]?.sid ?? "",
      MessageStatus: "queued",
    });
  });

  test("tells of each message's status where the message says so", async () => {
    const { heard, replies } = await answeredWith(({ target }) =>
      target === "/sms"
        ? twiml('<Message statusCallback="/status?id=7">1</Message>')
        : new Response(null, { status: 204 }),
    );

    const told = heard.slice(1).map(({ target, form }) => [target, form["MessageStatus"]]);
    expect(told).toEqual([
      ["/status?id=7", "sending"],
      ["/status?id=7", "sent"],
      ["/status?id=7", "delivered"],
    ]);
    expect(heard[1]?.form["MessageSid"]).toBe(replies[0] ?? "");
  });

  test.each([
    [true, 30, 14107],
    [false, 31, undefined],
  ])(
    "is stopped where two machines seem to talk, if that is on (%p)",
    async (hasLoopProtection, count, errorCode) => {
      await using server = startServer(() => twiml("<Message>a</Message>"));
      await using twilio = standIn(server.url, { hasLoopProtection, now: () => 1_000_000 });

      for (let texts = 0; texts < 31; texts += 1) await twilio.text(ADA, "hello").finished;
      await twilio.idle();

      const [last] = twilio.messages().filter(({ direction }) => direction === "outbound-reply");
      expect(twilio.inbox(ADA)).toHaveLength(count);
      expect(last?.errorCode).toBe(errorCode);
    },
  );
});

function answer(body: string, type: string): Response {
  return new Response(body, { headers: { "content-type": type } });
}

async function answeredWith(answers: Parameters<typeof startServer>[0]) {
  await using server = startServer(answers);
  const twilio = standIn(server.url);
  const session = await twilio.text(ADA, "hello").finished;
  await twilio.idle();
  return { twilio, heard: server.heard, ...session };
}

function standIn(url: string, more: Partial<StandInOptions> = {}): StandIn {
  const webhook = { url: `${url}/sms`, fallbackUrl: `${url}/fallback` };
  return createStandIn({ numbers: [{ number: NUMBER, webhook }], pace: 0.01, ...more });
}

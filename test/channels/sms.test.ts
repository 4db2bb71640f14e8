import { describe, expect, test } from "bun:test";
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks";
import { createSms } from "../../src/channels/sms.ts";
import { readWebhookUrl } from "../../src/channels/twilio/webhook-url.ts";
import type { Keyword } from "../../src/message.ts";
import { channelContract } from "../contracts/channel.ts";
import { phoneLine } from "../fakes/phone-line.ts";
import {
  formRequest,
  handMadeSignature,
  signedRequest,
  smsParameters,
  TOKEN,
  WEBHOOK,
} from "../fakes/webhook.ts";

channelContract(
  "sms",
  createSms({
    tokens: [TOKEN],
    webhookUrl: () => readWebhookUrl(WEBHOOK),
    callbacks: true,
    identity: "4711",
    fitting: { most: 3, isCheap: true },
  }),
);

describe("POST /sms", () => {
  test("answers a signed text with TwiML", async () => {
    const { send } = phoneLine({ texts: ["Hi <Ada> & co"] });

    const response = await send(signedRequest(smsParameters()));

    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/xml");
    expect(await response.text()).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Response><Message>Hi &lt;Ada&gt; &amp; co</Message></Response>',
    );
  });

  test("answers with one Message per text", async () => {
    const { send } = phoneLine({ texts: ["one", "two"] });

    const response = await send(signedRequest(smsParameters()));

    expect(await response.text()).toContain("<Message>one</Message><Message>two</Message>");
  });

  test("asks to be told what becomes of each text, by its id, where Twilio can reach us", async () => {
    const { send } = phoneLine({ texts: ["one", "two"], callbacks: true });

    const response = await send(signedRequest(smsParameters()));

    const told = "https://bot.example.com/sms/status?id=%&amp;of=4711#rc=2&amp;rp=ct,rt,5xx";
    expect(await response.text()).toContain(
      `<Message statusCallback="${told.replace("%", "1")}">one</Message>` +
        `<Message statusCallback="${told.replace("%", "2")}">two</Message>`,
    );
  });

  test("answers silence with an empty Response", async () => {
    const { send } = phoneLine({ texts: [] });

    const response = await send(signedRequest(smsParameters()));

    expect(await response.text()).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>');
  });

  test("hands on a typed message and nothing else", async () => {
    const { send, received } = phoneLine();
    const parameters = smsParameters({
      Body: "  look \r\n",
      NumMedia: "2",
      MediaUrl0: "https://api.twilio.com/a",
      MediaContentType0: "image/png",
      MediaUrl1: "https://api.twilio.com/b",
      SomethingNew: "from next year",
    });

    await send(signedRequest(parameters));

    expect(received).toEqual([
      {
        id: parameters["MessageSid"] ?? "",
        channel: "sms",
        from: "+15550001111",
        to: "+15550009999",
        text: "  look \r\n",
        media: [
          { url: "https://api.twilio.com/a", contentType: "image/png" },
          { url: "https://api.twilio.com/b", contentType: "" },
        ],
        receivedAt: expect.any(Number),
      },
    ]);
  });

  test.each([
    "+15550001111",
    "88811",
    "whatsapp:+15550001111",
    "rcs:agent_1",
    "messenger:10",
    "Ann Co",
  ])("takes From=%p as it is", async (from) => {
    const { send, received } = phoneLine();

    const response = await send(signedRequest(smsParameters({ From: from })));

    expect(response.status).toBe(200);
    expect(received[0]?.from).toBe(from);
  });

  test.each<[string, Keyword | undefined]>([
    ["STOP", "stop"],
    ["START", "start"],
    ["HELP", "help"],
    ["", undefined],
    ["OTHER", undefined],
    ["constructor", undefined],
  ])("tells of OptOutType=%p that Twilio answered: %p", async (type, handledAs) => {
    const { send, received } = phoneLine();

    const response = await send(signedRequest(smsParameters({ OptOutType: type })));

    expect(response.status).toBe(200);
    expect(received[0]?.handledAs).toBe(handledAs);
  });

  test("sets no cookie: Twilio refuses malformed ones and keeps the others", async () => {
    const { send } = phoneLine();

    const response = await send(signedRequest(smsParameters()));

    expect(response.headers.get("set-cookie")).toBeNull();
  });
});

describe("a signed form that is no message", () => {
  test.each<[string, Record<string, string>]>([
    ["no MessageSid", { MessageSid: "" }],
    ["a MessageSid of another kind", { MessageSid: `CA${"0".repeat(32)}` }],
    ["a short MessageSid", { MessageSid: "SM123" }],
    ["a MessageSid with a tail", { MessageSid: `SM${"0".repeat(32)}\n` }],
    ["no AccountSid", { AccountSid: "" }],
    ["a malformed AccountSid", { AccountSid: "AC'; DROP TABLE people" }],
    ["no From", { From: "" }],
    ["a blank From", { From: "   " }],
    ["a From of two lines", { From: "+15550001111\nx" }],
    ["an endless From", { From: "1".repeat(300) }],
    ["no To", { To: "" }],
    ["a NumMedia in words", { NumMedia: "many" }],
  ])("with %s is refused, without a word", async (_, changes) => {
    const { send, received } = phoneLine();

    const response = await send(signedRequest(smsParameters(changes)));

    expect([response.status, await response.text()]).toEqual([400, ""]);
    expect(received).toEqual([]);
  });

  test.each(["MessageSid", "AccountSid", "From", "To"])("without %s is refused", async (name) => {
    const { send, received } = phoneLine();
    const { [name]: _, ...parameters } = smsParameters();

    const response = await send(signedRequest(parameters));

    expect(response.status).toBe(400);
    expect(received).toEqual([]);
  });

  test("with a parameter twice is refused, whichever reading was signed", async () => {
    const { send, received } = phoneLine();
    const parameters = smsParameters();
    const body = `${new URLSearchParams(parameters)}&Body=forged`;
    const readings = [
      parameters,
      { ...parameters, Body: "forged" },
      { ...parameters, Body: ["hello", "forged"] },
    ];

    const responses = await Promise.all(
      readings.map((reading) =>
        send(formRequest(body, { signature: getExpectedTwilioSignature(TOKEN, WEBHOOK, reading) })),
      ),
    );

    expect(responses.map(({ status }) => status)).toEqual([400, 400, 400]);
    expect(received).toEqual([]);
  });

  test.each([
    ["__proto__", "&__proto__=x"],
    ["an escaped __proto__", "&__prot%6F__=x"],
    ["a nameless parameter", "&=x"],
    ["a stray ampersand", "&"],
    ["broken percent-encoding", "&Extra=100%"],
    ["half an escape", "&Extra=%zz"],
    ["bytes that are not UTF-8", "&Extra=%FF%FE"],
    ["5,000 parameters", Array.from({ length: 5000 }, (_, index) => `&x${index}=1`).join("")],
  ])("with %s is refused", async (_, tail) => {
    const { send, received } = phoneLine();
    const body = new URLSearchParams(smsParameters()).toString() + tail;
    const pairs = [...new URLSearchParams(body)];

    const response = await send(
      formRequest(body, { signature: handMadeSignature(TOKEN, WEBHOOK, pairs) }),
    );

    expect([response.status, await response.text()]).toEqual([400, ""]);
    expect(received).toEqual([]);
  });

  test("over 64 kB is refused with 413", async () => {
    const { send, received } = phoneLine();

    const response = await send(signedRequest(smsParameters({ Body: "x".repeat(66_000) })));

    expect([response.status, await response.text()]).toEqual([413, ""]);
    expect(received).toEqual([]);
  });

  test("is told in the log, but not what it said nor by whom", async () => {
    const { send, lines } = phoneLine();

    await send(signedRequest(smsParameters({ MessageSid: "x", Body: "my secret" })));

    const logged = JSON.stringify(lines);
    expect(logged).toContain('"event":"request.refused"');
    expect(logged).not.toContain("my secret");
    expect(logged).not.toContain("5550001111");
    expect(logged).not.toContain(TOKEN);
  });
});

describe("any failure behind the webhook", () => {
  test("is an empty 5xx: words would be texted to a person", async () => {
    const { send, lines } = phoneLine({ failure: new Error("out of luck") });

    const response = await send(signedRequest(smsParameters()));

    expect([response.status, await response.text()]).toEqual([500, ""]);
    expect(JSON.stringify(lines)).toContain("out of luck");
  });

  test.each(["GET", "PUT", "DELETE", "OPTIONS"])("%s /sms is an empty 4xx", async (method) => {
    const { send } = phoneLine();

    const response = await send(new Request(WEBHOOK, { method }));

    expect(response.status).toBe(404);
    expect(await response.text()).toBe("");
  });
});

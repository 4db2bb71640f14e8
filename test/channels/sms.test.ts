import { describe, expect, test } from "bun:test";
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks";
import { createSms } from "../../src/channels/sms.ts";
import { readWebhookUrl } from "../../src/channels/twilio/webhook-url.ts";
import type { InboundMessage, Outcome } from "../../src/message.ts";
import { createServer } from "../../src/server/server.ts";
import { recordLog } from "../fakes/log.ts";
import {
  formRequest,
  handMadeSignature,
  signedRequest,
  smsParameters,
  TOKEN,
  WEBHOOK,
} from "../fakes/webhook.ts";

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

  test("sets no cookie: Twilio refuses malformed ones and keeps the others", async () => {
    const { send } = phoneLine();

    const response = await send(signedRequest(smsParameters()));

    expect(response.headers.get("set-cookie")).toBeNull();
  });
});

describe("a webhook's signature", () => {
  test("is accepted where it is made by the documented rule, without the SDK", async () => {
    const { send } = phoneLine();
    const pairs = Object.entries(smsParameters({ Body: "çé 🎉 + & =" }));
    const signature = handMadeSignature(TOKEN, WEBHOOK, pairs);

    const response = await send(formRequest(new URLSearchParams(pairs).toString(), { signature }));

    expect(response.status).toBe(200);
  });

  test.each<[string, Record<string, string>]>([
    ["an unknown parameter", { Unheard: "of" }],
    ["an empty value", { Body: "", FromCity: "" }],
    ["an untrimmed value", { Body: "  hello \t" }],
    ["line ends as typed", { Body: "a\r\nb\nc\r" }],
    ["every kind of letter", { Body: "ñ Ж 漢 🇺🇸 ‮ \u0000 %41 +" }],
    ["names that sort by case", { apple: "1", Banana: "2", Zebra: "3" }],
    ["OptOutType and Twilio's other extras", { OptOutType: "HELP", ProfileName: "A+B" }],
  ])("covers %s", async (_, changes) => {
    const { send } = phoneLine();

    const response = await send(signedRequest(smsParameters(changes)));

    expect(response.status).toBe(200);
  });

  test.each<[string, string, string]>([
    ["the address alone", "https://bot.example.com", WEBHOOK],
    ["the address with a slash", "https://bot.example.com/", WEBHOOK],
    ["the whole URL", WEBHOOK, WEBHOOK],
    ["the whole URL with a fragment", `${WEBHOOK}#rc=3&rp=ct,rt,5xx`, WEBHOOK],
    ["credentials in it", "https://user:pass@bot.example.com", WEBHOOK],
    ["a port", "https://bot.example.com:8443", "https://bot.example.com:8443/sms"],
    ["port 443, signed without", "https://bot.example.com:443", WEBHOOK],
    ["no port, signed with 443", "https://bot.example.com", "https://bot.example.com:443/sms"],
    ["port 8443, signed without", "https://bot.example.com:8443", WEBHOOK],
    ["a path before ours", "https://example.com/bots", "https://example.com/bots/sms"],
    ["a query", `${WEBHOOK}?line=1&x=`, `${WEBHOOK}?line=1&x=`],
    ["an apostrophe", `${WEBHOOK}?who=it's`, `${WEBHOOK}?who=it's`],
    ["a pipe and braces", `${WEBHOOK}?a=|{}`, `${WEBHOOK}?a=|{}`],
    ["letters beyond ASCII", `${WEBHOOK}?a=é`, `${WEBHOOK}?a=é`],
    ["plain http", "http://bot.example.com", "http://bot.example.com/sms"],
  ])("holds with PUBLIC_URL having %s", async (_, publicUrl, signedUrl) => {
    const { send } = phoneLine({ publicUrl });
    const { search } = new URL(signedUrl);
    const arrivesAt = `http://10.0.0.7:8080/sms${search}`;

    const response = await send(signedRequest(smsParameters(), { url: arrivesAt, signedUrl }));

    expect(response.status).toBe(200);
  });

  test.each<[string, string, string]>([
    ["http signed, https configured", "https://bot.example.com", "http://bot.example.com/sms"],
    ["another host", "https://bot.example.com", "https://evil.example.com/sms"],
    ["another port", "https://bot.example.com:8443", "https://bot.example.com:9443/sms"],
    ["a trailing slash", "https://bot.example.com", `${WEBHOOK}/`],
    ["a fragment", "https://bot.example.com", `${WEBHOOK}#rc=3`],
    ["another query", "https://bot.example.com", `${WEBHOOK}?a=1`],
  ])("is refused when made over %s", async (_, publicUrl, signedUrl) => {
    const { send, received } = phoneLine({ publicUrl });

    const response = await send(signedRequest(smsParameters(), { url: WEBHOOK, signedUrl }));

    expect(response.status).toBe(403);
    expect(received).toEqual([]);
  });

  test("does not heed Host nor X-Forwarded-*", async () => {
    const { send } = phoneLine();
    const forged = "https://evil.example.com/sms";
    const request = signedRequest(smsParameters(), { url: forged, signedUrl: forged });
    request.headers.set("x-forwarded-host", "evil.example.com");
    request.headers.set("x-forwarded-proto", "https");
    request.headers.set("x-original-url", forged);

    expect((await send(request)).status).toBe(403);
  });

  test("is accepted from either of two tokens while one replaces the other", async () => {
    const { send } = phoneLine({ tokens: ["old", "new"] });

    const statuses = await Promise.all(
      ["old", "new", "other"].map(
        async (token) => (await send(signedRequest(smsParameters(), { token }))).status,
      ),
    );

    expect(statuses).toEqual([200, 200, 403]);
  });

  test.each([[], [""]])("is never accepted where the tokens are %p", async (...tokens) => {
    const { send } = phoneLine({ tokens });

    const response = await send(signedRequest(smsParameters(), { token: "" }));

    expect(response.status).toBe(403);
  });

  test.each<[string, string | undefined]>([
    ["is missing", undefined],
    ["is empty", ""],
    ["has the wrong length", "abc"],
    ["is not base64", "§§§§§§§§§§§§§§§§§§§§§§§§§§§§"],
    ["was made over nothing", getExpectedTwilioSignature(TOKEN, WEBHOOK, {})],
    ["is given twice", `${getExpectedTwilioSignature(TOKEN, WEBHOOK, {})}, x`],
  ])("that %s is refused, without a word", async (_, signature) => {
    const { send, received } = phoneLine();
    const body = new URLSearchParams(smsParameters()).toString();
    const encoded = signature && encodeURIComponent(signature);

    const response = await send(formRequest(body, { signature: encoded ?? signature }));

    expect([response.status, await response.text()]).toEqual([403, ""]);
    expect(received).toEqual([]);
  });

  test("is refused where the body was trimmed on its way", async () => {
    const { send } = phoneLine();
    const parameters = smsParameters({ Body: " hello " });
    const signature = getExpectedTwilioSignature(TOKEN, WEBHOOK, parameters);
    const body = new URLSearchParams({ ...parameters, Body: "hello" }).toString();

    expect((await send(formRequest(body, { signature }))).status).toBe(403);
  });

  test("is refused where empty parameters were dropped on their way", async () => {
    const { send } = phoneLine();
    const parameters = smsParameters();
    const signature = getExpectedTwilioSignature(TOKEN, WEBHOOK, parameters);
    const full = Object.entries(parameters).filter(([, value]) => value !== "");

    const response = await send(formRequest(new URLSearchParams(full).toString(), { signature }));

    expect(response.status).toBe(403);
  });

  test("of a JSON body's hash does not make a form pass", async () => {
    const { send } = phoneLine();
    const url = `${WEBHOOK}?bodySHA256=${"0".repeat(64)}`;
    const signature = getExpectedTwilioSignature(TOKEN, url, {});
    const body = new URLSearchParams(smsParameters()).toString();

    expect((await send(formRequest(body, { url, signature }))).status).toBe(403);
  });

  test("refuses an unsigned form with 403 before the schema can answer", async () => {
    const { send } = phoneLine();

    expect((await send(formRequest("nothing=here"))).status).toBe(403);
  });

  test("refuses another account's webhook where TWILIO_ACCOUNT_SID is set", async () => {
    const accountSid = `AC${"b".repeat(32)}`;
    const { send } = phoneLine({ accountSid });

    const other = await send(signedRequest(smsParameters()));
    const ours = await send(signedRequest(smsParameters({ AccountSid: accountSid })));

    expect([other.status, ours.status]).toEqual([403, 200]);
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

interface Line {
  readonly texts?: readonly string[];
  readonly publicUrl?: string;
  readonly tokens?: readonly string[];
  readonly accountSid?: string;
  readonly failure?: Error;
}

function phoneLine(line: Line = {}) {
  const { texts = ["ok"], publicUrl = "https://bot.example.com", tokens = [TOKEN] } = line;
  const received: InboundMessage[] = [];
  const webhookUrl = readWebhookUrl(publicUrl);
  const { log, lines } = recordLog();
  const server = createServer({
    log,
    channel: createSms({ tokens, webhookUrl: () => webhookUrl, accountSid: line.accountSid }),
    health: { version: "0", store: { checkWritable: async () => {} }, isStopping: () => false },
    receive: async (message): Promise<Outcome> => {
      received.push(message);
      if (line.failure) throw line.failure;
      if (texts.length === 0) return { kind: "silence", reason: "nothing to say" };
      return { kind: "reply", texts, raw: "", remember: new Map() };
    },
  });
  return { send: (request: Request) => server.handle(request), received, lines };
}

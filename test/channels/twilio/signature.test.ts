import { describe, expect, test } from "bun:test";
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks";
import { isFromTwilio } from "../../../src/channels/twilio/signature.ts";
import { phoneLine } from "../../fakes/phone-line.ts";
import {
  formRequest,
  handMadeSignature,
  signedRequest,
  smsParameters,
  TOKEN,
  WEBHOOK,
} from "../../fakes/webhook.ts";

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

describe("isFromTwilio()", () => {
  test("is false where the validator throws: what cannot be verified is not from Twilio", () => {
    const relative = { form: {}, url: "/sms", signature: "x".repeat(28) };

    expect(isFromTwilio(relative, [TOKEN])).toBe(false);
  });
});

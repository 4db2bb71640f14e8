import { createHmac } from "node:crypto";
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks";

export const TOKEN = "12345";
export const WEBHOOK = "https://bot.example.com/sms";

type Parameters = Readonly<Record<string, string>>;

let count = 0;

/** The parameters of a real text; a new MessageSid each time. */
export function smsParameters(changes: Parameters = {}): Record<string, string> {
  count += 1;
  const sid = `SM${count.toString(16).padStart(32, "0")}`;
  return {
    ToCountry: "US",
    ToState: "",
    SmsMessageSid: sid,
    NumMedia: "0",
    ToCity: "",
    FromZip: "94107",
    SmsSid: sid,
    FromState: "CA",
    SmsStatus: "received",
    FromCity: "SAN FRANCISCO",
    Body: "hello",
    FromCountry: "US",
    To: "+15550009999",
    ToZip: "",
    NumSegments: "1",
    MessageSid: sid,
    AccountSid: `AC${"a".repeat(32)}`,
    From: "+15550001111",
    ApiVersion: "2010-04-01",
    ...changes,
  };
}

/** A POST as Twilio sends it, signed by the SDK's own function. */
export function signedRequest(parameters: Parameters, call: Call = {}): Request {
  const { url = WEBHOOK, signedUrl = url, token = TOKEN } = call;
  return formRequest(new URLSearchParams(parameters).toString(), {
    url,
    signature: getExpectedTwilioSignature(token, signedUrl, parameters),
  });
}

interface Call {
  /** Where the request arrives. */
  readonly url?: string;
  /** What Twilio has as the webhook's URL; where it arrives when left out. */
  readonly signedUrl?: string;
  readonly token?: string;
}

/** A POST of these bytes with this signature. */
export function formRequest(
  body: string,
  { url = WEBHOOK, signature }: { url?: string; signature?: string | undefined } = {},
): Request {
  const headers = new Headers({
    "content-type": "application/x-www-form-urlencoded; charset=utf-8",
  });
  if (signature !== undefined) headers.set("x-twilio-signature", signature);
  return new Request(url, { method: "POST", headers, body });
}

/** The signature by the documented rule and nothing of the SDK: https://www.twilio.com/docs/usage/security */
export function handMadeSignature(
  token: string,
  url: string,
  pairs: readonly [string, string][],
): string {
  const sorted = pairs.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const signed = url + sorted.map(([name, value]) => name + value).join("");
  return createHmac("sha1", token).update(signed, "utf8").digest("base64");
}

import { randomBytes } from "node:crypto";
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks";
import { smsParameters, WEBHOOK } from "../fakes/webhook.ts";

/** A signed webhook as the bytes that Twilio would send. */
export function toRequest(token: string, from: string, text: string): Buffer {
  const sid = newSid();
  const sids = { MessageSid: sid, SmsSid: sid, SmsMessageSid: sid };
  return toSigned(token, WEBHOOK, smsParameters({ ...sids, Body: text, From: from }));
}

/** The signed callbacks that tell what becomes of the texts in this TwiML: sent, then delivered. */
export function toCallbacks(token: string, twiml: string): readonly Buffer[] {
  return Array.from(twiml.matchAll(TEXT_ID), ([, id]) => {
    const sid = newSid();
    return ["sent", "delivered"].map((status) =>
      toSigned(token, `${WEBHOOK}/status?id=${id}`, {
        AccountSid: `AC${"a".repeat(32)}`,
        ApiVersion: "2010-04-01",
        From: "+15550009999",
        MessageSid: sid,
        MessageStatus: status,
        SmsSid: sid,
        SmsStatus: status,
      }),
    );
  }).flat();
}

const TEXT_ID = /statusCallback="[^"]*[?]id=(\d+)/g;

/** At random, as Twilio's are: one that counts up would always find its place in an index at hand. */
function newSid(): string {
  return `SM${randomBytes(16).toString("hex")}`;
}

function toSigned(token: string, url: string, parameters: Record<string, string>): Buffer {
  const { host, pathname, search } = new URL(url);
  const body = new URLSearchParams(parameters).toString();
  const head = [
    `POST ${pathname}${search} HTTP/1.1`,
    `Host: ${host}`,
    "Content-Type: application/x-www-form-urlencoded; charset=utf-8",
    `Content-Length: ${body.length}`,
    "User-Agent: TwilioProxy/1.1",
    "Accept: */*",
    `X-Twilio-Signature: ${getExpectedTwilioSignature(token, url, parameters)}`,
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`, "latin1");
}

import { randomBytes } from "node:crypto";
import { SaxesParser } from "saxes";
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks";
import { CommandError, explain } from "../../errors.ts";

/** A text to send to a server of ours the way Twilio would. */
export interface TextRequest {
  /** Where it is posted: the webhook, `…/sms`. */
  readonly url: string;
  /** The URL the signature is made over: the one the server takes itself to have. */
  readonly signedUrl: string;
  readonly token: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** The account the text claims to come from; a made-up one when left out. */
  readonly accountSid?: string | undefined;
  /** The server is on this machine: no proxy of the environment leads there. */
  readonly isHere?: boolean;
}

export interface TextResponse {
  readonly status: number;
  /** What the phone would show, in order. */
  readonly texts: readonly string[];
}

/** Posts a signed message webhook; throws a CommandError when nobody answers, or not with TwiML. */
export async function postText(request: TextRequest, signal: AbortSignal): Promise<TextResponse> {
  const parameters = toParameters(request);
  const response = await post(request, parameters, signal);
  const body = await response.text();
  if (!response.ok) return { status: response.status, texts: [] };
  return { status: response.status, texts: readTwiml(body) };
}

async function post(
  { url, signedUrl, token, isHere }: TextRequest,
  parameters: Record<string, string>,
  signal: AbortSignal,
): Promise<Response> {
  try {
    return await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded; charset=utf-8",
        "user-agent": "TwilioProxy/1.1",
        "x-twilio-signature": getExpectedTwilioSignature(token, signedUrl, parameters),
      },
      body: new URLSearchParams(parameters).toString(),
      redirect: "manual",
      proxy: isHere ? false : undefined,
      signal,
    });
  } catch (cause) {
    throw new CommandError(`Cannot reach a server at ${url}`, {
      code: "unreachable",
      hint: "Start one with `botline serve`, or name another with --url",
      cause: explain(cause),
    });
  }
}

function toParameters({ from, to, text, accountSid }: TextRequest): Record<string, string> {
  const sid = `SM${randomBytes(16).toString("hex")}`;
  return {
    ToCountry: "US",
    ToState: "",
    SmsMessageSid: sid,
    NumMedia: "0",
    ToCity: "",
    FromZip: "",
    SmsSid: sid,
    FromState: "",
    SmsStatus: "received",
    FromCity: "",
    Body: text,
    FromCountry: "US",
    To: to,
    ToZip: "",
    NumSegments: "1",
    MessageSid: sid,
    AccountSid: accountSid ?? `AC${"0".repeat(32)}`,
    From: from,
    ApiVersion: "2010-04-01",
  };
}

/** The texts of a TwiML answer: one for each Message. */
function readTwiml(xml: string): readonly string[] {
  const texts: string[] = [];
  const parser = new SaxesParser();
  let isInside = false;
  parser.on("opentag", ({ name }) => {
    if (name === "Message") isInside = texts.push("") > 0;
  });
  parser.on("closetag", ({ name }) => {
    if (name === "Message") isInside = false;
  });
  parser.on("text", (text) => {
    if (isInside) texts.push((texts.pop() ?? "") + text);
  });
  parser.on("error", (cause) => {
    throw new CommandError(
      "Cannot read the server's answer: expected TwiML, found something else",
      {
        code: "not-twiml",
        hint: "Is it a botline server that listens there?",
        cause,
      },
    );
  });
  parser.write(xml).close();
  return texts;
}

import { Elysia } from "elysia";
import { SignatureError } from "../errors.ts";
import { textsOf } from "../message.ts";
import type { WebhookChannel } from "./channel.ts";
import { checked } from "./checked.ts";
import { type Form, parseForm } from "./twilio/form.ts";
import { InboundForm, toInboundMessage } from "./twilio/inbound.ts";
import { isFromTwilio } from "./twilio/signature.ts";
import { fit } from "./twilio/texts.ts";
import { toTwiml } from "./twilio/twiml.ts";
import { SMS_PATH, signedUrl, type WebhookUrl } from "./twilio/webhook-url.ts";

export interface SmsOptions {
  /** The account's auth token; two while it is being changed. */
  readonly tokens: readonly string[];
  /** Asked at each webhook: the port is known only once the server listens. */
  readonly webhookUrl: () => WebhookUrl;
  /** Where given, webhooks of other accounts are refused. */
  readonly accountSid?: string | undefined;
}

/** Texts by Twilio: its webhook comes in signed, the answer goes back as TwiML. */
export function createSms(options: SmsOptions): WebhookChannel {
  return {
    name: "sms",
    fit,
    routes: (receive) =>
      new Elysia({ name: "sms" }).post(
        SMS_PATH,
        async ({ body }) => toResponse(textsOf(await receive(toInboundMessage(body, Date.now())))),
        {
          parse: "text",
          // Before the schema: that drops what it does not know, and the signature covers all of it.
          // Elysia reads this function's source to see what a request must be taken apart for.
          transform: (context) => {
            const form = verifiedForm(context.request, context.body, options);
            // What the schema, which is next, holds it to.
            context.body = form as typeof context.body;
          },
          body: checked(InboundForm),
        },
      ),
  };
}

function verifiedForm(request: Request, body: unknown, options: SmsOptions): Form {
  const signature = request.headers.get("x-twilio-signature");
  if (!signature) throw refused("a signature, found none");
  const form = parseForm(typeof body === "string" ? body : "");
  const url = signedUrl(options.webhookUrl(), request.url);
  if (!isFromTwilio({ form, url, signature }, options.tokens)) {
    throw refused("the signature of our token and URL, found another");
  }
  if (options.accountSid && form["AccountSid"] !== options.accountSid) {
    throw refused("TWILIO_ACCOUNT_SID, found another account");
  }
  return form;
}

function refused(problem: string): SignatureError {
  return new SignatureError(`Cannot accept the webhook: expected ${problem}`, {
    code: "unsigned",
    hint: "If Twilio sent it: compare TWILIO_AUTH_TOKEN with the account's primary token, and PUBLIC_URL with the URL at Twilio, letter by letter",
  });
}

function toResponse(texts: readonly string[]): Response {
  return new Response(toTwiml(texts), { headers: { "content-type": "text/xml" } });
}

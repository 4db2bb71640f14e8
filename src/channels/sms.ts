import { Elysia } from "elysia";
import { SignatureError } from "../errors.ts";
import type { KeptText } from "../message.ts";
import type { Doors, WebhookChannel } from "./channel.ts";
import { checked } from "./checked.ts";
import { type Form, parseForm } from "./twilio/form.ts";
import { InboundForm, toInboundMessage } from "./twilio/inbound.ts";
import { segment } from "./twilio/segments.ts";
import { isFromTwilio } from "./twilio/signature.ts";
import {
  type Callbacks,
  readTextId,
  STATUS_PATH,
  StatusForm,
  toStatusCallback,
  toStatusReport,
} from "./twilio/status-callback.ts";
import { type Fitting, fit } from "./twilio/texts.ts";
import { toTwiml } from "./twilio/twiml.ts";
import { SMS_PATH, signedUrl } from "./twilio/webhook-url.ts";

export interface SmsOptions extends Callbacks {
  /** The account's auth token; two while it is being changed. */
  readonly tokens: readonly string[];
  /** Where given, webhooks of other accounts are refused. */
  readonly accountSid?: string | undefined;
  readonly fitting: Fitting;
}

/** Texts by Twilio: its webhooks come in signed, the answer to a message goes back as TwiML. */
export function createSms(options: SmsOptions): WebhookChannel {
  return {
    name: "sms",
    fit: (messages) => fit(messages, options.fitting),
    countSegments: (text) => segment(text).segments,
    routes: (doors) => createRoutes(options, doors),
  };
}

function createRoutes(options: SmsOptions, { receive, hearOf }: Doors) {
  const callbackOf = (id: number) => toStatusCallback(options, id);
  // Before the schema: that drops what it does not know, and the signature covers all of it.
  // Elysia reads these functions' sources to see what a request must be taken apart for.
  const transform = (context: { readonly request: Request; body: unknown }): void => {
    context.body = verifiedForm(context.request, context.body, options);
  };
  return new Elysia({ name: "sms" })
    .post(
      SMS_PATH,
      async ({ body }) => {
        const { texts } = await receive(toInboundMessage(body, Date.now()));
        return toResponse(texts, callbackOf);
      },
      { parse: "text", transform, body: checked(InboundForm) },
    )
    .post(
      STATUS_PATH,
      async ({ body, request }) => {
        const [id, report] = [readTextId(request.url, options.identity), toStatusReport(body)];
        // What we cannot use Twilio cannot better: a refusal would only come back.
        if (id !== undefined && report) await hearOf(id, report);
        return new Response(null, { status: 204 });
      },
      { parse: "text", transform, body: checked(StatusForm) },
    );
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

function toResponse(
  texts: readonly KeptText[],
  callbackOf: (id: number) => string | undefined,
): Response {
  return new Response(toTwiml(texts, callbackOf), { headers: { "content-type": "text/xml" } });
}

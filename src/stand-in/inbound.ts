import { type Account, serviceOf, type Webhook } from "./account.ts";
import type { MediaItem, Message } from "./messages.ts";
import type { OptOutType } from "./opt-out.ts";
import { countSegments } from "./segments.ts";
import type { Parameters } from "./signed-request.ts";

/** A text from a person to a number of the account. */
export interface IncomingText {
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly media: readonly { readonly url?: string; readonly contentType: string }[];
}

/** Puts the text into the account's list. */
export function receive(account: Account, text: IncomingText): Message {
  const now = account.now();
  const sid = account.newSid(text.media.length > 0 ? "MM" : "SM");
  const message: Message = {
    sid,
    direction: "inbound",
    from: text.from,
    to: text.to,
    body: text.body,
    media: text.media.map((item) => toMedia(account, sid, item)),
    serviceSid: serviceOf(account, text.to)?.sid,
    statusCallback: undefined,
    createdAt: now,
    updatedAt: now,
    sentAt: now,
    status: "received",
    errorCode: undefined,
  };
  account.messages.add(message);
  return message;
}

/** Who is told of texts to this number: a service's own webhook goes before the number's. */
export function webhookOf(account: Account, number: string): Webhook {
  const service = serviceOf(account, number);
  const decides = service && !service.usesNumbersWebhook ? service : account.numbers.get(number);
  return decides?.webhook ?? {};
}

/** Whether texts to this number are neither logged nor received: its service decides, and has no webhook. */
export function isSwallowed(account: Account, number: string): boolean {
  const service = serviceOf(account, number);
  return service !== undefined && !service.usesNumbersWebhook && !service.webhook?.url;
}

/** The parameters of the webhook. */
export function toInboundParameters(
  account: Account,
  message: Message,
  optOutType: OptOutType | undefined,
): Parameters {
  const { sid, from, to, body, media, serviceSid } = message;
  return {
    ToCountry: "US",
    ToState: "",
    SmsMessageSid: sid,
    NumMedia: String(media.length),
    ToCity: "",
    FromZip: "",
    SmsSid: sid,
    FromState: "",
    SmsStatus: "received",
    FromCity: "",
    Body: body,
    FromCountry: "US",
    To: to,
    ToZip: "",
    NumSegments: String(countSegments(body)),
    MessageSid: sid,
    AccountSid: account.sid,
    From: from,
    ApiVersion: "2010-04-01",
    ...(serviceSid && { MessagingServiceSid: serviceSid }),
    ...(optOutType && serviceOf(account, to)?.hasAdvancedOptOut && { OptOutType: optOutType }),
    ...Object.fromEntries(media.flatMap(toMediaParameters)),
  };
}

function toMediaParameters({ url, contentType }: MediaItem, index: number): [string, string][] {
  return [
    [`MediaUrl${index}`, url],
    [`MediaContentType${index}`, contentType],
  ];
}

function toMedia(
  account: Account,
  messageSid: string,
  { url, contentType }: IncomingText["media"][number],
): MediaItem {
  const sid = account.newSid("ME");
  const path = `/2010-04-01/Accounts/${account.sid}/Messages/${messageSid}/Media/${sid}`;
  return { sid, url: url ?? `https://api.twilio.com${path}`, contentType };
}

import type { Account } from "./account.ts";
import type { MediaItem, Message } from "./messages.ts";
import { countSegments } from "./segments.ts";

/** Where a message, or the list of all, is found in the API. */
export function pathOf(account: Account, sid?: string): string {
  const list = `/2010-04-01/Accounts/${account.sid}/Messages`;
  return sid === undefined ? `${list}.json` : `${list}/${sid}.json`;
}

/** A message as the API shows it. */
export function toJson(account: Account, message: Message): Readonly<Record<string, unknown>> {
  // A service has not picked its sender yet.
  const isUnassigned = message.status === "accepted";
  return {
    sid: message.sid,
    account_sid: account.sid,
    api_version: "2010-04-01",
    body: message.body,
    date_created: toRfc2822(message.createdAt),
    date_updated: toRfc2822(message.updatedAt),
    date_sent: message.sentAt === undefined ? null : toRfc2822(message.sentAt),
    direction: message.direction,
    error_code: message.errorCode ?? null,
    error_message: message.errorCode === undefined ? null : `Error ${message.errorCode}`,
    from: isUnassigned ? null : message.from,
    messaging_service_sid: message.serviceSid ?? null,
    num_media: String(message.media.length),
    num_segments: isUnassigned ? "0" : String(countSegments(message.body)),
    price: null,
    price_unit: "USD",
    status: message.status,
    subresource_uris: { media: pathOf(account, message.sid).replace(".json", "/Media.json") },
    to: message.to,
    uri: pathOf(account, message.sid),
  };
}

/** A picture of a message as the API shows it. */
export function toMediaJson(
  account: Account,
  message: Message,
  { sid, contentType }: MediaItem,
): Readonly<Record<string, unknown>> {
  return {
    sid,
    account_sid: account.sid,
    parent_sid: message.sid,
    content_type: contentType,
    date_created: toRfc2822(message.createdAt),
    date_updated: toRfc2822(message.createdAt),
    uri: pathOf(account, message.sid).replace(".json", `/Media/${sid}.json`),
  };
}

function toRfc2822(at: number): string {
  return new Date(at).toUTCString().replace("GMT", "+0000");
}

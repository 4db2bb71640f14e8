import { SettingsError } from "../../errors.ts";

/** The path of the webhook for messages. */
export const SMS_PATH = "/sms";

/** Where Twilio calls us. */
export interface WebhookUrl {
  /** The server's public address, without a path of ours. */
  readonly base: string;
  /** The webhook's URL as it was configured, character for character. */
  readonly exact: string;
  /** Path and query of `exact` the way our server shows them to us. */
  readonly exactTarget: string;
}

/**
 * Reads PUBLIC_URL, which may be the server's address (`https://bot.example.com`) or the webhook's whole
 * URL as it stands at Twilio (`…/sms?key=1#rc=3`). The fragment and credentials are never signed:
 * https://www.twilio.com/docs/usage/security
 * Throws a SettingsError for what is no URL.
 */
export function readWebhookUrl(publicUrl: string): WebhookUrl {
  if (!URL.canParse(publicUrl)) throw unreadable(publicUrl);
  const signed = publicUrl.replace(/#.*$/s, "").replace(/^(https?:\/\/)[^/?]*@/i, "$1");
  const address = signed.replace(/\?.*$/s, "");
  const query = signed.slice(address.length);
  const trimmed = address.replace(/\/+$/, "");
  const isWhole = trimmed.endsWith(SMS_PATH);
  const base = isWhole ? trimmed.slice(0, -SMS_PATH.length) : trimmed;
  const exact = isWhole ? signed : base + SMS_PATH + query;
  return {
    base,
    exact,
    exactTarget: pathAndQuery(exact).slice(pathAndQuery(base).replace(/\/$/, "").length),
  };
}

/**
 * The URL a request was signed for: what was configured, with the path and query that were asked for.
 * Neither Host nor X-Forwarded-* has a say: whoever sends the request writes those.
 */
export function signedUrl({ base, exact, exactTarget }: WebhookUrl, requestUrl: string): string {
  const target = targetOf(requestUrl);
  // The server's URL is normalised (an apostrophe becomes %27), Twilio signs what was typed.
  return target === exactTarget ? exact : base + target;
}

// By its text and not as a URL: Host stands before it, and may be anything.
function targetOf(requestUrl: string): string {
  const authority = requestUrl.indexOf("://");
  return requestUrl.slice(requestUrl.indexOf("/", authority < 0 ? 0 : authority + 3));
}

function pathAndQuery(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

function unreadable(found: string): SettingsError {
  return new SettingsError(
    `Cannot read PUBLIC_URL: expected the address Twilio calls, found "${found}"`,
    {
      code: "settings",
      hint: "For example: PUBLIC_URL=https://bot.example.com",
    },
  );
}

import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks";
import { type Answer, type Exchange, exchange, type OutRequest } from "./exchange.ts";
import type { Work } from "./work.ts";

/** Parameters of a request, each once. */
export type Parameters = Readonly<Record<string, string>>;

/** What a request of Twilio's needs of the account. */
export interface Line {
  readonly authToken: string;
  readonly work: Work;
  /** What the limits on a call are multiplied by. */
  readonly limitPace: number;
  readonly now: () => number;
  /** Where a URL of the public internet is found on this machine. */
  readonly route: (url: string) => string;
}

/** What is requested of whom. */
export interface Target {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly parameters: Parameters;
  /** The same for every attempt to say the same thing. */
  readonly idempotencyToken: string;
}

export interface TimeBounds {
  readonly readMs: number;
  /** By the monotonic clock. */
  readonly endsAt: number;
}

const MAX_REDIRECTS = 10;

/** Makes a signed request and follows redirects: all but 307 and 308 lose method and parameters. */
export async function follow(line: Line, target: Target, bounds: TimeBounds): Promise<Exchange> {
  let current = target;
  for (let count = 0; ; count += 1) {
    const result = await request(line, current, bounds);
    const location = result.kind === "answer" ? redirectOf(result) : undefined;
    if (location === undefined || result.kind === "failure") return result;
    if (count === MAX_REDIRECTS) return result;
    current = redirected(current, result.status, location);
  }
}

function redirectOf({ status, headers }: Answer): string | undefined {
  return status >= 300 && status < 400 ? (headers.get("location") ?? undefined) : undefined;
}

function redirected(from: Target, status: number, location: string): Target {
  const url = new URL(location, from.url).href;
  const isKept = status === 307 || status === 308;
  return isKept ? { ...from, url } : { ...from, url, method: "GET", parameters: {} };
}

/** Credentials of the URL are sent only once the server asks for them. */
async function request(line: Line, target: Target, bounds: TimeBounds): Promise<Exchange> {
  const { url, credentials } = withoutCredentials(target.url);
  const signed = sign(line, { ...target, url });
  const result = await exchange(signed, limitsOf(line, bounds));
  if (!credentials || result.kind === "failure" || !asksForPassword(result)) return result;
  const authorization = `Basic ${btoa(decodeURIComponent(credentials))}`;
  const headers = { ...signed.headers, authorization };
  return exchange({ ...signed, headers }, limitsOf(line, bounds));
}

function limitsOf({ work }: Line, { readMs, endsAt }: TimeBounds) {
  return { readMs, totalMs: Math.max(endsAt - performance.now(), 1), signal: work.signal };
}

function withoutCredentials(url: string): { url: string; credentials: string | undefined } {
  const credentials = /^https?:\/\/([^/?@]*)@/i.exec(url)?.[1];
  return { url: url.replace(/^(https?:\/\/)[^/?@]*@/i, "$1"), credentials };
}

function asksForPassword({ status, headers }: Answer): boolean {
  return status === 401 && /^basic\b/i.test(headers.get("www-authenticate") ?? "");
}

function sign(line: Line, { url, method, parameters, idempotencyToken }: Target): OutRequest {
  const form = new URLSearchParams(parameters).toString();
  const isGet = method === "GET";
  const target = isGet && form ? `${url}${url.includes("?") ? "&" : "?"}${form}` : url;
  const signature = getExpectedTwilioSignature(line.authToken, target, isGet ? {} : parameters);
  const headers = {
    "user-agent": "TwilioProxy/1.1",
    "x-twilio-signature": signature,
    "i-twilio-idempotency-token": idempotencyToken,
    "x-home-region": "us1",
    ...(!isGet && { "content-type": "application/x-www-form-urlencoded; charset=utf-8" }),
  };
  return { url: line.route(target), method, headers, body: isGet ? undefined : form };
}

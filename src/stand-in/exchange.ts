/** Twilio reads no answer that is longer (11750). */
export const MAX_ANSWER_BYTES = 64 * 1024;

/** One request as it leaves, already signed. */
export interface OutRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

export interface Answer {
  readonly kind: "answer";
  readonly status: number;
  readonly headers: Headers;
  /** Cut a little past the most that Twilio reads. */
  readonly body: string;
  readonly bytes: number;
}

/** How far the exchange came. */
export type FailurePoint =
  | "host"
  | "connect"
  | "connect-timeout"
  | "refused"
  | "tls"
  | "read"
  | "broken"
  | "partial"
  | "total";

export type Exchange = Answer | { readonly kind: "failure"; readonly at: FailurePoint };

export interface ExchangeLimits {
  readonly readMs: number;
  readonly totalMs: number;
  readonly signal: AbortSignal;
}

/** Makes one HTTP request and follows nothing; every way it can fail is a value. */
export async function exchange(request: OutRequest, limits: ExchangeLimits): Promise<Exchange> {
  const watch = startWatch(limits);
  let hasBegun = false;
  try {
    const { url, method, headers, body } = request;
    const init = { method, headers, ...(body !== undefined && { body }), signal: watch.signal };
    const response = await fetch(url, { ...init, ...PLAIN, ...(isHere(url) && { proxy: false }) });
    hasBegun = true;
    const read = await readBody(response, watch.heard);
    return { kind: "answer", status: response.status, headers: response.headers, ...read };
  } catch (error) {
    const at = watch.expired() ?? pointOf(error);
    return { kind: "failure", at: hasBegun && at !== "total" ? "partial" : at };
  } finally {
    watch.stop();
  }
}

// A kept connection would be tried again by fetch itself when it turns out dead: one attempt too many.
const PLAIN = { redirect: "manual", keepalive: false } as const;

// No proxy of the environment leads to this machine.
function isHere(url: string): boolean {
  return /^https?:\/\/(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])(?=[:/?]|$)/.test(url);
}

function startWatch({ readMs, totalMs, signal }: ExchangeLimits) {
  const giveUp = new AbortController();
  let expired: FailurePoint | undefined;
  const expire = (at: FailurePoint) => {
    expired ??= at;
    giveUp.abort();
  };
  const total = setTimeout(expire, totalMs, "total");
  let read = setTimeout(expire, readMs, "read");
  const heard = () => {
    clearTimeout(read);
    read = setTimeout(expire, readMs, "read");
  };
  const stop = () => [total, read].forEach(clearTimeout);
  return { signal: AbortSignal.any([giveUp.signal, signal]), expired: () => expired, heard, stop };
}

async function readBody(
  response: Response,
  heard: () => void,
): Promise<{ readonly body: string; readonly bytes: number }> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  heard();
  for await (const chunk of response.body ?? []) {
    heard();
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) break;
  }
  return { body: Buffer.concat(chunks).toString("utf8"), bytes };
}

const POINTS: Readonly<Record<string, FailurePoint>> = {
  ECONNREFUSED: "refused",
  ConnectionRefused: "refused",
  EHOSTUNREACH: "connect",
  ENETUNREACH: "connect",
  ETIMEDOUT: "connect-timeout",
  ENOTFOUND: "host",
  EAI_AGAIN: "host",
  EPROTO: "tls",
};

function pointOf(error: unknown): FailurePoint {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return POINTS[code] ?? (/CERT|SIGNATURE|TLS|SSL/.test(code) ? "tls" : "broken");
}

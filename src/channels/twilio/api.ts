import { SendError } from "../../errors.ts";
import type { Credentials, Login } from "./credentials.ts";
import { toVerdict } from "./errors.ts";
import { type Messages, openMessages, type SdkRequest, type SdkResponse } from "./sdk.ts";

export interface ApiOptions {
  readonly credentials: Credentials;
  /** Where Twilio's API is, where it is not Twilio's own. */
  readonly apiUrl?: string | undefined;
  /** How long one request may take; 15 s when left out. */
  readonly timeoutMs?: number;
}

/** Twilio's API. */
export interface Api {
  /**
   * Makes a call and tells what it came to. What fails throws a SendError: an error of the SDK or of the
   * connection goes no further, for it may hold the text, a number or the URL they stand in.
   */
  call<Result>(act: (messages: Messages) => Promise<Result>, signal: AbortSignal): Promise<Result>;
}

/** The base of every address in Twilio's API. */
export const TWILIOS_API = "https://api.twilio.com";

// Twilio answers within a second or two; what takes longer is looked up later.
const TIMEOUT_MS = 15_000;

/** Twilio's API for one account. Nothing is loaded and nobody called before the first call. */
export function createApi(options: ApiOptions): Api {
  const { credentials, apiUrl = TWILIOS_API, timeoutMs = TIMEOUT_MS } = options;
  const fetchAs = createFetchAs(credentials.logins);

  return {
    async call(act, signal) {
      let retryAfter: string | undefined;
      const request = async (wanted: SdkRequest): Promise<SdkResponse> => {
        const response = await fetchAs(wanted, withDeadline(signal, timeoutMs));
        // The SDK's errors carry no headers.
        retryAfter = response.headers.get("retry-after") ?? undefined;
        return { statusCode: response.status, body: await response.text() };
      };
      if (signal.aborted) throw notAsked();
      try {
        return await act(openMessages({ accountSid: credentials.accountSid, apiUrl, request }));
      } catch (error) {
        throw toSendError(error, retryAfter);
      }
    },
  };
}

function withDeadline(signal: AbortSignal, timeoutMs: number): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
}

/** Makes requests by the login that was good last; a request that is refused for its login was not looked at. */
function createFetchAs(logins: Credentials["logins"]) {
  let [good] = logins;

  return async function fetchAs(request: SdkRequest, signal: AbortSignal): Promise<Response> {
    const login = good;
    const response = await fetchOnce(request, login, signal);
    const other = logins.find((candidate) => candidate !== login);
    if (response.status !== 401 || !other) return response;
    await response.body?.cancel();
    const second = await fetchOnce(request, other, signal);
    if (second.status !== 401) good = other;
    return second;
  };
}

function fetchOnce(
  { method, uri, params, data }: SdkRequest,
  { username, password }: Login,
  signal: AbortSignal,
): Promise<Response> {
  const credentials = Buffer.from(`${username}:${password}`).toString("base64");
  return fetch(params ? `${uri}?${toForm(params)}` : uri, {
    method,
    headers: { authorization: `Basic ${credentials}`, accept: "application/json" },
    ...(data && { body: toForm(data) }),
    // A followed redirect would carry the text to whatever address it names.
    redirect: "manual",
    // A connection that was kept may be dead by now: nobody could say whether the text had left by it.
    keepalive: method !== "post",
    // No proxy of the environment leads to this machine.
    proxy: IS_HERE.test(uri) ? false : undefined,
    signal,
  });
}

const IS_HERE = /^https?:\/\/(?:localhost|127\.[\d.]+|\[::1\])(?=[:/])/i;

function toForm(fields: object): URLSearchParams {
  return new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)]));
}

function toSendError(error: unknown, retryAfter: string | undefined): SendError {
  if (error instanceof SendError) return error;
  return refuse(toVerdict(error, { retryAfter }));
}

function notAsked(): SendError {
  return refuse({ action: "retry", words: "Twilio was not asked: there was no time left" });
}

function refuse(verdict: SendError["verdict"]): SendError {
  return new SendError(`Cannot use Twilio's API: ${verdict.words}`, { verdict });
}

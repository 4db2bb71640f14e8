import type { Answer, Exchange, FailurePoint } from "./exchange.ts";
import { type CallPolicy, readPolicy } from "./overrides.ts";
import { follow, type Line, type Target } from "./signed-request.ts";

/** One request of Twilio's to a URL that the account's owner configured, `#` overrides included. */
export interface CallOut extends Target {
  /** What goes wrong: with every attempt where nothing is reachable, else with the first. */
  readonly fault?: "unreachable" | "slow-connect" | "lost-answer" | undefined;
}

/** One attempt as it went. */
export interface Attempt {
  readonly url: string;
  readonly startedAt: number;
  readonly endedAt: number;
  /** Of the answer; undefined where none came. */
  readonly status: number | undefined;
  /** Undefined where it went well. */
  readonly errorCode: number | undefined;
}

export interface CallResult {
  readonly attempts: readonly Attempt[];
  /** A success; undefined where every attempt failed. */
  readonly answer: Answer | undefined;
  readonly errorCode: number | undefined;
}

/** Calls a URL the way Twilio does: signed, within its limits, repeated for the reasons its policy names. */
export async function callOut(line: Line, call: CallOut): Promise<CallResult> {
  const policy = readPolicy(call.url);
  const endsAt = performance.now() + policy.totalMs * line.limitPace;
  const attempts: Attempt[] = [];
  for (;;) {
    const startedAt = line.now();
    const fault = faultOf(call, attempts.length);
    const result = await attempt(line, { ...call, fault }, { policy, endsAt });
    const errorCode = errorCodeOf(result, policy);
    attempts.push(
      toAttempt(result, { errorCode, url: policy.url, startedAt, endedAt: line.now() }),
    );
    if (result.kind === "answer" && errorCode === undefined) {
      return { attempts, answer: result, errorCode };
    }
    const isOver = attempts.length > policy.retries;
    if (isOver || !isRetried(result, policy)) return { attempts, answer: undefined, errorCode };
  }
}

function faultOf({ fault }: CallOut, attemptsBefore: number): CallOut["fault"] {
  return attemptsBefore === 0 || fault === "unreachable" ? fault : undefined;
}

interface Bounds {
  readonly policy: CallPolicy;
  /** By the monotonic clock. */
  readonly endsAt: number;
}

async function attempt(line: Line, call: CallOut, { policy, endsAt }: Bounds): Promise<Exchange> {
  if (call.fault === "unreachable" || call.fault === "slow-connect") {
    return waitInVain(line, { policy, endsAt });
  }
  const readMs = policy.readMs * line.limitPace;
  const result = await follow(line, { ...call, url: policy.url }, { readMs, endsAt });
  return call.fault === "lost-answer" ? { kind: "failure", at: "read" } : result;
}

/** Waits for a connection that does not come about. */
async function waitInVain(line: Line, { policy, endsAt }: Bounds): Promise<Exchange> {
  const left = Math.max(endsAt - performance.now(), 0);
  const connectMs = policy.connectMs * line.limitPace;
  await line.work.sleep(Math.min(left, connectMs));
  return { kind: "failure", at: left < connectMs ? "total" : "connect-timeout" };
}

// https://www.twilio.com/docs/api/errors
const FAILURE_CODES: Readonly<Record<FailurePoint, number>> = {
  host: 11210,
  connect: 11205,
  "connect-timeout": 11201,
  refused: 11202,
  tls: 11220,
  read: 11200,
  broken: 11206,
  partial: 11200,
  total: 11203,
};

function errorCodeOf(result: Exchange, { isTotalSet }: CallPolicy): number | undefined {
  if (result.kind === "failure" && result.at === "total" && !isTotalSet) return FAILURE_CODES.read;
  if (result.kind === "failure") return FAILURE_CODES[result.at];
  if (result.status >= 400) return 11217;
  if (result.status >= 300) return 11215;
  return undefined;
}

function toAttempt(result: Exchange, rest: Omit<Attempt, "status">): Attempt {
  return { ...rest, status: result.kind === "answer" ? result.status : undefined };
}

const CONNECTING: readonly FailurePoint[] = ["connect", "connect-timeout", "refused", "tls"];

/** Half an answer is never asked for again, and when time is up it is up. */
function isRetried(result: Exchange, { retryOn }: CallPolicy): boolean {
  if (result.kind === "answer") {
    return retryOn.has("all") || retryOn.has(result.status >= 500 ? "5xx" : "4xx");
  }
  if (result.at === "partial" || result.at === "total") return false;
  if (CONNECTING.includes(result.at) && retryOn.has("ct")) return true;
  return retryOn.has("all") || (result.at === "read" && retryOn.has("rt"));
}

import type { Action, Verdict } from "../../delivery.ts";
import { ERROR_MEANINGS } from "./error-codes.ts";

export interface AnswerHeaders {
  /** As it came: seconds or a date. The SDK's errors carry no headers. */
  readonly retryAfter?: string | undefined;
  readonly now?: number;
}

/**
 * What an error of Twilio's SDK or of the connection means. Those errors must go no further: they may hold
 * the text, or a number. What is not known is taken for sent until looked up, since a second text cannot be taken back.
 */
export function toVerdict(error: unknown, headers: AnswerHeaders = {}): Verdict {
  const verdict = ofFailure(error);
  const mayRepeat = verdict.action === "retry" || verdict.action === "retry-later";
  const retryAfterMs = mayRepeat ? toMs(headers) : undefined;
  return retryAfterMs === undefined ? verdict : { ...verdict, retryAfterMs };
}

/** What the ErrorCode of a status callback, or of a message in Twilio's list, means. */
export function toVerdictOfCode(code: number): Verdict {
  const meaning = ERROR_MEANINGS.get(code);
  if (!meaning) return { action: "final", code, words: `Twilio's error ${code}` };
  const { action, words, tries } = meaning;
  return { action, code, words, ...(tries !== undefined && { tries }) };
}

function ofFailure(error: unknown): Verdict {
  if (error instanceof SyntaxError) return { action: UNREADABLE[0], words: UNREADABLE[1] };
  const { status, code } = fieldsOf(error);
  return typeof status === "number" ? ofAnswer(status, toCode(code)) : ofConnection(code);
}

function fieldsOf(error: unknown): Readonly<Record<"status" | "code", unknown>> {
  const none = { status: undefined, code: undefined };
  return typeof error === "object" ? { ...none, ...error } : none;
}

function toCode(code: unknown): number | undefined {
  return Number.isSafeInteger(code) && Number(code) > 0 ? Number(code) : undefined;
}

type Meaning = readonly [Action, string];

const REFUSED: Meaning = ["final", "Twilio refused the request"];
const IS_ANOTHER: Meaning = ["pause", "Something on the way to Twilio answers in its place"];
const FAILED: Meaning = [
  "unknown-outcome",
  "Twilio failed, and may have sent the text all the same",
];
const UNREADABLE: Meaning = ["unknown-outcome", "Twilio's answer cannot be read"];

/** By HTTP status, where Twilio's code says nothing. */
const BY_STATUS: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [401, ["pause", "Twilio does not accept the account's credentials"]],
  [403, ["pause", "Twilio, or something on the way there, forbids the request"]],
  [408, FAILED],
  [429, ["retry", "Twilio gets more requests at once than the account may send"]],
]);

const BY_HUNDRED: ReadonlyMap<number, Meaning> = new Map([
  [3, IS_ANOTHER],
  [4, REFUSED],
  [5, FAILED],
]);

function ofAnswer(status: number, code: number | undefined): Verdict {
  // Whatever its code, a failure of Twilio's own tells nothing of the text, and 429 that nothing was done.
  const isCodeDecisive = status < 500 && status !== 429;
  if (code !== undefined && isCodeDecisive && ERROR_MEANINGS.has(code)) {
    return toVerdictOfCode(code);
  }
  const [action, words] =
    BY_STATUS.get(status) ?? BY_HUNDRED.get(Math.floor(status / 100)) ?? UNREADABLE;
  return { action, words: `${words} (HTTP ${status})`, ...(code !== undefined && { code }) };
}

/** Failures before a request could leave: trying again sends nothing twice. */
const NEVER_LEFT: ReadonlySet<unknown> = new Set([
  ...["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "ENETDOWN"],
  ...["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID", "DEPTH_ZERO_SELF_SIGNED_CERT"],
  ...["SELF_SIGNED_CERT_IN_CHAIN", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"],
  ...["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "ERR_TLS_CERT_ALTNAME_INVALID"],
]);

function ofConnection(code: unknown): Verdict {
  if (NEVER_LEFT.has(code)) {
    return { action: "retry", words: `Twilio cannot be reached (${code})` };
  }
  return {
    action: "unknown-outcome",
    words: "The connection to Twilio broke, and the text may have been sent all the same",
  };
}

function toMs({ retryAfter, now = Date.now() }: AnswerHeaders): number | undefined {
  if (retryAfter === undefined) return undefined;
  const ms = /^\s*\d+\s*$/.test(retryAfter)
    ? Number(retryAfter) * 1000
    : Date.parse(retryAfter) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

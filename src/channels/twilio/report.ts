import { type DeliveryReport, type MessageStatus, toStatus, type Verdict } from "../../delivery.ts";
import { toVerdictOfCode } from "./errors.ts";

/** Where a message of ours is, in Twilio's words. */
interface Told {
  readonly sid: string;
  readonly status: string;
  /** Why it failed; any other value is none. */
  readonly errorCode: unknown;
}

const FAILURES: ReadonlySet<MessageStatus> = new Set(["failed", "undelivered"]);

const UNEXPLAINED: Verdict = { action: "final", words: "Twilio does not say why" };

/** The same in our own words, with what its failure means. */
export function toReport({ sid, status: word, errorCode }: Told): DeliveryReport {
  const status = toStatus(word);
  return FAILURES.has(status) ? { sid, status, verdict: whyFailed(errorCode) } : { sid, status };
}

function whyFailed(errorCode: unknown): Verdict {
  const code = Number.isSafeInteger(errorCode) ? Number(errorCode) : 0;
  return code > 0 ? toVerdictOfCode(code) : UNEXPLAINED;
}

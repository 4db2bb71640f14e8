import type { MessageStatus, OutboundState } from "../../delivery.ts";
import { ERROR_MEANINGS } from "./error-codes.ts";

/** Where a text of ours is, and what was written down of its last failure. */
interface Told {
  readonly state: OutboundState;
  readonly status: MessageStatus;
  readonly errorCode: number | null;
  readonly reason: string | null;
}

/** Why a text has not got through, for whoever runs the server; null where it has, or nothing is known against it. */
export function explainFailure({ state, status, errorCode, reason }: Told): string | null {
  // A try that failed is no matter once another went well.
  if (state === "sent" && !NOT_DELIVERED.has(status)) return null;
  // What was dropped was dropped for a reason of ours, whatever Twilio said before.
  if (state === "dropped" || errorCode === null) return reason;
  const words = ERROR_MEANINGS.get(errorCode)?.words;
  if (words) return `${words} (Twilio's error ${errorCode})`;
  return `Twilio's error ${errorCode}: https://www.twilio.com/docs/api/errors/${errorCode}`;
}

const NOT_DELIVERED: ReadonlySet<MessageStatus> = new Set(["canceled", "failed", "undelivered"]);

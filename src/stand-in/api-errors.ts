/** A request that the API refuses: the code, and where it helps what exactly. */
export interface Refusal {
  readonly code: number;
  readonly detail?: string;
}

type Entry = readonly [status: number, message: string];

// https://www.twilio.com/docs/api/errors, in our words.
const ERRORS: Readonly<Record<number, Entry>> = {
  20001: [400, "Invalid parameter"],
  20003: [401, "Authenticate"],
  20004: [405, "Method not allowed"],
  20009: [409, "The message is not finished yet"],
  20404: [404, "The requested resource was not found"],
  20429: [429, "Too many requests"],
  21211: [400, "Invalid 'To' phone number"],
  21212: [400, "Invalid 'From' number"],
  21408: [400, "Permission to send to this region is not enabled"],
  21602: [400, "Message body is required"],
  21603: [400, "A 'From' number is required"],
  21604: [400, "A 'To' number is required"],
  21606: [400, "The 'From' number is not one of this account that can send messages"],
  21608: [400, "The number is unverified: trial accounts cannot text it"],
  21609: [400, "Invalid 'StatusCallback'"],
  21610: [400, "The recipient has opted out of texts from this sender"],
  21611: [400, "The 'From' number has too many messages in its queue"],
  21612: [400, "The 'To' number cannot be reached from this 'From' number"],
  21614: [400, "The 'To' number is not a mobile number"],
  21617: [400, "The text is longer than 1600 characters"],
  21619: [400, "A body, media or a content template is required"],
  21620: [400, "Invalid media URL"],
  21623: [400, "Too many media"],
  21624: [400, "Invalid validity period: expected 1 to 36000 seconds"],
  21635: [400, "The 'To' number is a landline"],
  21703: [400, "The Messaging Service has no number"],
  21705: [400, "The Messaging Service is invalid"],
};

/** An error as the API tells it. */
export function toErrorResponse({ code, detail }: Refusal, headers: HeadersInit = {}): Response {
  const [status, text] = ERRORS[code] ?? [400, "The request was refused"];
  const message = detail ? `${text}: ${detail}` : text;
  const more_info = `https://www.twilio.com/docs/errors/${code}`;
  return Response.json({ code, message, more_info, status }, { status, headers });
}

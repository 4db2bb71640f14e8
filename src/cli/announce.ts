import { isLoopback } from "./addresses.ts";
import { toColumns } from "./output.ts";

/** What a person is told of a server that has started. */
export interface Announcement {
  readonly version: string;
  readonly bot: string;
  readonly database: string;
  /** Where it listens. */
  readonly url: string;
  /** The webhook as Twilio must call it. */
  readonly publicUrl: string;
  /** What people are held to, in one line. */
  readonly limits: string;
  /** Whether late replies are sent by Twilio's API. */
  readonly canSend: boolean;
}

/** For a server in service: where Twilio must be pointed. */
export function announceService(about: Announcement): string {
  const isLocal = isLoopback(new URL(about.publicUrl).hostname);
  return `botline ${about.version} is in service

${toFacts(about)}
${about.limits}
${about.canSend ? "" : LATE_REPLIES}
At Twilio, let "A message comes in" call this webhook by HTTP POST:

  ${about.publicUrl}
${isLocal ? LOCAL_ADDRESS : ""}`;
}

/** For a server that is tried out: the next command to type, where `text` can find the token. */
export function announceTrial(about: Announcement, next: string | undefined): string {
  return `botline ${about.version} is being tried out: no account, and only this machine can text it

${toFacts(about)}
${next ? `Text it from another terminal:\n\n  ${next}` : NO_TOKEN}

To go into service, set TWILIO_AUTH_TOKEN to your Twilio account's auth token
`;
}

const NO_TOKEN =
  "Nobody can text it: its token could not be left for `botline text` (the log says why)";

const LATE_REPLIES = `
A reply that takes too long is given with the person's next text; to send it by itself, set TWILIO_ACCOUNT_SID
`;

const LOCAL_ADDRESS = `
That address is of this machine alone. Give the one that Twilio can reach as PUBLIC_URL,
or every text will be refused: the signature covers the address
`;

function toFacts({ bot, database, url }: Announcement): string {
  return toColumns(
    [
      ["bot", bot],
      ["database", database],
      ["listening at", url],
    ],
    "  ",
  );
}

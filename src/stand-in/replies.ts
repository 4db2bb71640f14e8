import type { Account, Fate } from "./account.ts";
import { send } from "./delivery.ts";
import type { Message } from "./messages.ts";
import type { Verb } from "./twiml.ts";

const MAX_TEXT_LENGTH = 1600;
const MAX_MEDIA = 10;

/** What is replied to. */
export interface ReplyContext {
  readonly inbound: Message;
  /** The document the verb stands in; its URLs may be relative to it. */
  readonly documentUrl: string;
}

type MessageVerb = Extract<Verb, { kind: "message" }>;

/** Turns a Message verb into a message; a number where it is one that Twilio does not send. */
export function reply(
  account: Account,
  { inbound, documentUrl }: ReplyContext,
  { text, media, attributes }: MessageVerb,
): Message | number {
  const isEmpty = text.trim() === "" && media.length === 0;
  if (isEmpty || text.length > MAX_TEXT_LENGTH || media.length > MAX_MEDIA) return 14103;
  const from = attributes["from"] ?? inbound.to;
  const to = attributes["to"] ?? inbound.from;
  const callback = attributes["statusCallback"];
  return send(account, {
    by: "twiml",
    from,
    to,
    body: text,
    media,
    serviceSid: inbound.serviceSid,
    statusCallback: toAbsolute(callback, documentUrl),
    fate: loopFate(account, `${from} ${to}`),
  }).message;
}

/** One that cannot be read is as good as none. */
function toAbsolute(url: string | undefined, base: string): string | undefined {
  return url !== undefined && URL.canParse(url, base) ? new URL(url, base).href : undefined;
}

/** Twilio stops what looks like two machines that talk to each other (14107). */
const MOST_REPLIES = 30;
const LOOP_GAP_MS = 30_000;

/** Each reply that follows the one before it within the gap counts on; past the most, replies fail. */
function loopFate(account: Account, pair: string): Fate | undefined {
  const now = account.now();
  const times = account.replyTimes.get(pair) ?? [];
  const isLoop = now - (times.at(-1) ?? 0) < account.work.scaled(LOOP_GAP_MS);
  const counted = isLoop ? [...times, now] : [now];
  account.replyTimes.set(pair, counted.slice(-MOST_REPLIES - 1));
  return account.hasLoopProtection && counted.length > MOST_REPLIES
    ? { status: "failed", errorCode: 14107 }
    : undefined;
}

import { type Account, type Fate, type ReceivedText, showOnPhone } from "./account.ts";
import { tellStatus } from "./callbacks.ts";
import type { MediaItem, Message, Status } from "./messages.ts";
import { isBlocked } from "./opt-out.ts";

/** A message to a person, before Twilio has done anything with it. */
export interface Draft {
  readonly by: Exclude<ReceivedText["by"], "twilio">;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly media: readonly string[];
  readonly serviceSid?: string | undefined;
  readonly statusCallback?: string | undefined;
  /** Known beforehand to come to nothing. */
  readonly fate?: Fate | undefined;
}

/** A message that Twilio took on, and what becomes of it. */
export interface Sending {
  readonly message: Message;
  /** Settles once it has its last status and its callbacks have gone out. */
  readonly finished: Promise<void>;
}

/** How long a message stays in each status. */
const STEP_MS = 300;

/** Takes a message on: it is in the list at once, and moves on by itself. */
export function send(account: Account, draft: Draft): Sending {
  const message = toMessage(account, draft);
  account.messages.add(message);
  const finished = account.work.run(() => moveOn(account, message, draft));
  return { message, finished };
}

function toMessage(account: Account, draft: Draft): Message {
  const now = account.now();
  const isMms = draft.media.length > 0;
  return {
    sid: account.newSid(isMms ? "MM" : "SM"),
    direction: draft.by === "twiml" ? "outbound-reply" : "outbound-api",
    from: draft.from,
    to: draft.to,
    body: draft.body,
    media: draft.media.map((url) => toMedia(account, url)),
    serviceSid: draft.serviceSid,
    statusCallback: draft.statusCallback,
    createdAt: now,
    updatedAt: now,
    sentAt: undefined,
    status: draft.by === "rest" && draft.serviceSid ? "accepted" : "queued",
    errorCode: undefined,
  };
}

function toMedia(account: Account, url: string): MediaItem {
  return { sid: account.newSid("ME"), url, contentType: "image/jpeg" };
}

/** Of the first status nobody is told; the callbacks go out as they may, the statuses do not wait for them. */
async function moveOn(account: Account, message: Message, draft: Draft): Promise<void> {
  // Not before its first status was told to whoever asked for it.
  await Promise.resolve();
  const fate = draft.fate ?? fateOf(account, message);
  const told: Promise<void>[] = [];
  for (const status of stepsTo(message.status, fate)) {
    // A service picks its sender at once, so that a text given to it later stays the later one.
    if (status !== "queued") await account.work.pause(STEP_MS);
    step(account, message, { status, fate });
    if (status === "sent" && fate.status === "delivered") arrive(account, message, draft);
    told.push(tellStatus(account, message));
  }
  await Promise.all(told);
}

function fateOf(account: Account, { from, to }: Message): Fate {
  if (isBlocked(account, from, to)) return { status: "failed", errorCode: 21610 };
  return account.fates.get(to) ?? { status: "delivered" };
}

function stepsTo(first: Status, { status }: Fate): readonly Status[] {
  const queued: readonly Status[] = first === "accepted" ? ["queued"] : [];
  return status === "failed" ? [...queued, "failed"] : [...queued, "sending", "sent", status];
}

function step(
  account: Account,
  message: Message,
  { status, fate }: { readonly status: Status; readonly fate: Fate },
): void {
  message.status = status;
  message.updatedAt = account.now();
  if (status === "sent") message.sentAt = message.updatedAt;
  if (status === fate.status) message.errorCode = fate.errorCode;
}

function arrive(account: Account, { sid, from, to }: Message, draft: Draft): void {
  const { body: text, media, by } = draft;
  showOnPhone(account, to, { sid, from, text, media, by, at: account.now() });
}

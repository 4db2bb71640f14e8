/** Where a message stands, in Twilio's words. */
export type Status =
  | "received"
  | "accepted"
  | "queued"
  | "sending"
  | "sent"
  | "delivered"
  | "undelivered"
  | "failed";

export interface MediaItem {
  readonly sid: string;
  readonly url: string;
  readonly contentType: string;
}

/** One message of the account's list. */
export interface Message {
  readonly sid: string;
  readonly direction: "inbound" | "outbound-api" | "outbound-reply";
  readonly from: string;
  readonly to: string;
  /** Empty once it was redacted. */
  body: string;
  readonly media: readonly MediaItem[];
  /** Where a Messaging Service has a part in it. */
  readonly serviceSid: string | undefined;
  /** Where its status is told. */
  readonly statusCallback: string | undefined;
  readonly createdAt: number;
  updatedAt: number;
  /** Unknown until it leaves: a queued message has none. */
  sentAt: number | undefined;
  status: Status;
  errorCode: number | undefined;
}

/** The account's messages, in and out, the way its owner can list them. */
export class MessageList {
  readonly #messages = new Map<string, Message>();

  add(message: Message): void {
    this.#messages.set(message.sid, message);
  }

  get(sid: string): Message | undefined {
    return this.#messages.get(sid);
  }

  remove(sid: string): void {
    this.#messages.delete(sid);
  }

  newestFirst(): readonly Message[] {
    return [...this.#messages.values()].reverse();
  }
}

const UNFINISHED: readonly Status[] = ["accepted", "queued", "sending"];

/** Whether Twilio still has to do something with it; until then it can be neither deleted nor redacted. */
export function isUnfinished({ status }: Message): boolean {
  return UNFINISHED.includes(status);
}

import { type Static, Type } from "@sinclair/typebox";
import type { DeliveryReport } from "../../delivery.ts";
import { toReport } from "./report.ts";
import { SMS_PATH, type WebhookUrl } from "./webhook-url.ts";

/** The path of the callback that tells what becomes of a text of ours. */
export const STATUS_PATH = `${SMS_PATH}/status`;

// Twilio tries a callback once and lets it be, unless its URL says otherwise. The fragment is neither sent nor signed:
// https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
const TRY_AGAIN = "#rc=2&rp=ct,rt,5xx";

/** Whether and where Twilio can call us. */
export interface Callbacks {
  /** Twilio reaches us at `webhookUrl`, and so is asked to tell what becomes of our texts. */
  readonly callbacks: boolean;
  /** Asked each time: the port is known only once the server listens. */
  readonly webhookUrl: () => WebhookUrl;
  /** Tells our store from any other whose texts Twilio may still be telling of. */
  readonly identity: string;
}

// Twilio calls back no host with an underscore in its name, and refuses a text that asks for it:
// https://www.twilio.com/docs/messaging/twiml/message
const IS_UNCALLABLE = /^https?:\/\/[^/]*_/;

/** Where Twilio is to tell what becomes of the text with this id in the store; undefined where it cannot. */
export function toStatusCallback(
  { callbacks, webhookUrl, identity }: Callbacks,
  id: number,
): string | undefined {
  if (!callbacks) return undefined;
  const { base } = webhookUrl();
  if (IS_UNCALLABLE.test(base)) return undefined;
  return `${base}${STATUS_PATH}?id=${id}&of=${identity}${TRY_AGAIN}`;
}

/** The id that a callback's URL names; undefined where it names none, more than one, or one of another store. */
export function readTextId(requestUrl: string, identity: string): number | undefined {
  // By its text and not as a URL: Host stands before it, and may be anything.
  const query = new URLSearchParams(requestUrl.replace(/^[^?]*/, ""));
  if (query.get("of") !== identity) return undefined;
  const [id = "", ...others] = query.getAll("id");
  // No number of fifteen digits is beyond what counts exactly.
  return others.length === 0 && /^[1-9]\d{0,14}$/.test(id) ? Number(id) : undefined;
}

/** The parameters of a status callback that we read; channels and Twilio add others. */
export const StatusForm = Type.Object(
  {
    MessageSid: Type.String({ pattern: "^(SM|MM)[0-9a-fA-F]{32}$" }),
    AccountSid: Type.String({ pattern: "^AC[0-9a-fA-F]{32}$" }),
    MessageStatus: Type.String({ minLength: 1 }),
    // Where it failed.
    ErrorCode: Type.Optional(Type.String()),
  },
  { additionalProperties: Type.String() },
);

/** A callback's verified form in our own words; undefined for a state we do not know. */
export function toStatusReport(form: Static<typeof StatusForm>): DeliveryReport | undefined {
  const report = toReport({
    sid: form.MessageSid,
    status: form.MessageStatus,
    errorCode: Number(form.ErrorCode),
  });
  return report.status === "unknown" ? undefined : report;
}

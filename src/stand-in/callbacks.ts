import { createHash } from "node:crypto";
import type { Account } from "./account.ts";
import { callOut } from "./call-out.ts";
import type { Message, Status } from "./messages.ts";
import type { Parameters } from "./signed-request.ts";

/** A late callback comes up to so much later, and so after others. */
const MOST_LATE_MS = 5_000;

/** Tells the owner of a message's status, where it asked to be told. Nobody may count on it: some get lost. */
export async function tellStatus(account: Account, message: Message): Promise<void> {
  const { statusCallback: url, status, sid } = message;
  if (!url) return;
  // As things stand now, whatever they are when it arrives.
  const parameters = toParameters(account, message);
  const key = `${sid} ${status}`;
  const post = () => postStatus(account, { url, sid, status, parameters });
  switch (account.faults.pick("callback", key)) {
    case "lost":
      return;
    case "late":
      await account.work.pause(MOST_LATE_MS * (0.2 + 0.8 * account.chance(`late ${key}`)));
      return post();
    case "twice":
      await Promise.all([post(), post()]);
      return;
    default:
      return post();
  }
}

interface Callback {
  readonly url: string;
  readonly sid: string;
  readonly status: Status;
  readonly parameters: Parameters;
}

async function postStatus(account: Account, callback: Callback): Promise<void> {
  const { url, sid, status, parameters } = callback;
  const idempotencyToken = createHash("sha256").update(`${sid} ${status}`).digest("hex");
  const call = { url, method: "POST", parameters, idempotencyToken } as const;
  const { errorCode } = await callOut(account, call);
  if (errorCode !== undefined) account.alerts.push({ errorCode, sid, url, at: account.now() });
}

function toParameters(account: Account, message: Message): Parameters {
  const { sid, from, to, status, errorCode, serviceSid } = message;
  return {
    AccountSid: account.sid,
    ApiVersion: "2010-04-01",
    From: from,
    To: to,
    MessageSid: sid,
    SmsSid: sid,
    MessageStatus: status,
    SmsStatus: status,
    ...(serviceSid && { MessagingServiceSid: serviceSid }),
    ...(errorCode && { ErrorCode: String(errorCode) }),
    ...(status === "delivered" && { RawDlrDoneDate: toDlrDate(account.now()) }),
  };
}

/** YYMMDDhhmm */
function toDlrDate(at: number): string {
  return new Date(at).toISOString().replace(/\D/g, "").slice(2, 12);
}

import { type DeliveryReport, type Sending, type TextToSend, toStatus } from "../../delivery.ts";
import { SendError } from "../../errors.ts";
import type { Sender } from "../channel.ts";
import { type Api, type ApiOptions, createApi } from "./api.ts";
import { listReceived, listSent } from "./lists.ts";
import { toReport } from "./report.ts";
import { type Callbacks, toStatusCallback } from "./status-callback.ts";

export interface SenderOptions extends ApiOptions, Callbacks {}

/** What we do at Twilio by its API. */
export function createSender(options: SenderOptions): Sender {
  const api = createApi(options);
  return {
    send: (text, signal) => send(api, toMessage(text, options), signal),
    listSent: (stretch, signal) => listSent(api, stretch, signal),
    fetchReport: (sid, signal) => fetchReport(api, sid, signal),
    listReceived: (what, signal) => listReceived(api, what, signal),
    erase: (sid, signal) => erase(api, sid, signal),
  };
}

interface NewMessage {
  readonly to: string;
  readonly from: string;
  readonly body: string;
  readonly validityPeriod: number;
  readonly statusCallback?: string;
}

function toMessage(
  { id, from, to, text, validForMs }: TextToSend,
  callbacks: Callbacks,
): NewMessage {
  const statusCallback = toStatusCallback(callbacks, id);
  return {
    to,
    from,
    body: text,
    validityPeriod: toValidityS(validForMs),
    ...(statusCallback !== undefined && { statusCallback }),
  };
}

const MINUTE_S = 60;
// Longer no text may wait: https://www.twilio.com/docs/messaging/api/message-resource
const MAX_VALIDITY_S = 36_000;

/** In whole minutes: Twilio gives up no sooner than within the minute. */
function toValidityS(validForMs: number): number {
  const seconds = Math.floor(validForMs / 1000 / MINUTE_S) * MINUTE_S;
  return Math.min(Math.max(seconds, MINUTE_S), MAX_VALIDITY_S);
}

async function send(api: Api, message: NewMessage, signal: AbortSignal): Promise<Sending> {
  try {
    return await api.call(async (messages) => {
      const { sid, status } = await messages.create(message);
      // An answer without it is none: whoever gave it, Twilio may have the text or not.
      if (!/^(?:SM|MM)[0-9a-fA-F]{32}$/.test(sid)) throw new SyntaxError("no sid");
      return { kind: "accepted", sid, status: toStatus(status) };
    }, signal);
  } catch (error) {
    if (error instanceof SendError) return { kind: "refused", verdict: error.verdict };
    throw error;
  }
}

async function fetchReport(api: Api, sid: string, signal: AbortSignal): Promise<DeliveryReport> {
  return api.call(async (messages) => {
    const found = await messages(sid).fetch().catch(toGone);
    return toReport({ sid, status: String(found.status), errorCode: found.errorCode });
  }, signal);
}

// The message's pictures go with it: https://help.twilio.com/articles/223133687
async function erase(api: Api, sid: string, signal: AbortSignal): Promise<void> {
  await api.call(async (messages) => {
    await messages(sid).remove().catch(unlessGone);
  }, signal);
}

function unlessGone(error: unknown): void {
  if (!isNotFound(error)) throw error;
}

// Of a message; by the same code a request to send is told that the account is unknown.
function toGone(error: unknown): never {
  if (!isNotFound(error)) throw error;
  const words = "Twilio does not have the message any more";
  throw new SendError(`Cannot use Twilio's API: ${words}`, { verdict: { action: "final", words } });
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && "status" in error && error.status === 404;
}

import type { Account, Session } from "./account.ts";
import { type CallOut, callOut } from "./call-out.ts";
import { callFirst } from "./first-call.ts";
import { toInboundParameters, webhookOf } from "./inbound.ts";
import type { Message } from "./messages.ts";
import type { OptOutType } from "./opt-out.ts";
import { perform } from "./perform.ts";
import { complain, type Document, type Page, type Talk } from "./talk.ts";
import { readAnswer } from "./twiml.ts";

const MAX_DOCUMENTS = 50;

/** Tells the webhook of an inbound text and does what its TwiML says. */
export async function runSession(
  account: Account,
  inbound: Message,
  optOutType: OptOutType | undefined,
): Promise<Session> {
  const talk = createTalk(account, inbound, optOutType);
  const { url, method = "POST" } = talk.webhook;
  const isHeard = url ? await converse(talk, { url, method, parameters: talk.parameters }) : false;
  const { attempts, errorCode, replies } = talk;
  const outcome = isHeard ? "answered" : url ? "failed" : "unheard";
  return { sid: inbound.sid, attempts, outcome, errorCode, replies };
}

function createTalk(account: Account, inbound: Message, optOutType: OptOutType | undefined): Talk {
  return {
    account,
    inbound,
    webhook: webhookOf(account, inbound.to),
    parameters: toInboundParameters(account, inbound, optOutType),
    idempotencyToken: account.newSid(""),
    attempts: [],
    replies: [],
    errorCode: undefined,
    hasFallenBack: false,
  };
}

/** Follows the documents from one to the next; false where one could not be had. */
async function converse(talk: Talk, first: Document): Promise<boolean> {
  let next: Document | undefined = first;
  for (let count = 0; next; count += 1) {
    if (count === MAX_DOCUMENTS) {
      complain(talk, 14106, next.url);
      return true;
    }
    const had: Page | undefined = await fetchPage(talk, next);
    if (!had) return false;
    next = perform(talk, had);
  }
  return true;
}

/** Gets a document; where that fails, the fallback's instead, once. */
async function fetchPage(talk: Talk, document: Document): Promise<Page | undefined> {
  const read = await hear(talk, document);
  if (typeof read !== "number") return read;
  complain(talk, read, document.url);
  const { fallbackUrl, fallbackMethod = "POST" } = talk.webhook;
  if (!fallbackUrl || talk.hasFallenBack) return undefined;
  talk.hasFallenBack = true;
  const why = { ErrorCode: String(read), ErrorUrl: withoutFragment(document.url) };
  const parameters = { ...document.parameters, ...why };
  return fetchPage(talk, { url: fallbackUrl, method: fallbackMethod, parameters });
}

/** What the document says, or the code of what was wrong with it. */
async function hear(talk: Talk, document: Document): Promise<Page | number> {
  const call: CallOut = { ...document, idempotencyToken: talk.idempotencyToken };
  const isFirst = talk.attempts.length === 0;
  const { attempts, answer, errorCode } = isFirst
    ? await callFirst(talk.account, talk.inbound.sid, call)
    : await callOut(talk.account, call);
  talk.attempts.push(...attempts);
  if (!answer) return errorCode ?? 11200;
  const reading = readAnswer(answer);
  return reading.kind === "refused"
    ? reading.errorCode
    : { url: withoutFragment(document.url), verbs: reading.verbs };
}

function withoutFragment(url: string): string {
  return url.replace(/#.*$/s, "");
}

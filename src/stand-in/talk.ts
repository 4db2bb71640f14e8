import type { Account, Webhook } from "./account.ts";
import type { Attempt } from "./call-out.ts";
import type { Message } from "./messages.ts";
import type { Parameters } from "./signed-request.ts";
import type { Verb } from "./twiml.ts";

/** One inbound text's exchange with its webhook while it is going on. */
export interface Talk {
  readonly account: Account;
  readonly inbound: Message;
  readonly webhook: Webhook;
  readonly parameters: Parameters;
  readonly idempotencyToken: string;
  readonly attempts: Attempt[];
  /** The messages its TwiML has become so far. */
  readonly replies: string[];
  /** What was last complained of. */
  errorCode: number | undefined;
  hasFallenBack: boolean;
}

/** Where TwiML is to be had. */
export interface Document {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly parameters: Parameters;
}

/** TwiML that was had. */
export interface Page {
  /** Without a fragment: what its relative URLs are relative to. */
  readonly url: string;
  readonly verbs: readonly Verb[];
}

/** Writes into the account's debugger what went wrong. */
export function complain(talk: Talk, errorCode: number, url: string): void {
  const { account, inbound } = talk;
  talk.errorCode = errorCode;
  account.alerts.push({ errorCode, sid: inbound.sid, url, at: account.now() });
}

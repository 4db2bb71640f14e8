import type { Verdict } from "./delivery.ts";

/** What every failure of ours carries: a code for programs, a hint for the human who can act. */
interface Details {
  readonly code?: string;
  readonly hint?: string;
  readonly cause?: unknown;
}

abstract class Failure extends Error {
  readonly code: string;
  readonly hint: string | undefined;

  constructor(message: string, { code, hint, cause }: Details = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code ?? this.name;
    this.hint = hint;
  }
}

/** The command line was not understood: exit 2. */
export class UsageError extends Failure {}

/** The settings cannot be used; `message` names every problem, one a line. */
export class SettingsError extends Failure {}

/** A webhook that Twilio did not sign, or not for us: 403. */
export class SignatureError extends Failure {}

/** A webhook that is signed but is not a message as Twilio writes it: 400, or 413 when `code` is "too-large". */
export class FormError extends Failure {}

/** The bot could not answer; the person gets the fallback, the operator the cause. */
export class BotError extends Failure {}

/** The provider's API could not do what was asked; `verdict` says what that comes to. */
export class SendError extends Failure {
  readonly verdict: Verdict;

  constructor(message: string, { verdict, hint }: { verdict: Verdict; hint?: string }) {
    super(message, { code: verdict.action, ...(hint !== undefined && { hint }) });
    this.verdict = verdict;
  }
}

/** The database cannot be used. */
export class StoreError extends Failure {}

/** Something outside that a command needs is missing or said no: exit 1. */
export class CommandError extends Failure {}

/** One line for a log or a terminal: the message and, in order, what caused it; never a stack or a password. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return maskCredentials(String(error));
  const cause = error.cause === undefined ? "" : `: ${explain(error.cause)}`;
  return maskCredentials(error.message) + cause;
}

/** `https://ada:secret@host` → `https://…@host`. */
export function maskCredentials(text: string): string {
  return text.replace(/(?<=:\/\/)[^\s/?#]*@/g, "…@");
}

/** What a human can do about it, where we know. */
export function hintOf(error: unknown): string | undefined {
  return error instanceof Failure ? error.hint : undefined;
}

/** The failure's code, or the class of an error that is not ours. */
export function codeOf(error: unknown): string {
  if (error instanceof Failure) return error.code;
  return error instanceof Error ? error.name : typeof error;
}

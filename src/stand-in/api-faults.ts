import type { Account } from "./account.ts";
import { toErrorResponse } from "./api-errors.ts";
import type { FaultKind } from "./faults.ts";

/** What a request comes to when all goes well. */
export interface ApiAnswer {
  readonly response: Response;
  /** Where it set something going: when that is over. */
  readonly finished?: Promise<void>;
}

export interface ApiCall {
  readonly kind: Extract<FaultKind, "create" | "lookup">;
  /** Told in the answer's header, as Twilio does. */
  readonly id: string;
  readonly signal: AbortSignal;
}

/** Answers a request, or lets it go wrong: before it did anything, or after it did all. */
export async function withFaults(
  account: Account,
  { kind, id, signal }: ApiCall,
  act: () => ApiAnswer,
): Promise<Response> {
  const fault = account.faults.pick(kind, id);
  switch (fault) {
    case undefined:
      return act().response;
    case "429":
      return toErrorResponse({ code: 20429 }, { "retry-after": "1" });
    case "500":
    case "503":
      return serverError(Number(fault));
    case "reset":
      return brokenOff();
    case "hang":
      return hang(account, signal);
    case "500-after":
      act();
      return serverError(500);
    case "reset-after":
      act();
      return brokenOff();
    case "hang-after":
      act();
      return hang(account, signal);
    case "cut":
      return cut(act().response);
    case "early-callbacks":
      return afterwards(act());
    default:
      return toErrorResponse({ code: fault });
  }
}

/** Twilio's own trouble has no code. */
function serverError(status: number): Response {
  return Response.json({ message: "Internal error", status }, { status });
}

/** The connection ends before there is an answer to read. */
function brokenOff(): Response {
  const body = new ReadableStream({
    async pull(controller) {
      // Not at once: an error while the answer is made would be answered itself.
      await Bun.sleep(1);
      controller.error(new Error("Broken off on purpose"));
    },
  });
  return new Response(body);
}

async function hang({ work }: Account, signal: AbortSignal): Promise<Response> {
  const ended = AbortSignal.any([signal, work.signal]);
  const { promise, resolve } = Promise.withResolvers<void>();
  if (ended.aborted) resolve();
  ended.addEventListener("abort", () => resolve(), { once: true });
  await promise;
  return brokenOff();
}

async function cut(response: Response): Promise<Response> {
  const whole = await response.text();
  const { status, headers } = response;
  return new Response(whole.slice(0, whole.length / 2), { status, headers });
}

async function afterwards({ response, finished }: ApiAnswer): Promise<Response> {
  await finished;
  return response;
}

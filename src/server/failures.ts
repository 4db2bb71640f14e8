import { codeOf, explain, FormError, hintOf, SignatureError, StoreError } from "../errors.ts";
import type { Log } from "../log.ts";

/**
 * The one place where a thrown error becomes a response: a status and nothing else. A body would be
 * texted to a person (Twilio sends what is text/plain) or tell a stranger what we hold.
 */
export function createFailures(log: Log) {
  return function toFailure({ error, code, path }: Thrown): Response {
    const status = statusOf(error, code);
    const event = status < 500 ? "request.refused" : "request.failed";
    log[levelOf(status)](event, {
      path,
      status,
      code: error instanceof Error ? codeOf(error) : String(code),
      // A schema's own message repeats what was sent.
      cause: code === "VALIDATION" ? "the form is not that of a message" : explain(error),
      hint: hintOf(error),
    });
    return new Response(null, { status });
  };
}

interface Thrown {
  readonly error: unknown;
  readonly code: string | number;
  readonly path: string;
}

const STATUS_BY_CODE: Readonly<Record<string | number, number>> = {
  VALIDATION: 400,
  PARSE: 400,
  NOT_FOUND: 404,
};

function statusOf(error: unknown, code: string | number): number {
  if (error instanceof SignatureError) return 403;
  if (error instanceof FormError) return error.code === "too-large" ? 413 : 400;
  if (error instanceof StoreError) return 503;
  return STATUS_BY_CODE[code] ?? 500;
}

function levelOf(status: number): "debug" | "warn" | "error" {
  if (status >= 500) return "error";
  // Scanners ask for every path there is; that is no event of ours.
  return status === 404 ? "debug" : "warn";
}

import type { Static, TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { BotError } from "../errors.ts";

/** A form to post, and what is wanted back. */
export interface FormRequest<Schema extends TSchema> {
  /** The service as errors name it. */
  readonly service: string;
  readonly url: string;
  /** Keys belong here and not into the URL, which proxies and logs keep. */
  readonly form: URLSearchParams;
  readonly timeoutMs: number;
  /** The shape of a good answer. */
  readonly schema: Schema;
}

/** What a service said: an answer of the shape asked for, or no. */
export type Answer<Value> =
  | { readonly kind: "answer"; readonly value: Value }
  | { readonly kind: "refusal"; readonly status: number };

/**
 * Posts a form and reads JSON. Being refused is a value, for the caller knows what a status means there.
 * Throws a BotError with code `unreachable`, `timed-out` or `not-understood`, or the signal's reason once it has aborted.
 */
export async function postForm<Schema extends TSchema>(
  request: FormRequest<Schema>,
  signal: AbortSignal,
): Promise<Answer<Static<Schema>>> {
  const answer = await exchange(request, signal);
  if (answer.kind === "refusal") return answer;
  return { kind: "answer", value: understand(answer.value, request) };
}

async function exchange(
  request: FormRequest<TSchema>,
  signal: AbortSignal,
): Promise<Answer<string | undefined>> {
  const deadline = AbortSignal.timeout(request.timeoutMs);
  try {
    const response = await fetch(request.url, {
      method: "POST",
      body: request.form,
      // A followed redirect would carry the keys to whatever address it names.
      redirect: "manual",
      signal: AbortSignal.any([signal, deadline]),
    });
    if (response.ok) return { kind: "answer", value: await readBounded(response) };
    await response.body?.cancel();
    return { kind: "refusal", status: response.status };
  } catch (cause) {
    signal.throwIfAborted();
    throw deadline.aborted ? toTimedOut(request) : toUnreachable(request, cause);
  }
}

// Far above any reply a phone can take; keeps a broken service from filling the memory.
const MAX_ANSWER_BYTES = 1_000_000;

/** Undefined when there is more than we take. */
async function readBounded(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function toTimedOut({ service, timeoutMs }: FormRequest<TSchema>): BotError {
  return new BotError(
    `Cannot ask ${service}: expected an answer within ${timeoutMs} ms, found none`,
    { code: "timed-out", hint: "The service is slow or silent: try again, or allow it more time" },
  );
}

function toUnreachable({ service }: FormRequest<TSchema>, cause: unknown): BotError {
  return new BotError(`Cannot reach ${service}`, {
    code: "unreachable",
    hint: "Check the address and this machine's way to the network",
    cause,
  });
}

function understand<Schema extends TSchema>(
  text: string | undefined,
  { service, schema }: FormRequest<Schema>,
): Static<Schema> {
  if (text === undefined) throw toNotUnderstood(service, `more than ${MAX_ANSWER_BYTES} bytes`);
  const value = parseJson(text, service);
  if (!Value.Check(schema, value)) throw toNotUnderstood(service, "JSON of another shape");
  return value;
}

function parseJson(text: string, service: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words quote the answer, which may be a person's: they stay out of the cause.
    throw toNotUnderstood(service, "something that is not JSON");
  }
}

function toNotUnderstood(service: string, found: string): BotError {
  return new BotError(
    `Cannot understand ${service}: expected JSON as its documents have it, found ${found}`,
    { code: "not-understood", hint: "Check that the address is the service's own" },
  );
}

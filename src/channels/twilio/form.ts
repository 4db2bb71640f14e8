import { FormError } from "../../errors.ts";

/** Every parameter of a webhook as it was sent, each once; without a prototype, so any name is safe. */
export type Form = Readonly<Record<string, string>>;

// Twilio's own limit for what it exchanges with us; a text and its pictures need a fraction.
const MAX_BODY_BYTES = 64 * 1024;

// The richest webhook known has about 60.
const MAX_PARAMETERS = 256;

/**
 * Reads a urlencoded form, byte for byte as it was signed. Where two readers could differ (a name
 * given twice, a broken escape) it throws a FormError: a forger could sign one reading and mean the other.
 */
export function parseForm(body: string): Form {
  if (Buffer.byteLength(body) > MAX_BODY_BYTES) throw tooLarge();
  const pairs = body === "" ? [] : body.split("&");
  if (pairs.length > MAX_PARAMETERS) {
    throw malformed(`at most ${MAX_PARAMETERS} parameters, found ${pairs.length}`);
  }
  const form: Record<string, string> = Object.create(null);
  for (const pair of pairs) add(form, pair);
  return form;
}

function add(form: Record<string, string>, pair: string): void {
  const at = pair.indexOf("=");
  const name = decode(at < 0 ? pair : pair.slice(0, at));
  if (name === "" || name === "__proto__")
    throw malformed("named parameters, found a name no message has");
  if (name in form) throw malformed("each parameter once, found one twice");
  form[name] = at < 0 ? "" : decode(pair.slice(at + 1));
}

function decode(text: string): string {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  // Most of a webhook's parameters hold nothing to decode, and decoding is slow.
  if (!spaced.includes("%")) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch (cause) {
    throw malformed("percent-encoded UTF-8, found a broken escape", cause);
  }
}

function malformed(problem: string, cause?: unknown): FormError {
  return new FormError(`Cannot read the webhook's form: expected ${problem}`, {
    code: "malformed",
    cause,
  });
}

function tooLarge(): FormError {
  return new FormError(
    `Cannot read the webhook's form: expected at most ${MAX_BODY_BYTES} bytes, found more`,
    {
      code: "too-large",
    },
  );
}

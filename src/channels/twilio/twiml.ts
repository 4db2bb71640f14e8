import MessagingResponse from "twilio/lib/twiml/MessagingResponse";
import type { KeptText } from "../../message.ts";

/**
 * The answer to a webhook: one Message per text, an empty Response for none. What becomes of a text is told to
 * the URL that `callbackOf` gives for it. An `action` would be told as well, but hides the Messages behind it.
 */
export function toTwiml(
  texts: readonly KeptText[],
  callbackOf: (id: number) => string | undefined,
): string {
  const response = new MessagingResponse();
  for (const { id, text } of texts) {
    const statusCallback = callbackOf(id);
    response.message(statusCallback === undefined ? {} : { statusCallback }, text);
  }
  return response.toString();
}

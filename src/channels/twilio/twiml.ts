import MessagingResponse from "twilio/lib/twiml/MessagingResponse";

/** The answer to a webhook: one Message per text, an empty Response for none. */
export function toTwiml(texts: readonly string[]): string {
  const response = new MessagingResponse();
  for (const text of texts) response.message(text);
  return response.toString();
}

import type { Address } from "../message.ts";
import type { MessageQuery, ReceivedMessage, SentMessage } from "../store/reader.ts";

/** A message for whoever runs the server, with what went wrong in words. */
export type ToldMessage = (ReceivedMessage | SentMessage) & { readonly error: string | null };

/** The latest messages in a database, newest last, while a server may be at work on it. Throws a StoreError. */
export async function readMessages(
  database: string,
  query: MessageQuery,
): Promise<readonly ToldMessage[]> {
  const [{ openReader }, { explainFailure }] = await Promise.all([
    import("../store/reader.ts"),
    import("../channels/twilio/explain-failure.ts"),
  ]);
  using reader = openReader(database);
  return reader.messages(query).map((message) => ({
    ...message,
    error: message.direction === "out" ? explainFailure(message) : botFailureOf(message),
  }));
}

/** The consent ledger of a database, or one person's part, oldest first and page by page. Throws a StoreError. */
export async function* readConsent(database: string, person?: Address) {
  const { openReader } = await import("../store/reader.ts");
  using reader = openReader(database);
  yield* reader.consent(person);
}

function botFailureOf({ outcome, reason }: ReceivedMessage): string | null {
  return outcome === "fallback" ? reason : null;
}

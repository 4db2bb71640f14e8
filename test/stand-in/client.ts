import twilio from "twilio";
import type { StandIn } from "../../src/stand-in/stand-in.ts";

/** Twilio's own SDK, turned to a stand-in. */
export function clientOf(standIn: StandIn) {
  const client = twilio(standIn.accountSid, standIn.authToken, { timeout: 1_000 });
  client.api.baseUrl = standIn.listen();
  return client;
}

/** What the call was refused with: the SDK's error. */
export async function refusalOf(call: Promise<unknown>): Promise<unknown> {
  const outcome = await call.catch((error: unknown) => error);
  if (outcome instanceof Error) return outcome;
  throw new Error("Expected a refusal, found a success");
}

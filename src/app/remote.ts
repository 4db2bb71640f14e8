import type { TextRequest, TextResponse } from "../channels/twilio/post-text.ts";
import { readWebhookUrl } from "../channels/twilio/webhook-url.ts";
import { type AppSettings, publicBase } from "./settings.ts";

/** Posts a text to a server the way Twilio would. */
export async function sendText(request: TextRequest, signal: AbortSignal): Promise<TextResponse> {
  const { postText } = await import("../channels/twilio/post-text.ts");
  return postText(request, signal);
}

interface HealthRequest {
  readonly url: string;
  /** The server is on this machine: no proxy of the environment leads there. */
  readonly isHere: boolean;
}

/** What a server says of itself at `GET /health`. */
export async function checkHealth({ url, isHere }: HealthRequest, signal: AbortSignal) {
  const proxy = isHere ? false : undefined;
  const response = await fetch(url, { signal, redirect: "manual", proxy });
  return { status: response.status, body: await response.text() };
}

/** The webhook's URL of a server with these settings that listens at `localUrl`. */
export function webhookUrl(settings: AppSettings, localUrl: string): string {
  return readWebhookUrl(publicBase(settings, localUrl)).exact;
}

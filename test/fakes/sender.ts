import type { Sender } from "../../src/channels/channel.ts";
import { createSender, type SenderOptions } from "../../src/channels/twilio/sender.ts";
import { readWebhookUrl } from "../../src/channels/twilio/webhook-url.ts";
import type { StandInOptions } from "../../src/stand-in/account.ts";
import { createStandIn, type StandIn } from "../../src/stand-in/stand-in.ts";

export const ADA = "+15550001111";
export const NUMBER = "+15550009999";

/** A Twilio of one number, a hundred times as fast. */
export function standIn(options: Partial<StandInOptions> = {}): StandIn {
  return createStandIn({ numbers: [{ number: NUMBER }], pace: 0.01, ...options });
}

/** What sends by a stand-in, with its own credentials. */
export function senderTo(twilio: StandIn, options: Partial<SenderOptions> = {}): Sender {
  return createSender({
    ...withTokens(twilio, twilio.authToken),
    apiUrl: options.apiUrl ?? twilio.listen(),
    timeoutMs: 200,
    callbacks: false,
    identity: "4711",
    webhookUrl: () => readWebhookUrl("https://bot.example.com"),
    ...options,
  });
}

/** The account's credentials with these tokens. */
export function withTokens({ accountSid: username }: StandIn, ...tokens: [string, ...string[]]) {
  const [first, ...others] = tokens;
  const login = (password: string) => ({ username, password });
  const logins = [login(first), ...others.map(login)] as const;
  return { credentials: { accountSid: username, logins } };
}

/** What a stand-in was asked. */
interface Asked {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
}

/** A stand-in's API by an address that keeps what is asked of it. */
export function watch(twilio: StandIn) {
  const requests: Asked[] = [];
  const behind = twilio.listen();
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const { pathname: path, search, searchParams } = new URL(request.url);
      const { method, headers } = request;
      const body = await request.text();
      const form = Object.fromEntries(new URLSearchParams(body));
      requests.push({ path, query: Object.fromEntries(searchParams), form });
      return fetch(behind + path + search, { method, headers, ...(body && { body }) });
    },
  });
  return {
    requests,
    url: server.url.origin,
    [Symbol.asyncDispose]: () => server.stop(true),
  };
}

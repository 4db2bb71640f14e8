import type { AppSettings } from "../app/settings.ts";
import { CommandError } from "../errors.ts";
import { isLoopback, localUrl, portOf, readUrl } from "./addresses.ts";
import type { Call, Command } from "./command.ts";
import { readRunFile } from "./run-file.ts";
import { readAppSettings } from "./sources.ts";

const flags = {
  from: {
    type: "string",
    value: "NUMBER",
    help: "Who texts",
    default: "+15550001111",
  },
  to: {
    type: "string",
    value: "NUMBER",
    help: "The number that is texted",
    default: "+15550009999",
  },
  url: {
    type: "string",
    value: "URL",
    help: "The server; where not given, the one on this machine",
  },
  token: { type: "string", value: "TOKEN", help: "The auth token that the server has" },
  port: { type: "string", value: "PORT", help: "Where the server listens", setting: "PORT" },
} as const;

/** Sends one text to a server the way Twilio would. */
export const text: Command<typeof flags> = {
  name: "text",
  summary: "sends a text to the server as Twilio would, and prints the answer",
  flags,
  positionals: [{ name: "TEXT", required: true }],
  examples: ['botline text "hello"', 'botline text "what is my name" --from +15550002222'],
  async run(call) {
    const { sendText } = await import("../app/remote.ts");
    const { from, to } = call.flags;
    const target = await findTarget(call);
    const request = { ...target, from, to, text: call.positionals[0] ?? "" };
    const deadline = AbortSignal.any([call.io.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
    const { status, texts } = await sendText(request, deadline);
    if (status !== 200) throw toRefusal(target.url, status);
    if (texts.length === 0) call.io.stderr.write("(no reply)\n");
    else call.io.stdout.write(`${texts.join("\n\n")}\n`);
  },
};

/** Twilio waits 15 s for an answer. */
const ANSWER_WITHIN_MS = 15_000;

interface Target {
  readonly url: string;
  readonly signedUrl: string;
  readonly isHere: boolean;
  readonly token: string;
  readonly accountSid: string | undefined;
}

async function findTarget(call: Call<typeof flags>): Promise<Target> {
  const { webhookUrl } = await import("../app/remote.ts");
  const { values } = await readAppSettings(call, (name) => MATTERS.has(name));
  const url = toWebhook(call.flags.url ?? localUrl(values));
  const isHere = isLoopback(url.hostname);
  const run = isHere ? readRunFile(call, url) : undefined;
  // What a server on this machine takes itself to be called does not depend on how we call it.
  const ownUrl = () => webhookUrl(values, localUrl({ ...values, PORT: portOf(url) }));
  return {
    url: url.href,
    signedUrl: run?.publicUrl ?? (isHere ? ownUrl() : url.href),
    isHere,
    token: call.flags.token ?? run?.token ?? firstToken(values),
    accountSid: values.TWILIO_ACCOUNT_SID,
  };
}

/** Where the server is and what it takes for its own; what else is set is no matter here. */
const MATTERS = new Set([
  "PORT",
  "HOST",
  "PUBLIC_URL",
  "FLY_APP_NAME",
  "TWILIO_AUTH_TOKEN",
  "TWILIO_ACCOUNT_SID",
]);

function toWebhook(text: string): URL {
  const url = readUrl(text);
  if (url.pathname === "/") url.pathname = "/sms";
  // Twilio keeps what follows the # to itself, and does not sign it.
  url.hash = "";
  return url;
}

// Without any token it is still worth asking: nobody there is told apart from a server that refuses.
function firstToken({ TWILIO_AUTH_TOKEN }: AppSettings): string {
  return TWILIO_AUTH_TOKEN?.[0] ?? "none";
}

function toRefusal(url: string, status: number): CommandError {
  const { found, hint } = REFUSALS[status] ?? (status >= 500 ? FAILED : UNKNOWN);
  return new CommandError(`Cannot text ${url}: ${found} (status ${status})`, { hint });
}

const REFUSALS: Readonly<Record<number, { readonly found: string; readonly hint: string }>> = {
  400: { found: "the server does not take it for a text", hint: "Check --from and --to" },
  403: {
    found: "the server does not accept the signature",
    hint: "The token and the URL must be the server's own: see --token, TWILIO_AUTH_TOKEN and PUBLIC_URL",
  },
  404: { found: "nothing is there", hint: "The webhook is at /sms" },
  413: { found: "the text is too large", hint: "Send a shorter one" },
};

const FAILED = { found: "the server failed", hint: "Its log says why" };
const UNKNOWN = {
  found: "expected status 200",
  hint: "Is it a botline server that listens there?",
};

import { createSms } from "../../src/channels/sms.ts";
import { readWebhookUrl } from "../../src/channels/twilio/webhook-url.ts";
import type { InboundMessage, Outcome } from "../../src/message.ts";
import { createServer } from "../../src/server/server.ts";
import { recordLog } from "./log.ts";
import { TOKEN } from "./webhook.ts";

interface Line {
  readonly texts?: readonly string[];
  readonly publicUrl?: string;
  readonly tokens?: readonly string[];
  readonly accountSid?: string;
  readonly failure?: Error;
}

/** The server's webhook with nothing behind it but `texts` as the answer to everything. */
export function phoneLine(line: Line = {}) {
  const { texts = ["ok"], publicUrl = "https://bot.example.com", tokens = [TOKEN] } = line;
  const received: InboundMessage[] = [];
  const webhookUrl = readWebhookUrl(publicUrl);
  const { log, lines } = recordLog();
  const server = createServer({
    log,
    channel: createSms({ tokens, webhookUrl: () => webhookUrl, accountSid: line.accountSid }),
    health: { version: "0", store: { checkWritable: async () => {} }, isStopping: () => false },
    receive: async (message): Promise<Outcome> => {
      received.push(message);
      if (line.failure) throw line.failure;
      if (texts.length === 0) return { kind: "silence", reason: "nothing to say" };
      return { kind: "reply", texts, raw: "", remember: new Map() };
    },
  });
  return { send: (request: Request) => server.handle(request), received, lines };
}

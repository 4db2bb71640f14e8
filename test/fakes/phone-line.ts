import { createSms } from "../../src/channels/sms.ts";
import { readWebhookUrl } from "../../src/channels/twilio/webhook-url.ts";
import type { DeliveryReport } from "../../src/delivery.ts";
import type { Answer, InboundMessage } from "../../src/message.ts";
import { createServer } from "../../src/server/server.ts";
import { recordLog } from "./log.ts";
import { TOKEN } from "./webhook.ts";

/** What callbacks name the store by. */
const IDENTITY = "4711";

interface Line {
  readonly texts?: readonly string[];
  readonly publicUrl?: string;
  readonly tokens?: readonly string[];
  readonly accountSid?: string;
  readonly callbacks?: boolean;
  readonly failure?: Error;
}

/** The server's webhooks with nothing behind them but `texts` as the answer to everything, by ids from 1. */
export function phoneLine(line: Line = {}) {
  const { texts = ["ok"], publicUrl = "https://bot.example.com", tokens = [TOKEN] } = line;
  const received: InboundMessage[] = [];
  const heard: (DeliveryReport & { readonly id: number })[] = [];
  const webhookUrl = readWebhookUrl(publicUrl);
  const { log, lines } = recordLog();
  const server = createServer({
    log,
    channel: createSms({
      tokens,
      webhookUrl: () => webhookUrl,
      accountSid: line.accountSid,
      callbacks: line.callbacks ?? false,
      identity: IDENTITY,
      fitting: { most: 3, isCheap: true },
    }),
    health: {
      version: "0",
      store: { checkWritable: async () => {} },
      conversation: { health: async () => ({ isWell: true, outbox: {} }) },
      isStopping: () => false,
    },
    receive: async (message): Promise<Answer> => {
      received.push(message);
      if (line.failure) throw line.failure;
      return { texts: texts.map((text, index) => ({ id: index + 1, text })) };
    },
    hearOf: async (id, report) => {
      heard.push({ id, ...report });
      if (line.failure) throw line.failure;
    },
  });
  return { send: (request: Request) => server.handle(request), received, heard, lines };
}

import { createSender } from "../../src/channels/twilio/sender.ts";
import { readWebhookUrl } from "../../src/channels/twilio/webhook-url.ts";
import type { Sending } from "../../src/delivery.ts";
import { never } from "./failure.ts";

export const SENDING = {
  token: "0123456789abcdef0123456789abcdef",
  to: "+15550001111",
  from: "+15550002222",
  body: "my secret",
};

/** What a server does with a request: answers these bytes, and then. */
export interface Answer {
  readonly bytes?: string;
  readonly ending: "ends" | "resets" | "hangs";
}

/** An HTTP answer as it stands on the wire; `length` says more than there is where it is cut. */
export function httpAnswer(
  status: number,
  body: unknown,
  { length, headers = [] }: { length?: number; headers?: readonly string[] } = {},
): string {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const lines = [
    `HTTP/1.1 ${status} Whatever`,
    `Content-Length: ${length ?? Buffer.byteLength(text)}`,
    "Connection: close",
    ...headers,
  ];
  return `${lines.join("\r\n")}\r\n\r\n${text}`;
}

/** What comes of sending a text to a server of this machine that answers so. */
export async function sendTo({ bytes, ending }: Answer): Promise<Sending> {
  using server = Bun.listen({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      data(socket) {
        if (bytes !== undefined) socket.write(bytes);
        if (ending === "ends") socket.end();
        if (ending === "resets") socket.terminate();
      },
    },
  });
  return await sendToPort(server.port);
}

/** What comes of sending a text to this port of this machine. */
export function sendToPort(port: number): Promise<Sending> {
  const { token, to, from, body: text } = SENDING;
  const accountSid = `AC${"a".repeat(32)}`;
  const sender = createSender({
    credentials: { accountSid, logins: [{ username: accountSid, password: token }] },
    apiUrl: `http://127.0.0.1:${port}`,
    timeoutMs: 200,
    callbacks: false,
    identity: "1",
    webhookUrl: () => readWebhookUrl("https://bot.example.com"),
  });
  return sender.send({ id: 1, to, from, text, validForMs: 60_000 }, never());
}

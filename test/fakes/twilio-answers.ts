import RequestClient from "twilio/lib/base/RequestClient";
import Twilio from "twilio/lib/rest/Twilio";
import { settled } from "./failure.ts";

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

/** What came of sending: the SDK's error, and the header that it does not carry. */
export interface Thrown {
  readonly error: unknown;
  readonly retryAfter: string | undefined;
}

/** What Twilio's SDK throws when it sends a text to a server of this machine that answers so. */
export async function thrownBySdk({ bytes, ending }: Answer): Promise<Thrown> {
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
  return await sendTo(server.port);
}

/** What Twilio's SDK throws when it sends a text to this port of this machine. */
export async function sendTo(port: number): Promise<Thrown> {
  const { token, ...text } = SENDING;
  const httpClient = new RequestClient({ timeout: 200, keepAlive: false });
  const client = new Twilio(`AC${"a".repeat(32)}`, token, { httpClient });
  client.api.baseUrl = `http://127.0.0.1:${port}`;
  const error = await settled(client.messages.create(text));
  return { error, retryAfter: httpClient.lastResponse?.headers?.["retry-after"] };
}

import type { Socket } from "bun";
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks";
import { smsParameters, WEBHOOK } from "../fakes/webhook.ts";

// The load generator, in a process of its own: everything is built and signed before the first byte is sent.

/** What is to be sent, and over how many connections at once. */
export interface Load {
  readonly port: number;
  readonly token: string;
  readonly connections: number;
  /** Texts that are sent first and not counted. */
  readonly warmUp: number;
  readonly texts: number;
  /** Over how many numbers the texts are spread. */
  readonly people: number;
}

/** What came of it; latencies in milliseconds. */
export interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/** One connection: sends, waits for the whole answer, sends the next. */
interface Line {
  readonly socket: Socket<undefined>;
  received: Buffer;
  answered: (status: number) => void;
}

// What people text a bot they do not know yet.
const TEXTS = [
  "hello",
  "hi there, how are you?",
  "my name is Ada",
  "what is my name",
  "who are you?",
  "what can you do",
  "tell me a joke",
  "I live in Paris. It rains all day.",
  "thank you",
  "do you dream of electric sheep, or of anything at all?",
];

const HEAD_END = Buffer.from("\r\n\r\n");

if (import.meta.main) console.log(JSON.stringify(await measure(JSON.parse(Bun.argv[2] ?? ""))));

/** Runs a load in its own process. Throws when a single text was not answered with status 200. */
export async function putLoad(load: Load): Promise<Measured> {
  const child = Bun.spawn([process.execPath, import.meta.path, JSON.stringify(load)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const said = await Bun.readableStreamToText(child.stdout);
  if ((await child.exited) !== 0) throw new Error("Cannot measure: the load generator gave up");
  return JSON.parse(said);
}

/** A signed webhook as the bytes that Twilio would send. */
export function toRequest(token: string, from: string, text: string): Buffer {
  const parameters = smsParameters({ Body: text, From: from });
  const body = new URLSearchParams(parameters).toString();
  const head = [
    "POST /sms HTTP/1.1",
    "Host: bot.example.com",
    "Content-Type: application/x-www-form-urlencoded; charset=utf-8",
    `Content-Length: ${body.length}`,
    "User-Agent: TwilioProxy/1.1",
    "Accept: */*",
    `X-Twilio-Signature: ${getExpectedTwilioSignature(token, WEBHOOK, parameters)}`,
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`, "latin1");
}

async function measure(load: Load): Promise<Measured> {
  const requests = Array.from({ length: load.warmUp + load.texts }, (_, n) =>
    toRequest(load.token, numberOf(n % load.people), TEXTS[n % TEXTS.length] ?? ""),
  );
  const lines = await Promise.all(Array.from({ length: load.connections }, () => open(load.port)));
  await sendAll(lines, requests.slice(0, load.warmUp));
  const startedAt = performance.now();
  const latencies = await sendAll(lines, requests.slice(load.warmUp));
  const seconds = (performance.now() - startedAt) / 1000;
  for (const { socket } of lines) socket.end();
  latencies.sort();
  return {
    perSecond: load.texts / seconds,
    p50: latencies[Math.floor(load.texts * 0.5)] ?? 0,
    p99: latencies[Math.floor(load.texts * 0.99)] ?? 0,
  };
}

function numberOf(person: number): string {
  return `+1555${String(person).padStart(7, "0")}`;
}

async function open(port: number): Promise<Line> {
  const { promise, resolve } = Promise.withResolvers<Line>();
  let line: Line | undefined;
  await Bun.connect({
    hostname: "127.0.0.1",
    port,
    socket: {
      open(socket) {
        line = { socket, received: Buffer.alloc(0), answered: () => {} };
        resolve(line);
      },
      data(_, chunk) {
        if (line) take(line, chunk);
      },
      close() {
        line?.answered(0);
      },
    },
  });
  return promise;
}

function take(line: Line, chunk: Buffer): void {
  const received = line.received.length > 0 ? Buffer.concat([line.received, chunk]) : chunk;
  const headEnd = received.indexOf(HEAD_END);
  const head = received.toString("latin1", 0, Math.max(headEnd, 0));
  const length = Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? Number.NaN);
  const isWhole = headEnd >= 0 && received.length >= headEnd + HEAD_END.length + length;
  line.received = isWhole ? Buffer.alloc(0) : Buffer.from(received);
  if (isWhole) line.answered(Number(head.slice(9, 12)));
}

/** Sends the requests, one at a time on each line; the time each took, in milliseconds. */
function sendAll(lines: readonly Line[], requests: readonly Buffer[]): Promise<Float64Array> {
  const { promise, resolve, reject } = Promise.withResolvers<Float64Array>();
  const latencies = new Float64Array(requests.length);
  let sent = 0;
  let answers = 0;
  if (requests.length === 0) resolve(latencies);
  for (const line of lines) next(line);
  return promise;

  function next(line: Line): void {
    const turn = sent;
    const request = requests[turn];
    if (!request) return;
    sent += 1;
    const sentAt = performance.now();
    line.answered = (status) => {
      if (status !== 200) return reject(new Error(`A text was answered with status ${status}`));
      latencies[turn] = performance.now() - sentAt;
      answers += 1;
      if (answers === requests.length) resolve(latencies);
      else next(line);
    };
    line.socket.write(request);
  }
}

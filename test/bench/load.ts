import { type Line, openLine } from "./line.ts";
import { toCallbacks, toRequest } from "./requests.ts";

// The load generator, in a process of its own: every text is built and signed before the first byte is sent.

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
  /** Whose turn it is falls by chance; else one comes after the other. */
  readonly isByChance?: boolean;
  /** Each answer is followed by its status callbacks, and only then by the connection's next text. */
  readonly isCalledBack?: boolean;
  /** Texts come at this pace, answered or not; where left out, each connection sends the next when one is answered. */
  readonly pace?: number;
}

/** What came of it; latencies in milliseconds, those of the texts alone. */
export interface Measured {
  /** Texts answered. */
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
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

if (import.meta.main) console.log(JSON.stringify(await measure(JSON.parse(Bun.argv[2] ?? ""))));

/** Runs a load in its own process. Throws when a single request was not taken. */
export async function putLoad(load: Load): Promise<Measured> {
  const child = Bun.spawn([process.execPath, import.meta.path, JSON.stringify(load)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const said = await Bun.readableStreamToText(child.stdout);
  if ((await child.exited) !== 0) throw new Error("Cannot measure: the load generator gave up");
  return JSON.parse(said);
}

/** The number of one of the people that texts are spread over, who count from 0. */
export function numberOf(person: number): string {
  return `+1555${String(person).padStart(7, "0")}`;
}

async function measure(load: Load): Promise<Measured> {
  const requests = Array.from({ length: load.warmUp + load.texts }, (_, n) => toText(load, n));
  const lines = await Promise.all(
    Array.from({ length: load.connections }, () => openLine(load.port)),
  );
  await sendAsAnswered(load, lines, requests.splice(0, load.warmUp));
  const send = load.pace === undefined ? sendAsAnswered : sendAtPace;
  const startedAt = performance.now();
  const latencies = await send(load, lines, requests);
  const seconds = (performance.now() - startedAt) / 1000;
  for (const line of lines) line.close();
  latencies.sort();
  return {
    perSecond: load.texts / seconds,
    p50: latencies[Math.floor(load.texts * 0.5)] ?? 0,
    p99: latencies[Math.floor(load.texts * 0.99)] ?? 0,
  };
}

function toText({ token, people, isByChance }: Load, n: number): Buffer {
  const person = isByChance ? Math.floor(Math.random() * people) : n % people;
  return toRequest(token, numberOf(person), TEXTS[n % TEXTS.length] ?? "");
}

/** Sends the texts, one at a time on each line; the time each took, in milliseconds. */
async function sendAsAnswered(load: Load, lines: readonly Line[], texts: readonly Buffer[]) {
  const latencies = new Float64Array(texts.length);
  const rest = texts.entries();
  await Promise.all(
    lines.map(async (line) => {
      for (const [n, text] of rest) {
        const sentAt = performance.now();
        const answer = await line.ask(text);
        latencies[n] = performance.now() - sentAt;
        await callBack(load, line, answer);
      }
    }),
  );
  return latencies;
}

/** Sends the texts at their pace; the time each took from its moment on, whether or not a line was free. */
async function sendAtPace(load: Load, lines: readonly Line[], texts: readonly Buffer[]) {
  const latencies = new Float64Array(texts.length);
  const free = createPool(lines);
  const { pace = 0 } = load;
  const startedAt = performance.now();
  const begun: Promise<void>[] = [];
  while (begun.length < texts.length) {
    const now = performance.now();
    const due = texts.slice(begun.length, Math.ceil(((now - startedAt) * pace) / 1000));
    for (const text of due) begun.push(send(text, { n: begun.length, dueAt: now }));
    await Bun.sleep(1);
  }
  await Promise.all(begun);
  return latencies;

  async function send(text: Buffer, { n, dueAt }: { n: number; dueAt: number }): Promise<void> {
    const line = await free.take();
    const answer = await line.ask(text);
    latencies[n] = performance.now() - dueAt;
    await callBack(load, line, answer);
    free.give(line);
  }
}

function createPool(lines: readonly Line[]) {
  const free = [...lines];
  const waiting: ((line: Line) => void)[] = [];
  return {
    take: (): Line | Promise<Line> =>
      free.pop() ?? new Promise((resolve) => void waiting.push(resolve)),
    give(line: Line): void {
      const next = waiting.shift();
      if (next) next(line);
      else free.push(line);
    },
  };
}

async function callBack({ token, isCalledBack }: Load, line: Line, answer: string): Promise<void> {
  if (!isCalledBack) return;
  for (const callback of toCallbacks(token, answer)) await line.ask(callback);
}

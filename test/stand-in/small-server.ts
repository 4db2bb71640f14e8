import type { StandIn } from "../../src/stand-in/stand-in.ts";

/** A request as a small server heard it. */
interface Heard {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Headers;
  readonly form: Readonly<Record<string, string>>;
}

type Answers = (heard: Heard) => Response | Promise<Response>;

/** A server of the test's own that remembers what it was asked. */
export interface SmallServer extends AsyncDisposable {
  readonly url: string;
  readonly heard: readonly Heard[];
}

export function startServer(answer: Answers): SmallServer {
  const heard: Heard[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    development: false,
    error: () => new Response(null, { status: 500 }),
    async fetch(request) {
      const entry = await toHeard(request);
      heard.push(entry);
      return answer(entry);
    },
  });
  return { url: server.url.origin, heard, [Symbol.asyncDispose]: () => server.stop(true) };
}

async function toHeard(request: Request): Promise<Heard> {
  const { pathname, search } = new URL(request.url);
  const form = Object.fromEntries(new URLSearchParams(await request.text()));
  return { method: request.method, target: pathname + search, headers: request.headers, form };
}

/** An answer of TwiML. */
export function twiml(verbs: string): Response {
  const xml = `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs}</Response>`;
  return new Response(xml, { headers: { "content-type": "text/xml" } });
}

/** The texts a phone shows. */
export function textsOf(twilio: StandIn, person: string): readonly string[] {
  return twilio.inbox(person).map(({ text }) => text);
}

import { marksIn, personOf } from "./marks.ts";

/** What the bot is asked. */
export interface Question {
  readonly input: string;
  /** How often it was asked the same before. */
  readonly before: number;
}

/** A bot as Pandorabots would host it: it says back what it was asked, and counts how often it was. */
export interface CountingBot extends AsyncDisposable {
  readonly url: string;
  /** When it was asked about the text with this mark, in milliseconds since 1970. */
  asked(mark: string): readonly number[];
  /** People that it was told were others. */
  readonly mixedUp: readonly string[];
}

/** Starts the bot; it answers once what `think` returns has settled. */
export function startCountingBot(think: (question: Question) => Promise<unknown>): CountingBot {
  const asked = new Map<string, number[]>();
  const mixedUp: string[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    async fetch(request) {
      const form = new URLSearchParams(await request.text());
      const input = form.get("input") ?? "";
      const client_name = nameOf(input);
      const known = form.get("client_name") ?? client_name;
      if (known !== client_name) mixedUp.push(`${known} asked ${input}`);
      await think({ input, before: noteAll(asked, input) });
      return Response.json({
        status: "ok",
        responses: [`re: ${input}`],
        client_name,
        sessionid: 1,
      });
    },
  });
  return {
    url: server.url.origin,
    asked: (mark) => asked.get(mark) ?? [],
    mixedUp,
    [Symbol.asyncDispose]: () => server.stop(true),
  };
}

function nameOf(input: string): string {
  return `person${personOf(marksIn(input)[0] ?? "")}`;
}

/** How often the first of the texts was asked about before. */
function noteAll(asked: Map<string, number[]>, input: string): number {
  const [before = 0] = marksIn(input).map((mark) => {
    const times = asked.get(mark) ?? [];
    asked.set(mark, times);
    return times.push(Date.now()) - 1;
  });
  return before;
}

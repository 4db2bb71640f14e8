import type { Bot } from "../../src/bots/bot.ts";
import { pandorabots } from "../../src/bots/pandorabots.ts";
import { type Log, silentLog } from "../../src/log.ts";
import { readSettings } from "../../src/settings.ts";

/** The keys and the one bot that the stand-in knows. */
export const account = {
  appId: "1409612345678",
  userKey: "0123456789abcdef0123456789abcdef",
  botkey: "Zm9yLXRlc3RzLW9ubHk_-~",
  botname: "alice",
};

/** The two ways in, as settings. */
export const byBotkey = { PANDORABOTS_BOTKEY: account.botkey };
export const byAccount = {
  PANDORABOTS_APP_ID: account.appId,
  PANDORABOTS_USER_KEY: account.userKey,
  PANDORABOTS_BOTNAME: account.botname,
};

export interface HostedBotOptions {
  readonly argument?: string;
  readonly log?: Log;
}

/** The bot under test, made as `BOT=pandorabots:argument` would in this environment. */
export function createHostedBot(
  environment: Readonly<Record<string, string>>,
  { argument = "", log = silentLog }: HostedBotOptions = {},
): Bot {
  const sources = [{ origin: "environment", values: environment }];
  const settings = readSettings(pandorabots.settings, sources).values;
  return pandorabots.create({ argument, settings, log });
}

/** What may go wrong with one call: a status, or something a status cannot say. */
export type Fault = number | keyof typeof oddities;

/** One call as it came: what stood in the address is kept apart from what stood in the body. */
interface Call {
  readonly verb: string;
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A stand-in for the hosted API that remembers its clients, and fails when told to. */
export interface FakePandorabots {
  readonly url: string;
  readonly calls: readonly Call[];
  /** Makes the next calls fail, one fault each. */
  failNext(...faults: Fault[]): void;
  /** Client names issued so far are unknown from now on. */
  forgetNames(): void;
  stop(): Promise<void>;
}

export interface FakeOptions {
  /** Characters that `input` may have. */
  readonly maxInput?: number;
  /** `uncompiled`: files changed since the last compile, so that only `recent` is answered. */
  readonly state?: "compiled" | "uncompiled";
}

export function startPandorabots(options: FakeOptions = {}): FakePandorabots {
  const host = { maxInput: 2000, state: "compiled", ...options, clients: new Map(), issued: 0 };
  const calls: Call[] = [];
  const faults: Fault[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const call = await toCall(request);
      calls.push(call);
      const fault = faults.shift();
      return fault === undefined ? answer(host, call) : fail(fault);
    },
  });
  return {
    url: server.url.origin,
    calls,
    failNext: (...more) => void faults.push(...more),
    forgetNames: () => host.clients.clear(),
    stop: () => server.stop(true),
  };
}

interface Host {
  readonly maxInput: number;
  readonly state: string;
  /** The predicates of each client; here only a name. */
  readonly clients: Map<string, { name?: string }>;
  issued: number;
}

async function toCall(request: Request): Promise<Call> {
  const { pathname, searchParams } = new URL(request.url);
  const body = new URLSearchParams(await request.text());
  const fields = Object.fromEntries([...searchParams, ...body]);
  return { verb: pathname.split("/")[1] ?? "", url: request.url, fields };
}

/** Refuses for the first reason that holds, else talks. */
function answer(host: Host, call: Call): Response {
  const refused = refusals.find(([, holds]) => holds(call, host));
  if (refused) return refuse(refused[0]);
  return call.verb === "atalk" ? talkAs(host, call, nameOf(host, call)) : talk(host, call);
}

type Rule = readonly [status: number, holds: (call: Call, host: Host) => boolean];

const refusals: readonly Rule[] = [
  [404, ({ verb }) => verb !== "talk" && verb !== "atalk"],
  [401, ({ url, fields }) => (place(url).appId ? !isUserKey(fields) : !isBotkey(fields))],
  [412, ({ url }) => (place(url).appId ?? account.appId) !== account.appId],
  [400, ({ url }) => !/^[0-9a-z]{3,64}$/.test(place(url).botname ?? account.botname)],
  [412, ({ url }) => (place(url).botname ?? account.botname) !== account.botname],
  [412, ({ fields }, { state }) => state === "uncompiled" && fields["recent"] !== "true"],
  [400, ({ fields }, { maxInput }) => !fields["input"] || fields["input"].length > maxInput],
  [400, ({ fields }, { clients }) => !isName(fields["client_name"], clients)],
];

function place(url: string): { readonly appId?: string; readonly botname?: string } {
  const [, , appId, botname] = new URL(url).pathname.split("/");
  return { ...(appId && { appId }), ...(botname && { botname }) };
}

function isUserKey(fields: Call["fields"]): boolean {
  return fields["user_key"] === account.userKey;
}

function isBotkey(fields: Call["fields"]): boolean {
  return fields["botkey"] === account.botkey;
}

function isName(name: string | undefined, clients: Host["clients"]): boolean {
  return !name || /^[0-9a-z]{3,64}$/.test(name) || clients.has(name);
}

function nameOf(host: Host, { fields }: Call): string {
  const counter = String(host.issued).padStart(4, "0");
  if (!fields["client_name"]) host.issued += 1;
  return fields["client_name"] || `aiaas-${account.appId}-user-${counter}`;
}

/** Without a client name the application talks, and no name comes back. */
function talk(host: Host, call: Call): Response {
  const name = call.fields["client_name"];
  if (name) return talkAs(host, call, name);
  return Response.json({ status: "ok", responses: replies({}, call), sessionid: 7 });
}

function talkAs(host: Host, call: Call, name: string): Response {
  const predicates = host.clients.get(name) ?? {};
  host.clients.set(name, predicates);
  const responses = replies(predicates, call);
  return Response.json({ status: "ok", responses, sessionid: 7, client_name: name });
}

/** One response to each sentence, as the host gives them. */
function replies(predicates: { name?: string }, { fields }: Call): string[] {
  const sentences = (fields["input"] ?? "").split(/[.!?]/).filter((sentence) => sentence.trim());
  return sentences.map((sentence) => {
    const name = /^my name is (\w+)/i.exec(sentence.trim())?.[1];
    if (name) predicates.name = name;
    if (/^what is my name/i.test(sentence.trim()))
      return `You are ${predicates.name ?? "unknown"}.`;
    return `You said ${sentence.trim()}.`;
  });
}

function fail(fault: Fault): Response | Promise<Response> {
  return typeof fault === "number" ? refuse(fault) : oddities[fault]();
}

/** A careless host: its message repeats what no log of ours may hold. */
function refuse(status: number): Response {
  const message = `no: ${account.userKey} ${account.botkey}`;
  return Response.json({ status: "error", message }, { status });
}

const oddities = {
  async slow() {
    await Bun.sleep(2_000);
    return Response.json({ status: "ok", responses: ["too late"] });
  },
  drip: () => new Response(halfAnswer(() => Bun.sleep(2_000))),
  cut: () => new Response(halfAnswer(async (body) => body.error())),
  html: () =>
    new Response("<html>Welcome to nginx</html>", { headers: { "content-type": "text/html" } }),
  endless: () => new Response(new Uint8Array(2_000_000).fill(0x20)),
  redirect: () => new Response(null, { status: 307, headers: { location: "/elsewhere" } }),
  "not-ok": () => Response.json({ status: "error", message: "Compile errors encountered" }),
  shapeless: () => Response.json({ status: "ok", responses: "hello" }),
  sessionless: () => Response.json({ status: "ok", responses: ["hello"], client_name: "c-1" }),
  nameless: () => Response.json({ status: "ok", responses: ["hello"], sessionid: 7 }),
  "text-session": () =>
    Response.json({
      status: "ok",
      responses: [" a ", "", "b"],
      sessionid: "s-1",
      client_name: "c-1",
    }),
};

function halfAnswer(
  next: (body: ReadableStreamDefaultController) => Promise<void>,
): ReadableStream {
  return new ReadableStream({
    async pull(body) {
      body.enqueue(new TextEncoder().encode('{"status":"ok","resp'));
      await Bun.sleep(5);
      await next(body);
    },
  });
}

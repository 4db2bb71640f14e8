import type { Log } from "../log.ts";
import type { Memory, MemoryChanges } from "../message.ts";
import type { Bot, BotKind, BotOptions } from "./bot.ts";
import { settings, toHost } from "./pandorabots/settings.ts";
import { accepted, ask, type Call, type Host, type Said } from "./pandorabots/talk.ts";
import type { Answer } from "./request.ts";

/** A bot hosted by Pandorabots, asked over its HTTP API. */
export const pandorabots: BotKind<typeof settings, Bot> = {
  name: "pandorabots",
  summary: "a bot hosted by Pandorabots; pandorabots:NAME picks one of the account's bots",
  settings,
  create: createPandorabot,
};

function createPandorabot(options: BotOptions<typeof settings>): Bot {
  const { log } = options;
  const host = toHost(options);
  return {
    name: host.botname ? `pandorabots:${host.botname}` : "pandorabots",
    async reply({ message }, { own: memory }, signal) {
      const input = fitToHost(message.text, host, log);
      // The host refuses an empty input, which is how a picture without words arrives.
      if (input === "") return { text: "", remember: new Map() };
      const said = await converse({ host, log, memory, input }, signal);
      return { text: toReplyText(said.responses), remember: toChanges(said) };
    },
    async check(signal) {
      // Without a client name the application itself talks: no person comes into being at the host.
      accepted(await ask(host, { verb: "talk", fields: { input: "hello" } }, signal), host);
    },
  };
}

function fitToHost(text: string, { maxInput }: Host, log: Log): string {
  const input = text.trim();
  if (input.length <= maxInput) return input;
  log.warn("text.cut", { bot: "pandorabots", from: input.length, to: maxInput });
  const border = new Intl.Segmenter().segment(input).containing(maxInput)?.index;
  // One letter under thousands of accents has no border to cut at.
  return input.slice(0, border || maxInput);
}

interface Exchange {
  readonly host: Host;
  readonly log: Log;
  readonly memory: Memory;
  readonly input: string;
}

/** Only a name that the host issued itself keeps its predicates there for good: hence atalk first, then talk. */
async function converse(exchange: Exchange, signal: AbortSignal): Promise<Said> {
  const { host, log, memory, input } = exchange;
  const known = memory.get("client_name");
  const answer = known && (await ask(host, toTalk(exchange, known), signal));
  // 400 most likely means that the name is forgotten; if it means the text, atalk is refused as well and the name stays.
  if (answer && !isBadRequest(answer)) return accepted(answer, host);
  const said = accepted(await ask(host, { verb: "atalk", fields: { input } }, signal), host);
  if (known) log.warn("client-name.replaced", { bot: "pandorabots" });
  return said;
}

function toTalk({ memory, input }: Exchange, client_name: string): Call {
  const sessionid = memory.get("sessionid");
  return { verb: "talk", fields: { input, client_name, ...(sessionid && { sessionid }) } };
}

function isBadRequest(answer: Answer<unknown>): boolean {
  return answer.kind === "refusal" && answer.status === 400;
}

function toReplyText(responses: readonly string[]): string {
  return responses
    .map((response) => response.trim())
    .filter((response) => response !== "")
    .join(" ");
}

function toChanges({ client_name, sessionid }: Said): MemoryChanges {
  const changes = new Map<string, string | null>();
  if (client_name) changes.set("client_name", client_name);
  // A session of a client that was replaced must not outlive it.
  changes.set("sessionid", sessionid === undefined ? null : String(sessionid));
  return changes;
}

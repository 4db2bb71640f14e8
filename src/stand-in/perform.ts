import { reply } from "./replies.ts";
import type { Parameters } from "./signed-request.ts";
import { complain, type Document, type Page, type Talk } from "./talk.ts";
import type { Verb } from "./twiml.ts";

type MessageVerb = Extract<Verb, { kind: "message" }>;

const MAX_REPLIES = 10;

/** Does what the verbs say, in order; where one leads away, that is the next document. */
export function perform(talk: Talk, page: Page): Document | undefined {
  for (const verb of page.verbs) {
    if (verb.kind === "redirect") return lead(talk, page, { ...verb, parameters: talk.parameters });
    const sid = sendReply(talk, page, verb);
    const url = verb.attributes["action"];
    // What stands after a message with an action is never reached.
    if (url && sid) return lead(talk, page, { ...verb, url, parameters: withReply(talk, sid) });
  }
  return undefined;
}

function sendReply(talk: Talk, { url }: Page, verb: MessageVerb): string | undefined {
  const { account, inbound, replies } = talk;
  const isTooMany = replies.length === MAX_REPLIES;
  const sent = isTooMany ? 14109 : reply(account, { inbound, documentUrl: url }, verb);
  if (typeof sent === "number") {
    complain(talk, sent, url);
    return undefined;
  }
  replies.push(sent.sid);
  return sent.sid;
}

function withReply({ parameters }: Talk, sid: string): Parameters {
  const status = { MessageStatus: "queued", SmsStatus: "queued" };
  return { ...parameters, MessageSid: sid, SmsSid: sid, ...status };
}

interface Lead {
  readonly url: string;
  readonly attributes: Verb["attributes"];
  readonly parameters: Parameters;
}

function lead(talk: Talk, page: Page, { url, attributes, parameters }: Lead): Document | undefined {
  if (!URL.canParse(url, page.url)) {
    complain(talk, 11100, url);
    return undefined;
  }
  const method = attributes["method"]?.toUpperCase() === "GET" ? "GET" : "POST";
  return { url: new URL(url, page.url).href, method, parameters };
}

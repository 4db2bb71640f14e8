import { createHash, timingSafeEqual } from "node:crypto";
import type { Account } from "./account.ts";
import { isRefusal, readCreate } from "./api-create.ts";
import { type Refusal, toErrorResponse } from "./api-errors.ts";
import { type ApiAnswer, withFaults } from "./api-faults.ts";
import { toJson, toMediaJson } from "./api-json.ts";
import { list } from "./api-list.ts";
import { send } from "./delivery.ts";
import { isUnfinished, type Message } from "./messages.ts";
import { findFault, UPDATE_PARAMETERS } from "./parameters.ts";

/** What is asked of the API, taken apart. */
interface ApiRequest {
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  /** Of the message in the path, where there is one. */
  readonly sid: string;
}

type Route = readonly [
  method: string,
  path: RegExp,
  act: (account: Account, request: ApiRequest) => ApiAnswer | Response,
];

const ROUTES: readonly Route[] = [
  ["POST", /^\/Messages\.json$/, create],
  ["GET", /^\/Messages\.json$/, (account, { query }) => list(account, query)],
  ["GET", /^\/Messages\/(\w+)\.json$/, withMessage(show)],
  ["POST", /^\/Messages\/(\w+)\.json$/, withMessage(update)],
  ["DELETE", /^\/Messages\/(\w+)\.json$/, withMessage(remove)],
  ["GET", /^\/Messages\/(\w+)\/Media\.json$/, withMessage(listMedia)],
];

/** Answers one request to the API of the account, the way Twilio would. */
export async function answerApi(account: Account, request: Request): Promise<Response> {
  const { pathname, searchParams: query } = new URL(request.url);
  const form = new URLSearchParams(await request.text());
  const route = findRoute(account, request.method, pathname);
  const kind = route?.act === create ? "create" : "lookup";
  const call = { kind, id: account.newSid("RQ"), signal: request.signal } as const;
  return withFaults(account, call, () => {
    if (!isAuthorized(account, request)) return refuse({ code: 20003 });
    if (!route) return refuse({ code: 20404 });
    const answer = route.act(account, { query, form, sid: route.sid });
    return answer instanceof Response ? { response: answer } : answer;
  });
}

function findRoute(account: Account, method: string, pathname: string) {
  const root = `/2010-04-01/Accounts/${account.sid}`;
  if (!pathname.startsWith(root)) return undefined;
  const path = pathname.slice(root.length);
  const route = ROUTES.find((entry) => entry[0] === method && entry[1].test(path));
  return route && { act: route[2], sid: route[1].exec(path)?.[1] ?? "" };
}

/** By the account's own token or by one of its API keys. */
function isAuthorized(account: Account, request: Request): boolean {
  const [scheme, encoded = ""] = (request.headers.get("authorization") ?? "").split(" ");
  if (scheme !== "Basic") return false;
  const given = Buffer.from(encoded, "base64").toString();
  const accepted = Object.entries({ ...account.apiKeys, [account.sid]: account.authToken });
  return accepted.some(([name, secret]) => isSame(given, `${name}:${secret}`));
}

function isSame(given: string, wanted: string): boolean {
  const [one, other] = [given, wanted].map((text) => createHash("sha256").update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}

function refuse(refusal: Refusal): ApiAnswer {
  return { response: toErrorResponse(refusal) };
}

function create(account: Account, { form }: ApiRequest): ApiAnswer {
  const draft = readCreate(account, form);
  if (isRefusal(draft)) return refuse(draft);
  const { message, finished } = send(account, draft);
  return { response: Response.json(toJson(account, message), { status: 201 }), finished };
}

function withMessage(
  act: (account: Account, message: Message, form: URLSearchParams) => Response,
): Route[2] {
  return (account, { sid, form }) => {
    const message = account.messages.get(sid);
    return message ? act(account, message, form) : refuse({ code: 20404 });
  };
}

function show(account: Account, message: Message): Response {
  return Response.json(toJson(account, message));
}

/** All that can be changed is that the text is taken out. */
function update(account: Account, message: Message, form: URLSearchParams): Response {
  const fault = findFault(UPDATE_PARAMETERS, form);
  if (fault !== undefined) return toErrorResponse({ code: 20001, detail: fault });
  if (form.get("Body") !== "") return toErrorResponse({ code: 20001, detail: "Body" });
  if (isUnfinished(message)) return toErrorResponse({ code: 20009 });
  message.body = "";
  message.updatedAt = account.now();
  return show(account, message);
}

function remove({ messages }: Account, message: Message): Response {
  if (isUnfinished(message)) return toErrorResponse({ code: 20009 });
  messages.remove(message.sid);
  return new Response(null, { status: 204 });
}

function listMedia(account: Account, message: Message): Response {
  const media_list = message.media.map((item) => toMediaJson(account, message, item));
  return Response.json({ media_list, next_page_uri: null, page: 0, page_size: 50 });
}

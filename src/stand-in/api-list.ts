import type { Account } from "./account.ts";
import { toErrorResponse } from "./api-errors.ts";
import { pathOf, toJson } from "./api-json.ts";
import type { Message } from "./messages.ts";
import { findFault, LIST_PARAMETERS } from "./parameters.ts";

const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 1000;

/** One page of the account's messages, newest first. */
export function list(account: Account, query: URLSearchParams): Response {
  const fault = findFault(LIST_PARAMETERS, query);
  if (fault !== undefined) return toErrorResponse({ code: 20001, detail: fault });
  const size = Number(query.get("PageSize") ?? DEFAULT_PAGE_SIZE);
  if (size < 1 || size > MAX_PAGE_SIZE) return toErrorResponse({ code: 20001, detail: "PageSize" });
  const found = account.messages.newestFirst().filter((message) => isWanted(message, query));
  const start = startOf(found, query.get("PageToken"));
  const page = found.slice(start, start + size);
  const last = start + size < found.length ? page.at(-1) : undefined;
  return Response.json({
    ...place(account, query, { size, start, count: page.length }),
    next_page_uri: last ? nextUri(account, query, last.sid) : null,
    messages: page.map((message) => toJson(account, message)),
  });
}

/** A page begins behind a message, so that new ones shift nothing. */
function startOf(found: readonly Message[], token: string | null): number {
  return token === null ? 0 : found.findIndex(({ sid }) => `PA${sid}` === token) + 1;
}

interface Span {
  readonly size: number;
  readonly start: number;
  readonly count: number;
}

function place(account: Account, query: URLSearchParams, { size, start, count }: Span) {
  const uri = pathOf(account);
  const page = Number(query.get("Page") ?? 0);
  return {
    page,
    page_size: size,
    start,
    end: Math.max(start + count - 1, 0),
    uri: `${uri}?${query}`,
    first_page_uri: `${uri}?PageSize=${size}&Page=0`,
    previous_page_uri: null,
  };
}

function nextUri(account: Account, query: URLSearchParams, lastSid: string): string {
  const next = new URLSearchParams(query);
  next.set("Page", String(Number(query.get("Page") ?? 0) + 1));
  next.set("PageToken", `PA${lastSid}`);
  return `${pathOf(account)}?${next}`;
}

/** What has not left yet has no date, and passes no filter by date. */
function isWanted(message: Message, query: URLSearchParams): boolean {
  const { from, to } = message;
  if (query.has("From") && (query.get("From") !== from || message.status === "accepted"))
    return false;
  if (query.has("To") && query.get("To") !== to) return false;
  return DATE_FILTERS.every(([name, isWithin]) => {
    const wanted = query.get(name);
    return wanted === null || (message.sentAt !== undefined && isWithin(message.sentAt, wanted));
  });
}

const DATE_FILTERS: readonly (readonly [string, (at: number, wanted: string) => boolean])[] = [
  ["DateSent", (at, wanted) => at >= firstOf(wanted) && at <= lastOf(wanted)],
  ["DateSent<", (at, wanted) => at <= lastOf(wanted)],
  ["DateSent>", (at, wanted) => at >= firstOf(wanted)],
];

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;

function firstOf(wanted: string): number {
  return Math.floor(Date.parse(wanted) / SECOND_MS) * SECOND_MS;
}

/** A date is a whole day, a time a whole second. */
function lastOf(wanted: string): number {
  return firstOf(wanted) + (/^\d{4}-\d{2}-\d{2}$/.test(wanted) ? DAY_MS : SECOND_MS) - 1;
}

import type { MessageInstance } from "twilio/lib/rest/api/v2010/account/message";
import { sleep } from "../../clock.ts";
import type { Action, ListedText } from "../../delivery.ts";
import { SendError } from "../../errors.ts";
import type { InboundMessage, Media } from "../../message.ts";
import type { Received, Since } from "../channel.ts";
import { type Api, TWILIOS_API } from "./api.ts";
import { toReport } from "./report.ts";

/** Our messages from one of our numbers to one person, newest first; what waits to be sent is among them. */
export async function listSent(
  api: Api,
  { from, to, since }: Since,
  signal: AbortSignal,
): Promise<readonly ListedText[]> {
  const found: ListedText[] = [];
  for await (const page of pagesSince(api, { from, to, since }, signal)) {
    found.push(...page.filter(({ direction }) => direction.startsWith("outbound")).map(toListed));
  }
  return found;
}

/** The messages that people sent us, page by page, newest first; their pictures are looked up one message at a time. */
export async function* listReceived(
  api: Api,
  { since, isOurs }: Received,
  signal: AbortSignal,
): AsyncIterable<readonly InboundMessage[]> {
  for await (const page of pagesSince(api, { since }, signal)) {
    const received: InboundMessage[] = [];
    for (const found of page.filter(({ direction, to }) => direction === "inbound" && isOurs(to))) {
      received.push(toInbound(found, await listMedia(api, found, signal)));
    }
    yield received;
  }
}

interface Stretch {
  readonly since: number;
  readonly from?: string;
  readonly to?: string;
}

// More fit, but most lists are asked for the last few.
const PAGE_SIZE = 100;

/**
 * The account's messages from the newest to those of `since`. Not by Twilio's filter for times: it looks at when
 * a message was sent, and a message that waits has no such time. Nor is the order promised that it lists in, so
 * the end is a page with nothing new on it and not the first old message.
 */
async function* pagesSince(
  api: Api,
  { since, ...filter }: Stretch,
  signal: AbortSignal,
): AsyncIterable<readonly MessageInstance[]> {
  let next: string | undefined;
  do {
    const url = next;
    const ask = () =>
      api.call(
        (messages) =>
          url === undefined
            ? messages.page({ ...filter, pageSize: PAGE_SIZE })
            : messages.getPage(url),
        signal,
      );
    const page = url === undefined ? await ask() : await withPatience(ask, signal);
    const recent = page.instances.filter((found) => createdAt(found) >= toWholeSecond(since));
    yield recent;
    next = recent.length > 0 ? page.nextPageUrl : undefined;
  } while (next !== undefined);
}

// Twilio tells times in whole seconds.
function toWholeSecond(time: number): number {
  return Math.floor(time / 1000) * 1000;
}

function createdAt({ dateCreated }: MessageInstance): number {
  return new Date(dateCreated).getTime();
}

function toListed(found: MessageInstance): ListedText {
  const { sid, status, errorCode, body } = found;
  return { ...toReport({ sid, status, errorCode }), text: body ?? "", createdAt: createdAt(found) };
}

function toInbound(found: MessageInstance, media: readonly Media[]): InboundMessage {
  const { sid: id, from, to, body: text } = found;
  return { id, channel: "sms", from, to, text: text ?? "", media, receivedAt: createdAt(found) };
}

async function listMedia(
  api: Api,
  { sid, numMedia }: MessageInstance,
  signal: AbortSignal,
): Promise<readonly Media[]> {
  if (!(Number(numMedia) > 0)) return [];
  const ask = () => api.call((messages) => messages(sid).media.list(), signal);
  const found = await withPatience(ask, signal).catch((error) => noneUnless(error, signal));
  return found.map(({ uri, contentType }) => ({
    // As a webhook gives it.
    url: TWILIOS_API + uri.replace(/\.json$/, ""),
    contentType,
  }));
}

/** Pictures that cannot be had are no reason to leave out the text, and those of everybody else. */
function noneUnless(error: unknown, { aborted }: AbortSignal): [] {
  if (aborted || !(error instanceof SendError)) throw error;
  return [];
}

/** A later page that fails for the moment is no reason to begin with the first one again. */
async function withPatience<Result>(
  ask: () => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  for (const waitMs of [200, 400, 800]) {
    try {
      return await ask();
    } catch (error) {
      const passes = error instanceof SendError && PASSES.has(error.verdict.action);
      if (!passes || !(await sleep(waitMs, signal))) throw error;
    }
  }
  return ask();
}

const PASSES: ReadonlySet<Action> = new Set<Action>(["retry", "unknown-outcome"]);

import type { Attempt } from "../../../src/stand-in/call-out.ts";
import type { Message } from "../../../src/stand-in/messages.ts";
import { rowsOf } from "./ledger.ts";
import { marksIn } from "./marks.ts";
import type { Call, Scene, SentText } from "./scene.ts";

/** What became of one text, as far as anybody can tell: enough to look for the bug. */
export function tellStory(scene: Scene, text: SentText): string {
  const at = (ms: number) => `+${((ms - scene.startedAt) / 1000).toFixed(3)}`;
  const session = scene.twilio.sessions.find(({ sid }) => sid === text.sid);
  const shown = scene.twilio.inbox(text.from).filter((reply) => isAbout(reply.text, text));
  return [
    `${text.mark} ${text.sid}: sent ${at(text.sentAt)} by ${text.from} to ${text.to}`,
    `webhook: ${session?.outcome ?? "not over"} ${session?.errorCode ?? ""} replies ${session?.replies ?? ""}`,
    ...attemptsOf(session?.attempts ?? [], at),
    ...messagesAbout(scene, text).flatMap((message) => messageWords(scene, message, at)),
    ...shown.map((reply) => `phone: ${at(reply.at)} by ${reply.by} ${reply.sid} "${reply.text}"`),
    `bot asked: ${scene.bot.asked(text.mark).map(at).join(" ") || "never"}`,
    `kills: ${killsAround(scene, text).map(at).join(" ") || "none"}`,
    ...rowsOf(scene.server.database, text.sid).map((row) => `database: ${row}`),
  ].join("\n    ");
}

function isAbout(words: string, { mark }: SentText): boolean {
  return marksIn(words).includes(mark);
}

type Clock = (ms: number) => string;

/** A crowd's are told by the first few. */
const MOST_ATTEMPTS = 8;

function attemptsOf(attempts: readonly Attempt[], at: Clock): readonly string[] {
  const told = attempts.slice(0, MOST_ATTEMPTS).map((attempt) => `  ${toWords(attempt, at)}`);
  const untold = attempts.length - told.length;
  return untold > 0 ? [...told, `  and ${untold} more`] : told;
}

function toWords({ url, startedAt, endedAt, status, errorCode }: Attempt, at: Clock): string {
  return `${at(startedAt)} to ${at(endedAt)} ${url} status ${status} error ${errorCode}`;
}

function messagesAbout({ twilio }: Scene, text: SentText): readonly Readonly<Message>[] {
  return twilio
    .messages()
    .filter((message) => isAbout(message.body, text))
    .toReversed();
}

function messageWords(scene: Scene, message: Readonly<Message>, at: Clock): readonly string[] {
  const { sid, direction, status, body, createdAt, updatedAt, statusCallback } = message;
  const when = `${at(createdAt)} to ${at(updatedAt)}`;
  const alerts = scene.twilio.alerts.filter((alert) => alert.sid === sid);
  return [
    `list: ${when} ${direction} ${sid} ${status} "${body}"`,
    ...(statusCallback ? [`  callback ${statusCallback}`] : []),
    ...callsTo(scene, statusCallback).map((call) => `  called back ${at(call.at)}`),
    ...alerts.map((alert) => `  alert ${alert.errorCode} ${at(alert.at)}`),
  ];
}

function callsTo({ calls }: Scene, url: string | undefined): readonly Call[] {
  return calls.filter((call) => call.url === url?.split("#")[0]);
}

const AROUND_MS = 10_000;

function killsAround({ server }: Scene, { sentAt }: SentText): readonly number[] {
  return server.kills.map(({ at }) => at).filter((at) => Math.abs(at - sentAt) < AROUND_MS);
}

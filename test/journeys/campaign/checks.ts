import { claimedTexts } from "./ledger.ts";
import { marksIn } from "./marks.ts";
import type { Kill } from "./mortal-server.ts";
import type { Scene, SentText } from "./scene.ts";
import { tellStory } from "./story.ts";

export type Wrong =
  | "lost"
  | "doubled"
  | "out of order"
  | "imported out of order"
  | "asked again"
  | "strange";

/** Something that must not be, and all that is known about it. */
export interface Finding {
  readonly wrong: Wrong;
  readonly story: string;
}

/** All that went wrong with the texts. `isGathered`: one reply may answer several. */
export function findWrongs(
  scene: Scene,
  { isGathered }: { isGathered: boolean },
): readonly Finding[] {
  const people = Map.groupBy(scene.sent, ({ from }) => from);
  const claimed = claimedTexts(scene.server.database);
  const order = new Map(claimed.map(({ sid }, index) => [sid, index]));
  const receivedAt = new Map(claimed.map((text) => [text.sid, text.receivedAt]));
  return [
    ...scene.sent.flatMap((text) => findMiscount(scene, text)),
    ...[...people].flatMap(([, texts]) => findDisorder(scene, texts, order)),
    ...[...people].flatMap(([, texts]) =>
      findImportDisorder(scene, texts.filter(isImported(receivedAt)), order),
    ),
    ...scene.sent.filter((text) => isAskedInVain(scene, text)).map(toFinding(scene, "asked again")),
    ...[...people.keys()].flatMap((person) => findStrange(scene, person, isGathered)),
  ];
}

/** How often the bot was asked about a text that it had been asked about before. */
export function countAskedAgain({ sent, bot }: Scene): number {
  return sent.reduce((sum, { mark }) => sum + Math.max(bot.asked(mark).length - 1, 0), 0);
}

function toFinding(scene: Scene, wrong: Wrong): (text: SentText) => Finding {
  return (text) => ({ wrong, story: tellStory(scene, text) });
}

function findMiscount(scene: Scene, text: SentText): readonly Finding[] {
  const replies = scene.twilio
    .inbox(text.from)
    .filter((reply) => marksIn(reply.text).includes(text.mark));
  if (replies.length === 1) return [];
  return [toFinding(scene, replies.length === 0 ? "lost" : "doubled")(text)];
}

type Order = ReadonlyMap<string, number>;

/** Texts may overtake each other on their way to the server; from there on their replies must not. */
function findDisorder(scene: Scene, texts: readonly SentText[], order: Order): readonly Finding[] {
  const [first] = texts;
  if (!first) return [];
  const byMark = new Map(texts.map((text) => [text.mark as string, text]));
  const answered = scene.twilio
    .inbox(first.from)
    .flatMap(({ text }) => marksIn(text))
    .flatMap((mark) => byMark.get(mark) ?? []);
  return pairs(answered)
    .filter(([one, next]) => (order.get(one.sid) ?? 0) > (order.get(next.sid) ?? 0))
    .map(([one, next]) => toPairFinding(scene, "out of order", [one, next]));
}

/** Texts that the server has from Twilio's list come from there in their own order. */
function findImportDisorder(
  scene: Scene,
  imported: readonly SentText[],
  order: Order,
): readonly Finding[] {
  return pairs(imported)
    .filter(([one, next]) => (order.get(one.sid) ?? 0) > (order.get(next.sid) ?? 0))
    .map(([one, next]) => toPairFinding(scene, "imported out of order", [one, next]));
}

/** Twilio's list knows the second in which a text was sent; a webhook brings it after that. */
function isImported(receivedAt: ReadonlyMap<string, number>): (text: SentText) => boolean {
  return ({ sid, sentAt }) => (receivedAt.get(sid) ?? sentAt) < sentAt;
}

function pairs<Value>(values: readonly Value[]): readonly (readonly [Value, Value])[] {
  return values.slice(1).flatMap((next, index) => {
    const one = values[index];
    return one === undefined ? [] : [[one, next] as const];
  });
}

function toPairFinding(
  scene: Scene,
  wrong: Wrong,
  [one, next]: readonly [SentText, SentText],
): Finding {
  return { wrong, story: `${tellStory(scene, one)}\n  before\n  ${tellStory(scene, next)}` };
}

/** Asked twice without a kill in between. */
function isAskedInVain({ bot, server }: Scene, { mark }: SentText): boolean {
  return pairs(bot.asked(mark)).some(([one, next]) => !server.kills.some(isBetween(one, next)));
}

/** A question that was on its way when the server died may be heard a little later. */
const ON_ITS_WAY_MS = 100;

function isBetween(one: number, next: number): (kill: Kill) => boolean {
  return ({ at, goneAt }) => goneAt + ON_ITS_WAY_MS >= one && at <= next;
}

/** Texts on a phone that no bot of ours wrote, or that answer several texts where each gets its own reply. */
function findStrange({ twilio }: Scene, person: string, isGathered: boolean): readonly Finding[] {
  return twilio
    .inbox(person)
    .filter(({ text }) => !text.startsWith("re: ") || (!isGathered && marksIn(text).length !== 1))
    .map(({ text, by, sid }) => ({
      wrong: "strange",
      story: `${person} ${sid} by ${by}: "${text}"`,
    }));
}

import type { InboundMessage } from "../message.ts";
import type { Gathered } from "./lanes.ts";

/** How long the next part of a text that was cut on its way may take. */
const NEXT_PART_MS = 1000;

/** No more texts than this become one question. */
const MOST_TOGETHER = 20;

export interface Gathering {
  readonly gatherMs: number;
  readonly now: number;
  /** Whether a text means something by itself, and something else among others. */
  readonly isAlone: (message: InboundMessage) => boolean;
}

/** Says which of a person's waiting texts, oldest first, belong together, and how long to wait for another. */
export function gatherTexts(messages: readonly InboundMessage[], gathering: Gathering): Gathered {
  const apart = messages.findIndex(
    (message, index) => index > 0 && !belongs(messages[index - 1], message, gathering),
  );
  const count = Math.min(apart < 0 ? messages.length : apart, MOST_TOGETHER);
  const last = messages[count - 1];
  // Another one has come that does not belong: nothing is waited for.
  if (!last || count < messages.length || count === MOST_TOGETHER) return { count, waitMs: 0 };
  const age = gathering.now - last.receivedAt;
  // A clock that was set back makes a text young for ever.
  const waitMs = age < 0 ? 0 : patienceAfter(last, gathering) - age;
  return { count, waitMs: Math.max(0, waitMs) };
}

/** The texts of one person as the one question they are. */
export function joinTexts(
  messages: readonly [InboundMessage, ...InboundMessage[]],
): InboundMessage {
  const last = messages.at(-1) ?? messages[0];
  if (messages.length === 1) return last;
  return {
    ...last,
    text: messages
      .map((message, index) => message.text + gapAfter(message, index, messages))
      .join(""),
    media: messages.flatMap(({ media }) => media),
  };
}

function belongs(
  before: InboundMessage | undefined,
  message: InboundMessage,
  gathering: Gathering,
): boolean {
  if (!before || before.to !== message.to || before.channel !== message.channel) return false;
  if (gathering.isAlone(message)) return false;
  const patienceMs = patienceAfter(before, gathering);
  return patienceMs > 0 && Math.abs(message.receivedAt - before.receivedAt) <= patienceMs;
}

function patienceAfter(message: InboundMessage, { gatherMs, isAlone }: Gathering): number {
  if (gatherMs === 0 || isAlone(message)) return 0;
  return isCut(message.text) ? Math.max(gatherMs, NEXT_PART_MS) : gatherMs;
}

function gapAfter(
  { text }: InboundMessage,
  index: number,
  { length }: readonly InboundMessage[],
): string {
  if (index === length - 1 || text === "") return "";
  return isCut(text) ? "" : "\n";
}

/** What a carrier cuts off has the length of a segment: one of a row, or one by itself. */
const GSM_PARTS: ReadonlySet<number> = new Set([152, 153, 160]);
const UCS_2_PARTS: ReadonlySet<number> = new Set([66, 67, 70]);

function isCut(text: string): boolean {
  if (GSM_PARTS.has(text.length)) return true;
  return UCS_2_PARTS.has(text.length) && /[^\p{ASCII}]/u.test(text);
}

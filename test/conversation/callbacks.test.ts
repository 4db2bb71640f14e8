import { describe, expect, test } from "bun:test";
import type { DeliveryReport, MessageStatus } from "../../src/delivery.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { fakeBot } from "../fakes/bot.ts";
import { talkWith } from "../fakes/conversation.ts";
import { textFrom } from "../fakes/message.ts";

// Whatever Twilio tells, in whatever order and how often: what is known in the end is the same.

const STATUSES: readonly MessageStatus[] = [
  "queued",
  "sending",
  "sent",
  "undelivered",
  "failed",
  "delivered",
];

const CODES: Partial<Record<MessageStatus, number>> = { undelivered: 30005, failed: 30007 };

const store = openSqlite(":memory:");
const { receive, hearOf } = talkWith(fakeBot(), { store, isHeardOf: true });

describe("hearOf()", () => {
  test.each(subsetsOf(STATUSES).map((statuses) => [statuses.join(" "), statuses] as const))(
    "ends in the same state in every order of: %s",
    async (_, statuses) => {
      const ends = new Set<string>();

      for (const order of ordersOf(statuses)) ends.add(await endOf([...order, ...order]));

      expect(ends.size).toBe(1);
    },
  );
});

async function endOf(statuses: readonly MessageStatus[]): Promise<string> {
  const { texts } = await receive(textFrom());
  const id = texts[0]?.id ?? 0;
  for (const status of statuses) await hearOf(id, reportOf(id, status));
  const { state, status, sid } = (await store.findText(id)) ?? {};
  return JSON.stringify([state, status, sid === `SM${id}`]);
}

function reportOf(id: number, status: MessageStatus): DeliveryReport {
  const code = CODES[status];
  const verdict = code === undefined ? undefined : { action: "final" as const, words: "no", code };
  return { sid: `SM${id}`, status, verdict };
}

function subsetsOf<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const [first, ...rest] = items;
  if (first === undefined) return [];
  const others = subsetsOf(rest);
  return [[first], ...others.map((other) => [first, ...other]), ...others];
}

function ordersOf<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  if (items.length <= 1) return [items];
  return items.flatMap((item) =>
    ordersOf(items.filter((other) => other !== item)).map((order) => [item, ...order]),
  );
}

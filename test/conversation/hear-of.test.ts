import { describe, expect, test } from "bun:test";
import type { DeliveryReport, OutboundState, Verdict } from "../../src/delivery.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { fakeBot } from "../fakes/bot.ts";
import { talkWith } from "../fakes/conversation.ts";
import { eventually } from "../fakes/eventually.ts";
import { fakeSender, type Mishap, sidOf } from "../fakes/memory-sender.ts";
import { textFrom } from "../fakes/message.ts";

const sid = sidOf(1);
const UNKNOWN_NUMBER: Verdict = { action: "final", words: "unknown number", code: 30005 };
const PHONE_OFF: Verdict = { action: "retry-later", words: "phone off", code: 30003, tries: 2 };

describe("hearOf()", () => {
  test.each<[DeliveryReport, OutboundState, number]>([
    [{ sid, status: "delivered" }, "sent", 1],
    [{ sid, status: "undelivered", verdict: UNKNOWN_NUMBER }, "sent", 1],
    [{ sid, status: "undelivered", verdict: PHONE_OFF }, "failed", 2],
  ])("%p leaves the text %s, and so many of it", async (report, state, texts) => {
    const { talk, store } = await sent();

    await talk.hearOf(1, report);
    await talk.hearOf(1, report);

    expect(await store.findText(1)).toMatchObject({ state, status: report.status });
    expect(await countTexts(store)).toBe(texts);
    await talk.close();
  });

  test("settles a text whose sending broke off, which is then not sent again", async () => {
    const { talk, sender, store } = await sent("taken but not told");
    await eventually(async () => expect((await store.findText(1))?.state).toBe("uncertain"));

    await talk.hearOf(1, { sid: sender.list[0]?.sid ?? "", status: "sent" });
    await Bun.sleep(100);

    expect(await store.findText(1)).toMatchObject({ state: "sent", status: "sent" });
    expect(sender.asked).toHaveLength(1);
    await talk.close();
  });

  test("knows nothing of an id that is not ours, and does not mind", async () => {
    const { talk } = await sent();

    await expect(talk.hearOf(4711, { sid: "SM1", status: "sent" })).resolves.toBeUndefined();

    await talk.close();
  });
});

async function sent(...mishaps: readonly Mishap[]) {
  const sender = fakeSender();
  sender.mishaps.push(...mishaps);
  const store = openSqlite(":memory:");
  const settings = { REPLY_BY: "rest", SETTLE_AFTER_MS: 200 } as const;
  const talk = talkWith(fakeBot(), { sender, store, settings });
  await talk.receive(textFrom());
  await eventually(() => expect(sender.asked).toHaveLength(1));
  return { talk, sender, store };
}

async function countTexts(store: ReturnType<typeof openSqlite>): Promise<number> {
  let id = 0;
  while (await store.findText(id + 1)) id++;
  return id;
}

import { describe, expect, test } from "bun:test";
import { StoreError } from "../../src/errors.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { fakeBot } from "../fakes/bot.ts";
import { talkWith, textsIn } from "../fakes/conversation.ts";
import { textFrom } from "../fakes/message.ts";

const FULL = new StoreError("Cannot write to the database: the disk is full", { code: "full" });

/** A store whose turns cannot end for the first so many times. */
function troubled(times: number) {
  const store = openSqlite(":memory:");
  let left = times;
  return {
    ...store,
    endTurn: (ending: Parameters<typeof store.endTurn>[0]) =>
      left-- > 0 ? Promise.reject(FULL) : store.endTurn(ending),
  };
}

describe("a turn whose end cannot be written", () => {
  test("is told to the webhook, ends once it can be, and the bot is asked once", async () => {
    const bot = fakeBot(() => "here I am");
    const talk = talkWith(bot, { store: troubled(2) });
    const message = textFrom();

    const first = talk.receive(message);
    await expect(first).rejects.toThrow("the disk is full");
    const again = talk.receive(message);
    await expect(again).rejects.toThrow("the disk is full");
    const third = await talk.receive(message);

    expect(textsIn(third)).toEqual(["here I am"]);
    expect(bot.asked).toHaveLength(1);
    expect(JSON.stringify(talk.lines)).toContain("turn.not_kept");
    await talk.close();
  });

  test("keeps the person's next text waiting, and nobody else's", async () => {
    const bot = fakeBot(({ message }) => `re: ${message.text}`);
    const talk = talkWith(bot, { store: troubled(1) });
    const first = talk.receive(textFrom({ text: "one" }));
    await expect(first).rejects.toThrow("the disk is full");

    const [second, other] = await Promise.all([
      talk.receive(textFrom({ text: "two" })),
      talk.receive(textFrom({ text: "hello", from: "+15550002222" })),
    ]);

    // Nobody waited any more for the answer to the first: it goes along.
    expect(textsIn(second)).toEqual(["re: one", "re: two"]);
    expect(textsIn(other)).toEqual(["re: hello"]);
    await talk.close();
  });

  test("does not keep the server from stopping", async () => {
    const talk = talkWith(fakeBot(), { store: troubled(1000) });
    await expect(talk.receive(textFrom())).rejects.toThrow("the disk is full");

    await talk.close();

    await expect(talk.idle()).resolves.toBeUndefined();
  });
});

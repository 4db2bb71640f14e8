import { describe, expect, test } from "bun:test";
import { createRetention } from "../../src/conversation/retention.ts";
import type { Action } from "../../src/delivery.ts";
import { SendError } from "../../src/errors.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { never, settled } from "../fakes/failure.ts";
import { recordLog } from "../fakes/log.ts";
import { createTalk, PASSED_ON } from "../fakes/talk.ts";

const ADA = "+15550001111";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = 1_800_000_000_000;

describe("sweep() of old texts", () => {
  test("empties what is older than the days it is kept, and nothing younger", async () => {
    const store = openSqlite(":memory:");
    await textAt(store, NOW - 91 * DAY);
    await textAt(store, NOW - 89 * DAY);
    const { sweep } = retention(store);

    await sweep();

    expect(await store.summarise(ADA)).toMatchObject({ textsIn: 1, textsOut: 1, memories: 1 });
  });

  test("empties all of very many, bite by bite", async () => {
    const store = openSqlite(":memory:");
    await Promise.all(Array.from({ length: 600 }, () => textAt(store, NOW - 91 * DAY)));
    const { sweep } = retention(store);

    await sweep();

    expect(await store.summarise(ADA)).toMatchObject({ textsIn: 0, textsOut: 0 });
  });

  test("keeps everything for ever where the days are 0", async () => {
    const store = openSqlite(":memory:");
    await textAt(store, 0);
    const { sweep } = retention(store, { retentionDays: 0 });

    await sweep();

    expect(await store.summarise(ADA)).toMatchObject({ textsIn: 1 });
  });

  test("empties nothing once it is told to stop", async () => {
    const store = openSqlite(":memory:");
    await textAt(store, NOW - 91 * DAY);
    const { sweep } = retention(store);

    await sweep(AbortSignal.abort());

    expect(await store.summarise(ADA)).toMatchObject({ textsIn: 1 });
  });
});

describe("sweep() of copies at the provider", () => {
  test("erases each of them once", async () => {
    const store = await storeWithErasures(45);
    const { sweep, erased } = retention(store);

    await sweep();
    await sweep();

    expect(erased).toHaveLength(45);
    expect(new Set(erased).size).toBe(45);
    expect(await due(store)).toEqual([]);
  });

  test("leaves them where nothing can be asked of the provider", async () => {
    const store = await storeWithErasures(1);
    const { sweep } = retention(store, { hasSender: false });

    await sweep();

    expect(await due(store)).toHaveLength(1);
  });

  test.each<[Action, number]>([
    ["retry", 60_000],
    ["unknown-outcome", 60_000],
    ["retry-later", HOUR],
    ["pause", HOUR],
  ])("tries again after %s, %d ms later", async (action, afterMs) => {
    const store = await storeWithErasures(1);
    const { sweep, erased, pass } = retention(store, { failWith: [action] });

    await sweep();
    pass(afterMs - 1);
    await sweep();
    const early = erased.length;
    pass(1);
    await sweep();

    expect([early, erased.length]).toEqual([0, 1]);
  });

  test("waits longer after each failure, but no longer than six hours", async () => {
    const store = await storeWithErasures(1);
    const failWith = Array<Action>(12).fill("unknown-outcome");
    const { sweep, pass, lines } = retention(store, { failWith });

    for (const _ of failWith) {
      await sweep();
      pass(6 * HOUR);
    }

    const delays = lines.map((line) => (line as { delayMs: number }).delayMs / 60_000);
    expect(delays).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]);
  });

  test("waits as long as the provider asks for", async () => {
    const store = await storeWithErasures(1);
    const { sweep, lines } = retention(store, { failWith: ["retry"], retryAfterMs: 2 * HOUR });

    await sweep();

    expect(lines).toEqual([expect.objectContaining({ delayMs: 2 * HOUR })]);
  });

  test.each<Action>(["retry", "unknown-outcome", "pause"])(
    "leaves the others for another time after %s",
    async (action) => {
      const store = await storeWithErasures(3);
      const { sweep, erased } = retention(store, { failWith: [action] });

      await sweep();

      expect(erased).toEqual([]);
      expect(await due(store)).toHaveLength(2);
    },
  );

  test.each<Action>(["retry-later", "final"])("goes on to the others after %s", async (action) => {
    const store = await storeWithErasures(3);
    const { sweep, erased } = retention(store, { failWith: [action] });

    await sweep();

    expect(erased).toHaveLength(2);
  });

  test("gives up what the provider refuses for good, and says so", async () => {
    const store = await storeWithErasures(1);
    const { sweep, erased, pass, lines } = retention(store, { failWith: ["final"] });

    await sweep();
    pass(DAY);
    await sweep();

    expect(erased).toEqual([]);
    expect(lines).toEqual([
      expect.objectContaining({ level: "warn", event: "erasure.refused", cause: "No" }),
    ]);
  });

  test("keeps what was under way when it is told to stop", async () => {
    const store = await storeWithErasures(2);
    const stop = new AbortController();
    const { sweep } = retention(store, { onErase: () => stop.abort(), failWith: ["retry"] });

    await sweep(stop.signal);

    expect(await due(store)).toHaveLength(2);
  });

  test("lets an error pass that nobody foresaw", async () => {
    const store = await storeWithErasures(1);
    const failure = new TypeError("No");
    const { sweep } = retention(store, {
      onErase: () => {
        throw failure;
      },
    });

    expect(await settled(sweep())).toBe(failure);
  });
});

async function textAt(store: Store, time: number): Promise<void> {
  await createTalk(
    store,
    () => PASSED_ON,
    () => time,
  ).say("hello");
}

async function storeWithErasures(count: number): Promise<Store> {
  const store = openSqlite(":memory:");
  for (let index = 0; index < count; index++) await textAt(store, NOW);
  await store.erasePerson(ADA, { now: NOW, isElsewhere: true });
  return store;
}

function due(store: Store): Promise<readonly string[]> {
  return store.dueErasures(NOW, 100);
}

interface Options {
  readonly retentionDays?: number;
  readonly hasSender?: boolean;
  /** What the next attempts come to. */
  readonly failWith?: readonly Action[];
  readonly retryAfterMs?: number;
  readonly onErase?: () => void;
}

function retention(store: Store, options: Options = {}) {
  const { retentionDays = 90, hasSender = true, onErase, retryAfterMs } = options;
  const failures = [...(options.failWith ?? [])];
  const erased: string[] = [];
  const { log, lines } = recordLog();
  let time = NOW;
  const sender = {
    async erase(sid: string) {
      onErase?.();
      const action = failures.shift();
      if (action === undefined) return void erased.push(sid);
      const verdict = { action, words: "No", ...(retryAfterMs !== undefined && { retryAfterMs }) };
      throw new SendError("Cannot erase a message", { verdict });
    },
  };
  const { sweep } = createRetention({
    store,
    sender: hasSender ? sender : undefined,
    log,
    now: () => time,
    retentionDays,
  });
  return {
    sweep: (signal = never()) => sweep(signal),
    pass: (ms: number) => {
      time += ms;
    },
    erased,
    lines,
  };
}

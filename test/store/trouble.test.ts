import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Outcome } from "../../src/message.ts";
import { Connection } from "../../src/store/connection.ts";
import { createStore, openSqlite } from "../../src/store/sqlite.ts";
import { emptyDirectory } from "../fakes/directory.ts";
import { answer, endingOf, newText } from "../fakes/ending.ts";
import { textFrom } from "../fakes/message.ts";

const directory = emptyDirectory();
const PROGRAMS = join(import.meta.dir, "programs");

describe("a store whose disk is full", () => {
  test("says so, changes nothing, and ends the turn when there is room again", async () => {
    const { database, store } = await openSmall();
    const { turn } = await store.recordInbound(textFrom());
    const [waiting = 0] = await answer(store, [{ state: "owed", dueAt: 1 }]);
    const long = "x".repeat(1_000_000);
    const outcome: Outcome = { kind: "silence", reason: "", remember: new Map([["name", "Ada"]]) };
    const ending = endingOf(turn, { outcome, texts: [newText({ text: long, state: "owed" })] });
    setRoom(database, 20);

    const [ended, changed] = await Promise.allSettled([
      store.endTurn(ending),
      store.changeText(waiting, { failure: { words: long } }),
    ]);

    expect([ended, changed].map((result) => String(Object(result).reason))).toEqual([
      expect.stringContaining("Cannot write to the database: the disk is full"),
      expect.stringContaining("Cannot write to the database: the disk is full"),
    ]);
    expect(await stateOf(store)).toEqual({ open: [turn], waiting: [waiting], known: 0 });
    setRoom(database, 1000);
    await store.endTurn(ending);
    expect(await stateOf(store)).toEqual({ open: [], waiting: [waiting, waiting + 1], known: 1 });
    await store.close();
  });
});

describe("a store that another process holds locked", () => {
  test("says so, reads on, changes nothing, and writes when it is free again", async () => {
    const path = freshPath();
    const store = openSqlite(path, { busyTimeoutMs: 20 });
    const message = textFrom();
    const { turn } = await store.recordInbound(message);
    await using other = await lock(path);

    const results = await Promise.allSettled([
      store.recordInbound(textFrom()),
      store.endTurn(endingOf(turn, { texts: [newText({ state: "owed" })] })),
    ]);
    const meanwhile = await stateOf(store);
    await other.release();
    await store.endTurn(endingOf(turn, { texts: [newText({ state: "owed" })] }));

    const locked = "Cannot write to the database: another program holds it locked";
    expect(results.map((result) => String(Object(result).reason))).toEqual([
      expect.stringContaining(locked),
      expect.stringContaining(locked),
    ]);
    expect(meanwhile).toEqual({ open: [turn], waiting: [], known: 0 });
    expect(await stateOf(store)).toMatchObject({ open: [], waiting: [1] });
    await store.close();
  });

  test("waits for a short lock", async () => {
    const path = freshPath();
    const store = openSqlite(path);
    await using other = await lock(path);

    void other.releaseAfter(200);
    const claim = await store.recordInbound(textFrom());

    expect(claim.kind).toBe("new");
    await store.close();
  });
});

describe("a store whose clock jumps back", () => {
  test("keeps texts and consent in the order they came", async () => {
    const store = openSqlite(":memory:");
    const [ada, ours] = ["+15550001111", "+15550009999"];
    const first = await store.recordInbound(textFrom({ receivedAt: 9_000_000_000_000 }));
    const second = await store.recordInbound(textFrom({ receivedAt: 1 }));
    const late = { state: "owed", dueAt: 1 } as const;
    const [one] = await store.endTurn(
      endingOf(first.turn, { texts: [newText(late)], now: 9_000_000_000_000 }),
    );
    const isOpen = await store.openTurns();
    const [two] = await store.endTurn(endingOf(second.turn, { texts: [newText(late)], now: 1 }));
    const entry = { person: ada, number: ours, source: "STOP" };

    await store.recordConsent({ ...entry, records: "opted in", at: 9_000_000_000_000 });
    const waiting = await store.waitingFor(ada, ours);
    const due = await store.dueTexts(1, 9);
    await store.recordConsent({ ...entry, records: "opted out", at: 1 });

    expect(isOpen.map(({ turn }) => turn)).toEqual([second.turn]);
    expect(waiting.map(({ id }) => id)).toEqual([one?.id ?? 0, two?.id ?? 0]);
    expect(due.map(({ id }) => id)).toEqual([one?.id ?? 0]);
    expect(await store.isOptedOut(ada, ours)).toBe(true);
    await store.close();
  });
});

const ALONE = ["unshare", ...(process.getuid?.() === 0 ? [] : ["-r"]), "--mount"];
const canMount = Bun.which("unshare") && Bun.spawnSync([...ALONE, "true"]).exitCode === 0;
if (!canMount)
  process.stdout.write("the store on a full disk was not tried: it needs the right to unshare\n");

describe.if(Boolean(canMount))("a store on a disk that fills up", () => {
  test("loses no text that it took, tells of each that it did not, and goes on with room", () => {
    const disk = join(directory, "disk");
    mkdirSync(disk);
    const mounted = `mount -t tmpfs -o size=3m tmpfs ${disk} && exec "$@"`;
    const program = [process.execPath, join(PROGRAMS, "fill-disk.ts"), disk];

    const { stdout, stderr } = Bun.spawnSync([...ALONE, "sh", "-c", mounted, "sh", ...program]);

    expect(stderr.toString()).toBe("");
    expect(JSON.parse(stdout.toString())).toEqual({
      failures: ["Cannot write to the database: the disk is full"],
      hasTakenSome: true,
      lost: 0,
      lostAfterReopening: 0,
      takesAgain: "new",
      integrity: "ok",
    });
  });
});

let files = 0;

function freshPath(): string {
  files += 1;
  return join(directory, `${files}.db`);
}

/** A store and, beside it, what the disk leaves it. */
async function openSmall() {
  const path = freshPath();
  await openSqlite(path).close();
  const database = new Database(path, { strict: true });
  return { database, store: createStore(new Connection(database)) };
}

function setRoom(database: Database, pages: number): void {
  const used = database.query<{ page_count: number }, []>("PRAGMA page_count").get();
  database.run(`PRAGMA max_page_count = ${(used?.page_count ?? 0) + pages}`);
}

async function stateOf(store: ReturnType<typeof createStore>) {
  const [open, waiting, { own }] = await Promise.all([
    store.openTurns(),
    store.waitingFor("+15550001111", "+15550009999"),
    store.recall("+15550001111", "aiml"),
  ]);
  return {
    open: open.map(({ turn }) => turn),
    waiting: waiting.map(({ id }) => id),
    known: own.size,
  };
}

/** Has another process hold the database until it is told to let go. */
async function lock(path: string) {
  const child = Bun.spawn([process.execPath, join(PROGRAMS, "lock.ts"), path], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  await child.stdout.getReader().read();

  async function release(): Promise<void> {
    await child.stdin.end();
    await child.exited;
  }

  async function releaseAfter(ms: number): Promise<void> {
    child.stdin.write(String(ms));
    await release();
  }

  return { release, releaseAfter, [Symbol.asyncDispose]: release };
}

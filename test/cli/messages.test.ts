import { expect, test } from "bun:test";
import { join } from "node:path";
import { runCli } from "../../src/cli/cli.ts";
import { createDatabase, NOON } from "../fakes/database.ts";
import { createDesk } from "../fakes/io.ts";

const BEN = "+15550002222";

test("messages prints a table, newest last, and below what failed why", async () => {
  using desk = createDesk();
  const { path, addReceived, addSent } = createDatabase();
  addReceived();
  addSent({ at: NOON + 1_000 });
  addReceived({ at: NOON + 2_000, outcome: "fallback", reason: "The bot took over 10 s" });
  addSent({ at: NOON + 3_000, status: "undelivered", errorCode: 30034 });

  const exitCode = await runCli(["messages", "--database", path], desk.env, desk.io);

  expect(exitCode).toBe(0);
  expect(desk.stdout().split("\n")).toEqual([
    "TIME (UTC)                PERSON        STATE          SEGMENTS  COST    TEXT",
    "2026-03-02 12:00:00  in   +15550001111  answered                         hello",
    "2026-03-02 12:00:01  out  +15550001111  delivered      1         $0.015  Hi there!",
    "2026-03-02 12:00:02  in   +15550001111  fallback                         hello",
    "    The bot took over 10 s",
    "2026-03-02 12:00:03  out  +15550001111  not delivered  1         $0.015  Hi there!",
    "    Your US number is not registered for A2P 10DLC, so carriers block it (Twilio's error 30034)",
    "",
  ]);
  expect(desk.stderr()).toBe("");
});

test.each([
  [{ state: "answered", status: "unknown" }, "given in the webhook's answer"],
  [{ state: "owed" }, "waiting to be sent"],
  [{ state: "owed", attempts: 1 }, "waiting to be sent again"],
  [{ state: "sending" }, "being sent"],
  [{ state: "uncertain" }, "looked for at Twilio"],
  [{ state: "kept" }, "kept for the next text"],
  [{ state: "held" }, "held until they ask for more"],
  [{ state: "failed" }, "not delivered"],
  [{ state: "dropped" }, "not sent"],
  [{ status: "queued" }, "with Twilio"],
  [{ status: "sent" }, "with the carrier"],
  [{ status: "undelivered" }, "not delivered"],
  [{ status: "delivered" }, "delivered"],
  [{ status: "read" }, "read"],
])("messages says of a text of ours that is %j: %s", async (changes, words) => {
  using desk = createDesk();
  const { path, addSent } = createDatabase();
  addSent(changes);

  await runCli(["messages", "--limit", "1", "--database", path], desk.env, desk.io);

  expect(desk.stdout()).toMatch(new RegExp(`  ${words} +1  `));
});

test.each([
  [{ outcome: "open" }, "open "],
  [{ outcome: "silence", reason: "muted" }, "silence: muted "],
  [{ media: '[{"url":"u","contentType":"c"}]', text: "look" }, "[1 file] look\n"],
  [{ text: "" }, "[empty]\n"],
])("messages says of a person's text with %j: %s", async (changes, words) => {
  using desk = createDesk();
  const { path, addReceived } = createDatabase();
  addReceived(changes);

  await runCli(["messages", "--database", path], desk.env, desk.io);

  expect(desk.stdout()).toInclude(`  ${words}`);
});

test("messages lets no text work on the terminal, and shows the first part of a long one", async () => {
  using desk = createDesk();
  const { path, addReceived } = createDatabase();
  addReceived({ text: "\u001B[2Jone\r\ntwo\u0007\u009B3J\u202Ethree\u2028four" });
  addReceived({ text: "🙂".repeat(60) });

  await runCli(["messages", "--database", path], desk.env, desk.io);

  expect(desk.stdout()).toInclude("  [2Jone two 3J three four\n");
  expect(desk.stdout()).toInclude(`  ${"🙂".repeat(49)}…\n`);
  expect(desk.stdout()).not.toMatch(/[^\P{Cc}\n]/u);
});

test("messages --json prints an object a line with all that is known, and nothing for a terminal", async () => {
  using desk = createDesk();
  const { path, addReceived, addSent } = createDatabase();
  const turn = addReceived({ text: "\u001B[2J\u009B\u007F\u202E🙂" });
  addSent({ turn, status: "failed", errorCode: 21610 });

  await runCli(["messages", "--json", "--database", path], desk.env, desk.io);

  const [received = "", sent = "", end] = desk.stdout().split("\n");
  expect(end).toBe("");
  expect(JSON.parse(received)).toMatchObject({
    direction: "in",
    at: "2026-03-02T12:00:00.000Z",
    text: "\u001B[2J\u009B\u007F\u202E🙂",
    media: [],
    outcome: "reply",
    endedAt: "2026-03-02T12:00:00.001Z",
    error: null,
  });
  expect(JSON.parse(sent)).toMatchObject({
    direction: "out",
    turn,
    errorCode: 21610,
    attemptedAt: null,
    error: expect.stringContaining("replied STOP"),
  });
  expect(desk.stdout()).not.toMatch(/[^\P{Cc}\n]|\u202E/u);
});

test("messages NUMBER shows that person's, on WhatsApp too", async () => {
  using desk = createDesk();
  const { path, addReceived } = createDatabase();
  addReceived();
  addReceived({ person: `whatsapp:${BEN}` });

  await runCli(["messages", BEN, "--database", path], desk.env, desk.io);

  expect(desk.stdout()).toInclude(`whatsapp:${BEN}`);
  expect(desk.stdout()).not.toInclude("+15550001111");
});

test("messages --failed shows what failed and what has waited for over a minute", async () => {
  using desk = createDesk();
  const { path, addReceived, addSent } = createDatabase();
  addReceived();
  addSent({ text: "blocked", status: "undelivered", errorCode: 30034 });
  addSent({ text: "forgotten", state: "owed", status: "unknown" });
  addSent({ text: "just made", state: "owed", status: "unknown", at: Date.now() });

  await runCli(["messages", "--failed", "--database", path], desk.env, desk.io);

  expect(desk.stdout()).toMatch(/blocked\n.+\n.+forgotten\n$/);
  expect(desk.stdout()).not.toInclude("hello");
});

test("messages shows the latest 20, or as many as --limit says", async () => {
  using usual = createDesk();
  using limited = createDesk();
  const { path, addReceived } = createDatabase();
  for (let at = NOON; at < NOON + 25; at += 1) addReceived({ at, text: `text ${at - NOON}` });

  await runCli(["messages", "--database", path], usual.env, usual.io);
  await runCli(["messages", "--limit", "1"], { ...limited.env, DATABASE_URL: path }, limited.io);

  const texts = Array.from({ length: 20 }, (_, index) => `text ${index + 5}`);
  expect(usual.stdout().replaceAll(/^.+ {2}/gm, "")).toBe(["TEXT", ...texts, ""].join("\n"));
  expect(limited.stdout()).toEndWith("  text 24\n");
});

test("messages takes the database beside the program where none is named", async () => {
  using desk = createDesk();
  const { database, addReceived } = createDatabase();
  addReceived();
  database.query<unknown, [string]>("VACUUM INTO ?").run(join(desk.io.homeDir, "botline.db"));

  const exitCode = await runCli(["messages"], desk.env, desk.io);

  expect(exitCode).toBe(0);
  expect(desk.stdout()).toInclude("hello");
});

test("messages says so where there are none", async () => {
  using desk = createDesk();
  const { path } = createDatabase();

  const exitCode = await runCli(["messages", BEN, "--database", path], desk.env, desk.io);

  expect(exitCode).toBe(0);
  expect(desk.stdout()).toBe("");
  expect(desk.stderr()).toBe("(no messages)\n");
});

test("messages fails in words without a database", async () => {
  using desk = createDesk();

  const exitCode = await runCli(["messages"], desk.env, desk.io);

  expect(exitCode).toBe(1);
  expect(desk.stderr()).toStartWith(
    `Cannot open the database ${join(desk.io.homeDir, "botline.db")}: expected a file, found no such file\n`,
  );
});

test.each(["0", "-1", "many", "1.5", "100001"])("messages refuses --limit=%s", async (limit) => {
  using desk = createDesk();

  const exitCode = await runCli(["messages", `--limit=${limit}`], desk.env, desk.io);

  expect(exitCode).toBe(2);
  expect(desk.stderr()).toBe(
    `Cannot read --limit: expected a whole number from 1 to 100000, found "${limit}"\n`,
  );
});

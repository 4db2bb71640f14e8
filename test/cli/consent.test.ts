import { expect, test } from "bun:test";
import { join } from "node:path";
import { runCli } from "../../src/cli/cli.ts";
import { createDatabase, NOON } from "../fakes/database.ts";
import { createDesk } from "../fakes/io.ts";

const ADA = "+15550001111";
const OURS = "+15550009999";

test("consent prints the ledger as a table, oldest first", async () => {
  using desk = createDesk();
  const { path, addConsent } = createDatabase();
  addConsent();
  addConsent({ at: NOON + 1_000, records: "opted in", source: "text\u001B[2J START" });

  const exitCode = await runCli(["consent", "--database", path], desk.env, desk.io);

  expect(exitCode).toBe(0);
  expect(desk.stdout().split("\n")).toEqual([
    "TIME (UTC)           RECORDS    PERSON                 NUMBER                 SOURCE",
    "2026-03-02 12:00:00  opted out  +15550001111           +15550009999           text STOP",
    "2026-03-02 12:00:01  opted in   +15550001111           +15550009999           text [2J START",
    "",
  ]);
});

test("consent --json prints an object a line", async () => {
  using desk = createDesk();
  const { path, addConsent } = createDatabase();
  addConsent();

  await runCli(["consent", "--json", "--database", path], desk.env, desk.io);

  expect(desk.stdout()).toBe(
    `{"at":"2026-03-02T12:00:00.000Z","records":"opted out","person":"${ADA}","number":"${OURS}","source":"text STOP"}\n`,
  );
});

test("consent --csv prints names, then values, quoted where they must be", async () => {
  using desk = createDesk();
  const { path, addConsent } = createDatabase();
  addConsent();
  addConsent({ source: 'text "STOP", please' });

  await runCli(["consent", "--csv", "--database", path], desk.env, desk.io);

  expect(desk.stdout()).toBe(
    [
      "at,records,person,number,source\n",
      `2026-03-02T12:00:00.000Z,opted out,${ADA},${OURS},text STOP\n`,
      `2026-03-02T12:00:00.000Z,opted out,${ADA},${OURS},"text ""STOP"", please"\n`,
    ].join(""),
  );
});

test("consent prints all of a long ledger", async () => {
  using desk = createDesk();
  const { path, database, addConsent } = createDatabase();
  database.run("BEGIN");
  for (let at = 0; at < 2_500; at += 1) addConsent({ at });
  database.run("COMMIT");

  await runCli(["consent", "--csv", "--database", path], desk.env, desk.io);

  expect(desk.stdout().split("\n")).toHaveLength(2_502);
});

test("consent ends when it is told to", async () => {
  using desk = createDesk();
  const { path, addConsent } = createDatabase();
  addConsent();
  desk.interrupt();

  const exitCode = await runCli(["consent", "--database", path], desk.env, desk.io);

  expect(exitCode).toBe(1);
  expect(desk.stderr()).toBe("interrupted by SIGTERM\n");
});

test("consent NUMBER shows that person's part", async () => {
  using desk = createDesk();
  const { path, addConsent } = createDatabase();
  addConsent();
  addConsent({ person: "whatsapp:+15550002222" });

  await runCli(["consent", "+15550002222", "--database", path], desk.env, desk.io);

  expect(desk.stdout()).toInclude("whatsapp:+15550002222");
  expect(desk.stdout()).not.toInclude(ADA);
});

test("consent refuses two formats at once", async () => {
  using desk = createDesk();

  const exitCode = await runCli(["consent", "--json", "--csv"], desk.env, desk.io);

  expect(exitCode).toBe(2);
  expect(desk.stderr()).toBe("Cannot use --csv: expected one format, found --json too\n");
});

test("consent prints names alone where nobody has opted out or in", async () => {
  using desk = createDesk();
  const { path } = createDatabase();

  const exitCode = await runCli(["consent", "--csv", "--database", path], desk.env, desk.io);

  expect(exitCode).toBe(0);
  expect(desk.stdout()).toBe("at,records,person,number,source\n");
});

test("consent writes nothing and fails in words without a database", async () => {
  using desk = createDesk();

  const exitCode = await runCli(["consent", "--csv"], desk.env, desk.io);

  expect(exitCode).toBe(1);
  expect(desk.stdout()).toBe("");
  expect(desk.stderr()).toStartWith(
    `Cannot open the database ${join(desk.io.homeDir, "botline.db")}: expected a file`,
  );
});

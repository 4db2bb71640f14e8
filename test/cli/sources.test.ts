import { expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createServerLog, readAppSettings } from "../../src/cli/sources.ts";
import { createDesk } from "../fakes/io.ts";

test("readAppSettings() takes a flag before the environment before .env", async () => {
  using desk = createDesk();
  writeFileSync(join(desk.io.cwd, ".env"), "PORT=1\nBOT_TIMEOUT_MS=1\nLOG_LEVEL=debug\n");

  const { values, origins } = await readAppSettings({
    given: { PORT: "3" },
    env: { PORT: "2", BOT_TIMEOUT_MS: "2" },
    io: desk.io,
  });

  expect(values).toMatchObject({ PORT: 3, BOT_TIMEOUT_MS: 2, LOG_LEVEL: "debug" });
  expect(origins).toMatchObject({ PORT: "flag", BOT_TIMEOUT_MS: "environment", LOG_LEVEL: ".env" });
});

test("readAppSettings() reads quotes and comments in .env", async () => {
  using desk = createDesk();
  writeFileSync(
    join(desk.io.cwd, ".env"),
    '# words\nexport FALLBACK_REPLY="one moment" # please\n',
  );

  const { values } = await readAppSettings({ given: {}, env: {}, io: desk.io });

  expect(values.FALLBACK_REPLY).toBe("one moment");
});

test("readAppSettings() reads a secret from a file beside .env", async () => {
  using desk = createDesk();
  writeFileSync(join(desk.io.cwd, "token"), "0123456789abcdef\n");

  const { values, origins } = await readAppSettings({
    given: {},
    env: { TWILIO_AUTH_TOKEN_FILE: "token" },
    io: desk.io,
  });

  expect(values.TWILIO_AUTH_TOKEN).toEqual(["0123456789abcdef"]);
  expect(origins["TWILIO_AUTH_TOKEN"]).toBe("file token");
});

test("readAppSettings() says when .env cannot be read", async () => {
  using desk = createDesk();
  mkdirSync(join(desk.io.cwd, ".env"));

  const read = readAppSettings({ given: {}, env: {}, io: desk.io });

  expect(read).rejects.toThrow(
    `Cannot read ${join(desk.io.cwd, ".env")}: expected a file you may read`,
  );
});

test("readAppSettings() passes over a problem in what does not matter", async () => {
  using desk = createDesk();
  const env = { PORT: "80a", TWILIO_AUTH_TOKEN_FILE: "/nowhere", LOG_LEVEL: "warn" };

  const { values } = await readAppSettings(
    { given: {}, env, io: desk.io },
    (name) => name === "LOG_LEVEL",
  );

  expect(values).toMatchObject({ PORT: 3000, LOG_LEVEL: "warn" });
});

test.each([
  ["auto", true, /^\d\d:\d\d:\d\dZ info {2}hello\n$/],
  ["auto", false, /^\{.*"event":"hello"\}\n$/],
  ["text", false, /^\d\d:\d\d:\d\dZ info {2}hello\n$/],
  ["json", true, /^\{.*"event":"hello"\}\n$/],
])("createServerLog() with LOG_FORMAT=%s on a terminal: %p", async (format, isTerminal, wanted) => {
  using desk = createDesk({ isTerminal });
  const { values } = await readAppSettings({
    given: {},
    env: { LOG_FORMAT: format },
    io: desk.io,
  });

  createServerLog(values, desk.io).info("hello");

  expect(desk.stderr()).toMatch(wanted);
});

import { expect, test } from "bun:test";
import { runCli } from "../../src/cli/cli.ts";
import { createDesk } from "../fakes/io.ts";

const TOKEN = "0123456789abcdef0123456789abcdef";

test("config prints each value with its unit and where it came from", async () => {
  using desk = createDesk();

  const exitCode = await runCli(["config", "--port", "4000"], { LOG_LEVEL: "warn" }, desk.io);

  expect(exitCode).toBe(0);
  expect(desk.stdout()).toMatch(/^PORT +4000 +flag$/m);
  expect(desk.stdout()).toMatch(/^LOG_LEVEL +warn +environment$/m);
  expect(desk.stdout()).toMatch(/^BOT_TIMEOUT_MS +\d+ ms +default$/m);
  expect(desk.stdout()).toMatch(/^PUBLIC_URL +- +not set$/m);
});

test("config makes an empty value and line ends visible", async () => {
  using empty = createDesk();
  using lines = createDesk();

  await runCli(["config"], { FALLBACK_REPLY: "" }, empty.io);
  await runCli(["config"], { FALLBACK_REPLY: "one\ntwo" }, lines.io);

  expect(empty.stdout()).toMatch(/^FALLBACK_REPLY +"" +environment$/m);
  expect(lines.stdout()).toMatch(/^FALLBACK_REPLY +"one\\ntwo" +environment$/m);
});

test.each([[[]], [["--json"]]])("config masks secrets with flags %j", async (flags) => {
  using desk = createDesk();
  const env = { TWILIO_AUTH_TOKEN: `${TOKEN},short`, PANDORABOTS_USER_KEY: TOKEN };

  const exitCode = await runCli(["config", ...flags], env, desk.io);

  expect(exitCode).toBe(0);
  expect(desk.stdout()).toInclude("••••ef");
  expect(desk.stdout()).not.toInclude("cdef");
  expect(desk.stdout()).not.toInclude("••••rt");
});

test.each([[[]], [["--json"]]])("config masks a URL's password with flags %j", async (flags) => {
  using desk = createDesk();
  const env = { PUBLIC_URL: "https://ada:pass@bot.example.com/sms?to=a@b" };

  await runCli(["config", ...flags], env, desk.io);

  expect(desk.stdout()).toInclude("https://…@bot.example.com/sms?to=a@b");
  expect(desk.stdout()).not.toInclude("pass@");
});

test("config repeats no URL's password in an error", async () => {
  using desk = createDesk();

  await runCli(["config"], { PUBLIC_URL: "ftp://ada:pass@bot.example.com" }, desk.io);

  expect(desk.stderr()).toInclude('found "ftp://…@bot.example.com"');
});

test("config --json prints every setting as an object", async () => {
  using desk = createDesk();

  const exitCode = await runCli(["config", "--json"], { PORT: "4000" }, desk.io);

  expect(exitCode).toBe(0);
  const rows: unknown = JSON.parse(desk.stdout());
  expect(rows).toContainEqual({
    name: "PORT",
    value: 4000,
    from: "environment",
    help: expect.any(String),
  });
  expect(rows).toContainEqual(expect.objectContaining({ name: "PUBLIC_URL", value: null }));
});

test("config names all problems at once and repeats no secret", async () => {
  using desk = createDesk();
  const env = { PORT: "80a", LOG_LEVEL: "loud", TWILIO_AUTH_TOKEN: "se cret" };

  const exitCode = await runCli(["config"], env, desk.io);

  expect(exitCode).toBe(1);
  expect(desk.stderr()).toInclude(
    'Cannot read PORT: expected a whole number from 0 to 65535, found "80a"',
  );
  expect(desk.stderr()).toInclude("Cannot read LOG_LEVEL");
  expect(desk.stderr()).toInclude("Cannot read TWILIO_AUTH_TOKEN");
  expect(desk.stderr()).not.toInclude("se cret");
  expect(desk.stdout()).toBe("");
});

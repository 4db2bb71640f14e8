import { expect, test } from "bun:test";
import { readAppSettings } from "../../src/cli/sources.ts";
import { tryOut } from "../../src/cli/trying-out.ts";
import { hintOf, SettingsError } from "../../src/errors.ts";
import { createDesk } from "../fakes/io.ts";

async function read(env: Readonly<Record<string, string>>) {
  using desk = createDesk();
  return await readAppSettings({ given: {}, env, io: desk.io });
}

test("tryOut() listens on loopback alone, with a token of its own for every run", async () => {
  const settings = await read({});

  const [first, second] = [tryOut(settings), tryOut(settings)];

  expect(first.settings.HOST).toBe("127.0.0.1");
  expect(first.settings.TWILIO_AUTH_TOKEN).toEqual([first.token]);
  expect(first.token).toMatch(/^[0-9a-f]{32}$/);
  expect(first.token).not.toBe(second.token);
});

test("tryOut() keeps the loopback address it was given", async () => {
  const settings = await read({ HOST: "localhost" });

  const { HOST } = tryOut(settings).settings;

  expect(HOST).toBe("localhost");
});

test.each([
  [{ HOST: "0.0.0.0" }, "Cannot listen on 0.0.0.0", "leave HOST away"],
  [{ HOST: "192.168.1.2" }, "Cannot listen on 192.168.1.2", "leave HOST away"],
  [
    { PUBLIC_URL: "https://bot.example.com" },
    "Cannot serve at PUBLIC_URL",
    "leave PUBLIC_URL away",
  ],
  [{ FLY_APP_NAME: "bot" }, "Cannot serve on Fly.io", "fly secrets set TWILIO_AUTH_TOKEN=…"],
])("tryOut() refuses %j: it is meant to be in service", async (env, message, hint) => {
  const settings = await read(env);

  const error = toError(() => tryOut(settings));

  expect(error).toBeInstanceOf(SettingsError);
  expect(error).toHaveProperty("message", expect.stringContaining(message));
  expect(hintOf(error)).toInclude(hint);
});

test("tryOut() names every problem at once", async () => {
  const settings = await read({ HOST: "0.0.0.0", PUBLIC_URL: "https://bot.example.com" });

  const error = toError(() => tryOut(settings));

  expect(error).toHaveProperty(
    "message",
    expect.stringMatching(/PUBLIC_URL[^\n]*\n[^\n]*0\.0\.0\.0/),
  );
});

function toError(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

import { describe, expect, test } from "bun:test";
import { canSend, readCredentials } from "../../../src/channels/twilio/credentials.ts";
import { SettingsError } from "../../../src/errors.ts";

const ACCOUNT = `AC${"a".repeat(32)}`;
const KEY = `SK${"b".repeat(32)}`;

const NONE = {
  TWILIO_ACCOUNT_SID: undefined,
  TWILIO_AUTH_TOKEN: undefined,
  TWILIO_API_KEY: undefined,
  TWILIO_API_SECRET: undefined,
};

describe("readCredentials()", () => {
  test("takes the account and its token", () => {
    const settings = { ...NONE, TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_AUTH_TOKEN: ["token"] };

    expect(readCredentials(settings)).toEqual({
      accountSid: ACCOUNT,
      logins: [{ username: ACCOUNT, password: "token" }],
    });
  });

  test("takes both tokens while the token is being changed", () => {
    const settings = { ...NONE, TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_AUTH_TOKEN: ["old", "new"] };

    expect(readCredentials(settings)?.logins.map(({ password }) => password)).toEqual([
      "old",
      "new",
    ]);
  });

  test("takes the API key where there is one, and no token beside it", () => {
    const settings = {
      TWILIO_ACCOUNT_SID: ACCOUNT,
      TWILIO_AUTH_TOKEN: ["token"],
      TWILIO_API_KEY: KEY,
      TWILIO_API_SECRET: "hush",
    };

    expect(readCredentials(settings)).toEqual({
      accountSid: ACCOUNT,
      logins: [{ username: KEY, password: "hush" }],
    });
  });

  test.each([
    ["a key without its secret", { TWILIO_API_KEY: KEY }, "no TWILIO_API_SECRET"],
    ["a secret without its key", { TWILIO_API_SECRET: "hush" }, "no TWILIO_API_KEY"],
    [
      "a key without its account",
      { TWILIO_API_KEY: KEY, TWILIO_API_SECRET: "hush", TWILIO_ACCOUNT_SID: undefined },
      "no TWILIO_ACCOUNT_SID",
    ],
  ])("refuses %s, and says what is missing but no secret", (_, changes, missing) => {
    const settings = { ...NONE, TWILIO_ACCOUNT_SID: ACCOUNT, ...changes };

    const read = () => readCredentials(settings);

    expect(read).toThrow(SettingsError);
    expect(read).toThrow(missing);
    expect(read).not.toThrow("hush");
  });
});

describe("canSend()", () => {
  test.each([
    ["nothing", {}, false],
    ["a token alone: nobody knows of which account", { TWILIO_AUTH_TOKEN: ["token"] }, false],
    ["an account alone", { TWILIO_ACCOUNT_SID: ACCOUNT }, false],
    ["an account and a token", { TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_AUTH_TOKEN: ["t"] }, true],
    [
      "an account and a key",
      { TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_API_KEY: KEY, TWILIO_API_SECRET: "hush" },
      true,
    ],
  ])("with %s", (_, changes, expected) => {
    expect(canSend({ ...NONE, ...changes })).toBe(expected);
  });
});

import { describe, expect, test } from "bun:test";
import { Type } from "@sinclair/typebox";
import { SettingsError } from "../src/errors.ts";
import { flagOf, readSettings, type SettingsTable } from "../src/settings.ts";

const table = {
  PORT: {
    schema: Type.Integer({ minimum: 0, maximum: 65535 }),
    wanted: "a whole number from 0 to 65535",
    help: "Where it listens",
    default: 3000,
  },
  TOKEN: {
    schema: Type.Array(Type.String({ minLength: 1 }), { maxItems: 2 }),
    wanted: "one or two tokens",
    help: "Who may",
    secret: true,
    emptyCounts: true,
  },
  RECENT: { schema: Type.Boolean(), wanted: "true or false", help: "Whether", default: true },
  REPLY: {
    schema: Type.String(),
    wanted: "a text",
    help: "What",
    default: "Sorry",
    emptyCounts: true,
    flag: "say",
  },
} as const satisfies SettingsTable;

describe("readSettings()", () => {
  test("takes defaults where nothing is set, and says so", () => {
    const { values, origins } = readSettings(table, []);

    expect(values).toEqual({ PORT: 3000, TOKEN: undefined, RECENT: true, REPLY: "Sorry" });
    expect(origins).toEqual({
      PORT: "default",
      TOKEN: "not set",
      RECENT: "default",
      REPLY: "default",
    });
  });

  test("takes the strongest source that has a value, and says which", () => {
    const { values, origins } = readSettings(table, [
      { origin: "flag", values: { PORT: "1" } },
      { origin: "environment", values: { PORT: "2", RECENT: "no" } },
      { origin: ".env", values: { PORT: "3", RECENT: "yes", TOKEN: " a , b " } },
    ]);

    expect(values).toEqual({ PORT: 1, TOKEN: ["a", "b"], RECENT: false, REPLY: "Sorry" });
    expect(origins).toMatchObject({ PORT: "flag", RECENT: "environment", TOKEN: ".env" });
  });

  test("counts an empty value as not set, but where it says something", () => {
    const { values } = readSettings(table, from({ PORT: "", REPLY: "" }));

    expect(values).toMatchObject({ PORT: 3000, REPLY: "" });
  });

  test("gathers every problem into one error", () => {
    const read = () => readSettings(table, from({ PORT: "80a", RECENT: "maybe", TOKEN: "" }));

    expect(read).toThrow(SettingsError);
    expect(read).toThrow(
      [
        'Cannot read PORT: expected a whole number from 0 to 65535, found "80a"',
        "Cannot read TOKEN: expected one or two tokens, found 0 characters",
        'Cannot read RECENT: expected true or false, found "maybe"',
      ].join("\n"),
    );
  });

  test.each(["-1", "65536", "1.5", "1e3", "0x50", " ", "NaN", "١"])("refuses PORT=%p", (text) => {
    expect(() => readSettings(table, from({ PORT: text }))).toThrow("Cannot read PORT");
  });

  test("never repeats a secret, not even a wrong one", () => {
    const read = () => readSettings(table, from({ TOKEN: "abc,def,ghi" }));

    expect(read).toThrow("found 11 characters");
    expect(read).not.toThrow("abc");
  });

  test("reads a secret from the file that NAME_FILE names, without its last line end", () => {
    const read = readSettings(table, from({ TOKEN_FILE: "/run/token" }), () => "abc\n");

    expect(read.values.TOKEN).toEqual(["abc"]);
    expect(read.origins["TOKEN"]).toBe("file /run/token");
  });

  test("says which file it could not read", () => {
    expect(() => readSettings(table, from({ TOKEN_FILE: "/nowhere" }))).toThrow(
      'Cannot read TOKEN_FILE: expected a readable file, found "/nowhere"',
    );
  });

  test("takes NAME_FILE where NAME is empty and that counts as not set", () => {
    const read = readSettings(table, from({ PORT: "", PORT_FILE: "/run/port" }), () => "4000");

    expect(read.values.PORT).toBe(4000);
  });

  test("refuses NAME and NAME_FILE together", () => {
    const sources = from({ TOKEN: "abc", TOKEN_FILE: "/run/token" });

    expect(() => readSettings(table, sources)).toThrow(
      "Cannot choose between TOKEN and TOKEN_FILE",
    );
  });
});

describe("flagOf()", () => {
  test("is the setting's name in kebab-case, or its own", () => {
    expect(flagOf("BOT_TIMEOUT_MS", table.PORT)).toBe("bot-timeout-ms");
    expect(flagOf("REPLY", table.REPLY)).toBe("say");
  });
});

function from(values: Record<string, string>) {
  return [{ origin: "environment", values }];
}

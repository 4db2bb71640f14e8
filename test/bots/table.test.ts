import { describe, expect, test } from "bun:test";
import { botKinds, createBot } from "../../src/bots/table.ts";
import { SettingsError } from "../../src/errors.ts";
import { silentLog } from "../../src/log.ts";
import { readSettings, type SettingsTable } from "../../src/settings.ts";
import { settled } from "../fakes/failure.ts";
import { byAccount } from "../fakes/pandorabots.ts";
import { createPerson } from "../fakes/person.ts";

describe("createBot()", () => {
  test.each(["echo", " echo ", "echo:"])(
    "makes the bot of the kind that %p names",
    async (spec) => {
      const bot = await createBot(spec, options());

      expect(await createPerson().say(bot, "Hi")).toBe("Hi");
    },
  );

  test("hands on what follows the colon", async () => {
    expect((await createBot("pandorabots:bertram", options())).name).toBe("pandorabots:bertram");
  });

  test("parts at the first colon alone, for the argument may be a path", async () => {
    const creating = createBot("pandorabots:C:/bots/mine", options());

    await expect(creating).rejects.toThrow('found "C:/bots/mine"');
  });

  test.each([
    ["pandorabot:alice", "pandorabot", "pandorabots"],
    ["ecko", "ecko", "echo"],
    ["Echo", "Echo", "echo"],
  ])("refuses %p with the kinds there are and the nearest one", async (spec, found, nearest) => {
    const refusal = await settled(createBot(spec, options()));

    expect(refusal).toBeInstanceOf(SettingsError);
    expect(refusal).toMatchObject({
      message: `Cannot read BOT: expected one of ${names().join(", ")}, found "${found}"`,
      hint: `Did you mean "${nearest}"?`,
    });
  });
});

describe("botKinds", () => {
  test("has every name once, without the colon that parts it from its argument", () => {
    expect(new Set(names()).size).toBe(names().length);
    expect(names().join()).not.toContain(":");
  });

  test("has no setting of one kind under the name of another's", () => {
    const settings = botKinds.flatMap((kind) => Object.keys(kind.settings));

    expect(new Set(settings).size).toBe(settings.length);
  });

  test.each(botKinds.map((kind) => [kind.name, kind] as const))(
    "%s tells in one line what it is",
    (_, kind) => {
      expect(kind.summary).toMatch(/^[^\n]{10,90}[^.\n]$/);
    },
  );
});

function names(): string[] {
  return botKinds.map((kind) => kind.name);
}

/** As the app calls it: with the settings of every kind. */
function options() {
  const table: SettingsTable = Object.assign({}, ...botKinds.map(({ settings }) => settings));
  const { values } = readSettings(table, [{ origin: "environment", values: byAccount }]);
  return { settings: values, log: silentLog };
}

import { describe, expect, test } from "bun:test";
import packageFile from "../../package.json";
import { reportCrash, runCli } from "../../src/cli/cli.ts";
import { commands } from "../../src/cli/table.ts";
import { createDesk } from "../fakes/io.ts";

describe("runCli()", () => {
  test.each([["version"], ["--version"], ["-v"], ["-V"]])(
    "%s prints the version alone",
    async (word) => {
      using desk = createDesk();

      const exitCode = await runCli([word], desk.env, desk.io);

      expect(exitCode).toBe(0);
      expect(desk.stdout()).toBe(`${packageFile.version}\n`);
    },
  );

  test.each([["help"], ["--help"], ["-h"]])("%s names every command", async (word) => {
    using desk = createDesk();

    const exitCode = await runCli([word], desk.env, desk.io);

    expect(exitCode).toBe(0);
    for (const { name, summary } of commands)
      expect(desk.stdout()).toMatch(new RegExp(`^ {2}${name} +${summary}$`, "m"));
  });

  test.each(commands.map(({ name }) => [name]))("help %s says what --help says", async (name) => {
    using asked = createDesk();
    using flagged = createDesk();

    const exitCodes = [
      await runCli(["help", name], asked.env, asked.io),
      await runCli([name, "--help"], flagged.env, flagged.io),
    ];

    expect(exitCodes).toEqual([0, 0]);
    expect(asked.stdout()).toStartWith(`botline ${name}: `);
    expect(asked.stdout()).toBe(flagged.stdout());
  });

  test("runCli() shows help instead of running when -h comes among other flags", async () => {
    using desk = createDesk();

    const exitCode = await runCli(["text", "--from", "+15550002222", "-h"], desk.env, desk.io);

    expect(exitCode).toBe(0);
    expect(desk.stdout()).toInclude("Usage: botline text TEXT [FLAGS]");
  });

  test("runCli() takes flags without a command for serve's", async () => {
    using desk = createDesk();

    const exitCode = await runCli(["--port", "80a"], desk.env, desk.io);

    expect(exitCode).toBe(1);
    expect(desk.stderr()).toInclude(
      'Cannot read PORT: expected a whole number from 0 to 65535, found "80a"',
    );
  });

  test.each([
    [["tex", "hello"], 'Cannot run "tex"', "Did you mean text?"],
    [["constructor"], 'Cannot run "constructor"', "See: botline help"],
    [[""], 'Cannot run ""', "See: botline help"],
    [["help", "sreve"], 'Cannot run "sreve"', "Did you mean serve?"],
    [["--prot", "4000"], "Cannot read --prot: no such flag", "Did you mean --port?"],
    [["text", "hello", "--form", "x"], "Cannot read --form: no such flag", "Did you mean --from?"],
    [["chat", "--constructor"], "Cannot read --constructor: no such flag", "See: botline help"],
    [["chat", "--no-json"], "Cannot read --no-json: no such flag", "See: botline help"],
    [["text", "-hello"], "Cannot read -e: no such flag", 'Words that begin with "-" go after "--"'],
    [["serve", "--port"], "Cannot read --port: expected a value, found nothing", ""],
    [
      ["serve", "--port", "--bot", "echo"],
      "Cannot read --port: expected a value, found another flag",
      "--port=VALUE",
    ],
    [["text", "hi", "--from="], "Cannot read --from: expected NUMBER, found an empty", "Who texts"],
    [["serve", "--port", ""], "Cannot read --port: expected VALUE, found an empty", "listens"],
    [["version", "x"], 'Cannot use "x": version takes no words\n', "botline version"],
    [["help", "a", "b"], 'Cannot use "b": help takes COMMAND alone\n', "botline help"],
    [["chat", "--json=yes"], 'Cannot read --json: expected no value, found "yes"', ""],
    [["serve", "4000"], 'Cannot use "4000": serve takes no words', "For example: botline serve"],
    [["text", "hello", "there"], 'Cannot use "there": text takes TEXT', 'botline text "hello"'],
    [["text"], "Cannot run text: expected TEXT, found nothing", 'botline text "hello"'],
    [["serve", "--twilio-auth-token", "x"], "Cannot read --twilio-auth-token: no such flag", ""],
  ])("runCli() refuses %j with exit code 2", async (argv, message, hint) => {
    using desk = createDesk();

    const exitCode = await runCli(argv, desk.env, desk.io);

    expect(exitCode).toBe(2);
    expect(desk.stderr()).toInclude(message);
    expect(desk.stderr()).toInclude(hint);
    expect(desk.stdout()).toBe("");
  });
});

describe("reportCrash()", () => {
  test("writes one JSON line without phone numbers", () => {
    const written: string[] = [];
    const stderr = { isTTY: false, write: (text: string) => void written.push(text) };

    reportCrash(new Error("no route for +15550001111"), stderr);

    const line = JSON.parse(written.join(""));
    expect(line).toMatchObject({
      level: "error",
      event: "program.crashed",
      cause: "no route for +1…1111",
    });
  });
});

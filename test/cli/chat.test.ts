import { expect, test } from "bun:test";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { runCli } from "../../src/cli/cli.ts";
import { createDesk } from "../fakes/io.ts";

test("chat answers one line for each line of a pipe", async () => {
  using desk = createDesk({ stdin: "hello\n\nhow are\tyou" });

  const exitCode = await runCli(["chat", "--bot", "echo"], desk.env, desk.io);

  expect(exitCode).toBe(0);
  expect(desk.stdout()).toBe("hello\n\nhow are\tyou\n");
  expect(desk.stderr()).toBe("");
});

test("chat keeps an answer of several lines on one", async () => {
  using desk = createDesk({ stdin: "one\u2028two\rthree\n" });

  await runCli(["chat", "--bot", "echo"], desk.env, desk.io);

  expect(desk.stdout()).toBe("one two three\n");
});

test("chat joins an answer of several texts on one line", async () => {
  using desk = createDesk({ stdin: `${"word ".repeat(500)}\n` });

  await runCli(["chat", "--bot", "echo"], desk.env, desk.io);

  expect(desk.stdout()).toBe(`${"word ".repeat(500).trim()}\n`);
});

test("chat --json prints an object for each turn", async () => {
  using desk = createDesk({ stdin: "hello\n" });

  const exitCode = await runCli(["chat", "--bot", "echo", "--json"], desk.env, desk.io);

  expect(exitCode).toBe(0);
  expect(JSON.parse(desk.stdout())).toEqual({
    input: "hello",
    replies: ["hello"],
    raw: "hello",
    ms: expect.any(Number),
  });
});

test("chat --json has each message of an answer and what is meant for machines", async () => {
  using desk = createDesk({ stdin: "hi\n" });
  const template = "One<split/>two<oob><dial>5</dial></oob>";
  await Bun.write(
    join(desk.io.cwd, "bot.aiml"),
    `<aiml><category><pattern>HI</pattern><template>${template}</template></category></aiml>`,
  );

  await runCli(["chat", "--bot", `aiml:${desk.io.cwd}`, "--json"], desk.env, desk.io);

  expect(JSON.parse(desk.stdout())).toMatchObject({
    replies: ["One", "two"],
    raw: "One\ntwo",
    oob: ["<oob><dial>5</dial></oob>"],
  });
});

test("chat prompts on a terminal and prints each text on a line of its own", async () => {
  using desk = createDesk({ stdin: "hello\n", isTerminal: true });

  const exitCode = await runCli(["chat", "--bot", "echo"], desk.env, desk.io);

  expect(exitCode).toBe(0);
  expect(desk.stdout()).toInclude("> ");
  expect(desk.stdout()).toMatch(/^hello$/m);
});

test("chat tells a person why there is no reply", async () => {
  using desk = createDesk({ stdin: "STOP\n", isTerminal: true });

  await runCli(["chat", "--bot", "echo"], desk.env, desk.io);

  expect(desk.stderr()).toBe("(no reply: the carrier answers STOP)\n");
});

test("chat does not mind settings that only a server needs", async () => {
  using desk = createDesk({ stdin: "hello\n" });
  const env = {
    PORT: "80a",
    TWILIO_AUTH_TOKEN: "",
    PUBLIC_URL: "x",
    DATABASE_URL: "/nowhere/x.db",
  };

  const exitCode = await runCli(["chat", "--bot", "echo"], env, desk.io);

  expect(exitCode).toBe(0);
  expect(desk.stdout()).toBe("hello\n");
});

test("chat minds a bot that does not exist", async () => {
  using desk = createDesk({ stdin: "hello\n" });

  const exitCode = await runCli(["chat", "--bot", "ecko"], desk.env, desk.io);

  expect(exitCode).toBe(1);
  expect(desk.stderr()).toInclude("Cannot read BOT");
});

test("chat ends well when it is interrupted in the middle of a pipe", async () => {
  using desk = createDesk();
  const stdin = new PassThrough();
  const chatting = runCli(["chat", "--bot", "echo"], desk.env, { ...desk.io, stdin });

  stdin.write("hello\n");
  await desk.says("hello\n");
  desk.interrupt();

  expect(await chatting).toBe(0);
});

test("chat keeps its memory in the database it is given", async () => {
  using desk = createDesk({ stdin: "hello\n" });
  const database = join(desk.io.cwd, "chat.db");

  await runCli(["chat", "--bot", "echo", "--database", database], desk.env, desk.io);

  expect(await Bun.file(database).exists()).toBe(true);
});

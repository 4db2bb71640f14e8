import { describe, expect, test } from "bun:test";
import { echo } from "../../src/bots/echo.ts";
import { silentLog } from "../../src/log.ts";
import { botContract } from "../contracts/bot.ts";
import { createPerson } from "../fakes/person.ts";

const options = { argument: "", settings: {}, log: silentLog };

botContract(
  "echo",
  () => echo.create(options),
  (name) => [[`I am ${name}`, new RegExp(name)]],
);

describe("echo", () => {
  test("reply() says what it was told, to the letter", async () => {
    const answer = await createPerson().say(echo.create(options), "  Hi\n👋 there ");

    expect(answer).toBe("  Hi\n👋 there ");
  });

  test("reply() has nothing to remember", async () => {
    const person = createPerson();

    await person.say(echo.create(options), "Hi");

    expect(person.memory.size).toBe(0);
  });
});

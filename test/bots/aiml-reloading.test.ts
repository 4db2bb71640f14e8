import { afterEach, describe, expect, test } from "bun:test";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { aiml } from "../../src/bots/aiml.ts";
import type { Bot } from "../../src/bots/bot.ts";
import { readSettings } from "../../src/settings.ts";
import { emptyDirectory } from "../fakes/directory.ts";
import { recordLog } from "../fakes/log.ts";
import { createPerson, type Person } from "../fakes/person.ts";
import { category } from "./aiml/talk.ts";

const open: Bot[] = [];

afterEach(() => {
  for (const bot of open.splice(0)) bot.close?.();
});

async function createWatched(text: string) {
  const folder = emptyDirectory();
  writeFileSync(join(folder, "a.aiml"), text);
  const watching = [{ origin: "flag", values: { AIML_WATCH: "true" } }];
  const { values } = readSettings(aiml.settings, watching);
  const { log, lines } = recordLog();
  const bot = await aiml.create({ argument: folder, settings: values, log });
  open.push(bot);
  return { bot, folder, lines };
}

/** Asks until the answer is the one wanted; the last answer after a second. */
async function answerWithinASecond(ada: Person, bot: Bot, wanted: string): Promise<string> {
  const until = performance.now() + 1_000;
  let answer = "";
  while (answer !== wanted && performance.now() < until) {
    await Bun.sleep(20);
    answer = await ada.say(bot, "hi");
  }
  return answer;
}

async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await Bun.sleep(10);
}

const hello = `<aiml>${category("HI", "Hello")}${category("I AM *", '<set name="name"><star/></set>')}</aiml>`;
const howdy = hello.replace("Hello", 'Howdy <get name="name"/>');

describe("aiml with AIML_WATCH", () => {
  test("answers by a changed file within a second, and still knows everybody", async () => {
    const { bot, folder } = await createWatched(hello);
    const ada = createPerson();
    await ada.say(bot, "I am Ada");

    writeFileSync(join(folder, "a.aiml"), howdy);

    expect(await answerWithinASecond(ada, bot, "Howdy Ada")).toBe("Howdy Ada");
  });

  test("answers by a new file within a second", async () => {
    const { bot, folder } = await createWatched(hello);

    writeFileSync(join(folder, "b.aiml"), howdy);

    expect(await answerWithinASecond(createPerson(), bot, "Howdy unknown")).toBe("Howdy unknown");
  });

  test("stays as it was after a broken edit, says why, and takes up the mended one", async () => {
    const { bot, folder, lines } = await createWatched(hello);
    const path = join(folder, "a.aiml");
    writeFileSync(path, `${howdy.slice(0, -7)}\n<category>`);
    await until(() => JSON.stringify(lines).includes("bot.not_reloaded"));
    const answer = await createPerson().say(bot, "hi");

    writeFileSync(path, howdy);

    expect(answer).toBe("Hello");
    expect(lines).toContainEqual(
      expect.objectContaining({
        event: "bot.not_reloaded",
        cause: expect.stringContaining("a.aiml:2: Cannot read the file as XML: "),
      }),
    );
    expect(await answerWithinASecond(createPerson(), bot, "Howdy unknown")).toBe("Howdy unknown");
  });

  test("stays as it was when an edit breaks another category in the same way", async () => {
    const broken = "<category><template>x</template></category>";
    const { bot, folder, lines } = await createWatched(hello.replace("<aiml>", `<aiml>${broken}`));
    const path = join(folder, "a.aiml");

    writeFileSync(
      path,
      howdy.replace("<aiml>", `<aiml>${broken}`).replace("<pattern>HI</pattern>", ""),
    );
    await until(() => JSON.stringify(lines).includes("bot.not_reloaded"));

    expect(await createPerson().say(bot, "hi")).toBe("Hello");
  });

  test("stays as it was when its folder goes", async () => {
    const { bot, folder, lines } = await createWatched(hello);

    rmSync(folder, { recursive: true });
    await until(() => JSON.stringify(lines).includes("bot.not_reloaded"));

    expect(await createPerson().say(bot, "hi")).toBe("Hello");
  });
});

import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type RunningBinary, startBinary } from "../fakes/binary.ts";
import { emptyDirectory } from "../fakes/directory.ts";
import { signedRequest, smsParameters, TOKEN, WEBHOOK } from "../fakes/webhook.ts";

// The compiled executable with a bot of its own: what one person teaches it for all.

test("the compiled server knows through kill -9 what it was taught for all, until it is taken back", async () => {
  const [ada, ben] = ["+15550001111", "+15550002222"];
  const folder = learner();
  await using first = await start(folder);
  await say(first, ada, "the river is Seine");
  const told = await say(first, ben, "river");
  first.kill("SIGKILL");
  await first.exited;

  await using second = await start(folder);
  const kept = await say(second, ben, "river");
  await say(second, ben, "forget it");
  const forgotten = await say(second, ada, "river");

  expect([told, kept, forgotten]).toEqual(["Seine", "Seine", "What river?"]);
});

/** A bot that learns for everybody what the river is. */
function learner(): string {
  const folder = emptyDirectory();
  const lesson = category("RIVER", "<eval><star/></eval>");
  const categories = [
    category("THE RIVER IS *", `<learnf>${lesson}</learnf>ok`),
    category("RIVER", "What river?"),
    category("FORGET IT", "<resetlearnf/>ok"),
  ];
  writeFileSync(join(folder, "learner.aiml"), `<aiml>${categories.join("")}</aiml>`);
  return folder;
}

function category(pattern: string, template: string): string {
  return `<category><pattern>${pattern}</pattern><template>${template}</template></category>`;
}

function start(folder: string): Promise<RunningBinary> {
  return startBinary(["serve"], {
    env: {
      TWILIO_AUTH_TOKEN: TOKEN,
      PUBLIC_URL: WEBHOOK,
      BOT: `aiml:${folder}`,
      DATABASE_URL: join(folder, "botline.db"),
    },
  });
}

async function say(server: RunningBinary, from: string, text: string): Promise<string> {
  const parameters = smsParameters({ From: from, Body: text });
  const url = `${server.url}/sms`;
  const response = await fetch(signedRequest(parameters, { url, signedUrl: WEBHOOK }));
  return /<Message[^>]*>(.*)<\/Message>/.exec(await response.text())?.[1] ?? "";
}

import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readlinkSync } from "node:fs";
import { type RunningBinary, startBinary } from "../fakes/binary.ts";
import { NO_LIMITS } from "../fakes/no-limits.ts";
import { TOKEN } from "../fakes/webhook.ts";

const canCount = existsSync("/proc/self/fd");
if (!canCount) process.stdout.write("the thread of the executable was not looked for: no /proc\n");

describe.if(canCount)("the compiled server", () => {
  test("has a thread for checkpoints once it writes much, and ends with it", async () => {
    await using server = await startBinary(["serve"], {
      env: { ...NO_LIMITS, TWILIO_AUTH_TOKEN: TOKEN, BOT: "echo" },
    });
    const quiet = connections(server);

    while (connections(server) < 2) await write(server);
    await write(server);
    server.kill("SIGTERM");

    expect(quiet).toBe(1);
    expect(await server.exited).toBe(0);
    expect(server.stderr()).not.toContain('"level":"error"');
  }, 20_000);
});

/** How often the server has its database open: each thread has its own connection. */
function connections({ pid }: RunningBinary): number {
  const folder = `/proc/${pid}/fd`;
  const files = readdirSync(folder).map((name) => fileOf(`${folder}/${name}`));
  return files.filter((file) => file.endsWith("/botline.db")).length;
}

function fileOf(descriptor: string): string {
  try {
    return readlinkSync(descriptor);
  } catch {
    // Closed since it was listed.
    return "";
  }
}

/** Each look at its health is a commit. */
async function write({ url }: RunningBinary): Promise<void> {
  for (let time = 0; time < 20; time += 1) await (await fetch(`${url}/health`)).text();
}

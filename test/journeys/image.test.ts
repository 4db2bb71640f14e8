import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { binary, killGroup } from "../fakes/binary.ts";

// No container engine is needed: the Dockerfile's own step collects the files, and a chroot into them
// is what an engine would run. The program is process 1 there, alone, and nobody (65534), as in the image.

const DOCKERFILE = readFileSync(join(import.meta.dir, "..", "..", "Dockerfile"), "utf8");
const TREE = /^RUN (root=\/root-tree(?:.*\\\n)+.*)$/m.exec(DOCKERFILE)?.[1] ?? "";
const ENVIRONMENT = Object.fromEntries(
  [...(/^ENV (.*)$/m.exec(DOCKERFILE)?.[1] ?? "").matchAll(/(\w+)=(\S+)/g)].map(([, k, v]) => [
    k,
    v,
  ]),
);
const IS_ROOT = process.getuid?.() === 0;
// Who is not root becomes root of a namespace that holds no other user.
const CHROOT = IS_ROOT ? ["chroot", "--userspec=65534:65534"] : ["chroot"];
const ALONE = ["unshare", ...(IS_ROOT ? [] : ["-r"]), "--mount", "--pid", "--fork", "--kill-child"];
const ENTRYPOINT = wordsOf("ENTRYPOINT");
const HEALTH_CHECK = wordsOf("HEALTHCHECK .* CMD");
const BUILD_WITHIN_MS = 60_000;

const root = mkdtempSync(join(tmpdir(), "botline-image-"));
afterAll(() => rmSync(root, { recursive: true }));

const canIsolate = Bun.which("unshare") && Bun.spawnSync([...ALONE, "true"]).exitCode === 0;
if (!canIsolate)
  process.stdout.write("test/journeys/image.test.ts was not run: it needs the right to unshare\n");

describe.if(Boolean(canIsolate))("the image", () => {
  beforeAll(() => collectTree(binary()), BUILD_WITHIN_MS);

  test("--version says the version of package.json", async () => {
    const { version } = await Bun.file(join(import.meta.dir, "..", "..", "package.json")).json();

    const { stdout, exitCode } = await finish(start([...ENTRYPOINT, "--version"]));

    expect({ stdout, exitCode }).toEqual({ stdout: expect.stringContaining(version), exitCode: 0 });
  });

  test("help lists the commands", async () => {
    const { stdout, exitCode } = await finish(start([...ENTRYPOINT, "help"]));

    expect(stdout).toContain("serve");
    expect(exitCode).toBe(0);
  });

  test("serve is found healthy by the image's own health check, and ends well when told to", async () => {
    const settings = { PORT: freePort(), TWILIO_AUTH_TOKEN: "made-up" };
    const server = start([...ENTRYPOINT, ...wordsOf("CMD")], settings);

    const health = await healthy(settings);
    killGroup(server.pid, "SIGTERM");
    const { exitCode } = await finish(server);

    expect(health).toBe(0);
    expect(exitCode).toBe(0);
  });

  test("health fails when nothing serves", async () => {
    const { exitCode } = await finish(start(HEALTH_CHECK, { PORT: freePort() }));

    expect(exitCode).toBe(1);
  });
});

function collectTree(program: string): void {
  const chown = IS_ROOT ? "" : "chown() { :; }; ";
  const { exitCode, stderr } = Bun.spawnSync(
    ["sh", "-ec", chown + TREE.replace("/root-tree", root)],
    { cwd: join(program, "..", "..") },
  );
  if (exitCode !== 0) throw new Error(`Cannot collect the image's files: ${stderr}`);
  // Open to nobody, as an image's root is; a temporary directory is its maker's alone.
  chmodSync(root, 0o755);
  // A container engine brings /proc along.
  mkdirSync(join(root, "proc"));
}

function start(words: readonly string[], settings: Record<string, string> = {}) {
  const enter = 'mount -t proc proc "$0/proc" && exec "$@"';
  return Bun.spawn([...ALONE, "sh", "-c", enter, root, ...CHROOT, root, ...words], {
    env: { PATH: `${process.env["PATH"]}:/usr/sbin:/sbin`, ...ENVIRONMENT, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
}

async function finish(child: ReturnType<typeof start>) {
  const [stdout, stderr] = await Promise.all([
    Bun.readableStreamToText(child.stdout),
    Bun.readableStreamToText(child.stderr),
  ]);
  return { stdout, stderr, exitCode: await child.exited };
}

/** The exit code of the health check, which gets the time that the Dockerfile would give it. */
async function healthy(settings: Record<string, string>): Promise<number> {
  let exitCode = 1;
  for (const giveUpAt = Date.now() + 4000; exitCode !== 0 && Date.now() < giveUpAt; )
    ({ exitCode } = await finish(start(HEALTH_CHECK, settings)));
  return exitCode;
}

/** The words of an instruction in exec form. */
function wordsOf(instruction: string): readonly string[] {
  return JSON.parse(new RegExp(`^${instruction} (\\[.*\\])$`, "m").exec(DOCKERFILE)?.[1] ?? "[]");
}

// Below the range from which the system takes ports for outgoing connections: polling a port in that
// range before its server listens can connect to itself.
function freePort(): string {
  for (let port = 20_000; port < 32_000; port += 7) {
    try {
      void Bun.serve({ port, hostname: "0.0.0.0", fetch: () => new Response() }).stop(true);
      return String(port);
    } catch {
      // Taken.
    }
  }
  throw new Error("Cannot find a free port: expected one from 20000 to 32000");
}

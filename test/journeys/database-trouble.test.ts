import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openSqlite } from "../../src/store/sqlite.ts";
import { binary } from "../fakes/binary.ts";
import { emptyDirectory } from "../fakes/directory.ts";

const directory = emptyDirectory();
const IS_ROOT = process.getuid?.() === 0;

describe("the compiled server with a database it cannot use", () => {
  test("that is damaged: exits with 1, says so, and leaves the file alone", () => {
    const path = freshPath();
    const letter = "this is a letter, not a database. ".repeat(200);
    writeFileSync(path, letter);

    const { exitCode, stderr } = serve(path);

    expect(exitCode).toBe(1);
    expect(stderr).toContain("the file is no SQLite database");
    expect(readFileSync(path, "utf8")).toBe(letter);
  });

  test("that is newer than the program: exits with 1 and says so", async () => {
    const path = freshPath();
    await openSqlite(path).close();
    using database = new Database(path);
    database.run("PRAGMA user_version = 999");

    const { exitCode, stderr } = serve(path);

    expect(exitCode).toBe(1);
    expect(stderr).toContain("found 999");
    expect(stderr).toContain("newer botline");
  });

  test("that another program holds locked: exits with 1 and says so", async () => {
    const path = freshPath();
    await openSqlite(path).close();
    using database = new Database(path);
    database.run("PRAGMA locking_mode = EXCLUSIVE");
    database.run("BEGIN EXCLUSIVE");
    database.run("PRAGMA user_version = 1");

    const { exitCode, stderr } = serve(path);

    expect(exitCode).toBe(1);
    expect(stderr).toContain("another program holds it locked");
  }, 10_000);

  test.each([
    ["a file that can only be read", 0o444, 0o755],
    ["a directory that can only be read", 0o666, 0o555],
  ])("that it may not write, %s: exits with 1 and says so", async (_, file, folder) => {
    const closed = join(directory, `closed-${folder}`);
    mkdirSync(closed);
    const path = join(closed, "botline.db");
    await openSqlite(path).close();
    const before = readFileSync(path);
    chmodSync(directory, 0o755);
    chmodSync(path, file);
    chmodSync(closed, folder);

    // Nobody may not look into a person's own directories: the program comes to where it may.
    const program = join(directory, "botline");
    copyFileSync(binary(), program);

    const { exitCode, stderr } = serve(path, asNobody(), program);

    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/it can only be read|cannot be opened or made/);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test("in a directory that is not there: exits with 1 and says so", () => {
    const { exitCode, stderr } = serve(join(directory, "nowhere", "botline.db"));

    expect(exitCode).toBe(1);
    expect(stderr).toContain("DATABASE_URL must name a file in an existing directory");
  });

  test("at an address of another kind: exits with 1 and says what it wants", () => {
    const { exitCode, stderr } = serve("postgres://db.example/botline");

    expect(exitCode).toBe(1);
    expect(stderr).toContain("expected a file's path or sqlite:…, found postgres:…");
  });
});

const ALONE = ["unshare", ...(IS_ROOT ? [] : ["-r"]), "--mount"];
const canMount = Bun.which("unshare") && Bun.spawnSync([...ALONE, "true"]).exitCode === 0;
if (!canMount)
  process.stdout.write("the full-disk tests were not run: they need the right to unshare\n");

describe.if(Boolean(canMount))("the compiled server on a full disk", () => {
  test("exits with 1 and says so", () => {
    const disk = join(directory, "tiny");
    mkdirSync(disk);
    const mounted = `mount -t tmpfs -o size=40k tmpfs ${disk} && exec "$@"`;

    const { exitCode, stderr } = serve(join(disk, "botline.db"), [
      ...ALONE,
      "sh",
      "-c",
      mounted,
      "sh",
    ]);

    expect(exitCode).toBe(1);
    expect(stderr).toContain("the disk is full");
  });
});

let files = 0;

function freshPath(): string {
  files += 1;
  return join(directory, `${files}.db`);
}

// Root may write everything; then nobody has to try.
function asNobody(): readonly string[] {
  return IS_ROOT ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
}

function serve(database: string, before: readonly string[] = [], program = binary()) {
  const { exitCode, stderr } = Bun.spawnSync([...before, program, "serve"], {
    cwd: directory,
    env: {
      PATH: process.env["PATH"] ?? "",
      TWILIO_AUTH_TOKEN: "made-up",
      BOT: "echo",
      PORT: "0",
      DATABASE_URL: database,
    },
    timeout: 8000,
  });
  return { exitCode, stderr: stderr.toString() };
}

import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

// What neither the compiler nor the linter holds: sizes of files, what must not be left lying in them,
// and that what people are told to type is what the project does.

const ROOT = join(import.meta.dir, "..", "..");
const MAX_LINES = 300;

// Spelled in halves, so that this file is not the one that has them.
const LEFT_LYING = [
  "TO" + "DO",
  "FIX" + "ME",
  String.raw`\.(skip|only|todo)\(`,
  "@ts" + "-(ignore|expect-error|nocheck)",
  "biome" + "-ignore",
].map((words) => new RegExp(words));

/** What says where it was written, and is of no use anywhere else. */
const OF_ONE_MACHINE = [
  /https?:\/\/[a-z0-9.-]*(registry|artifact|proxy|mirror)/i,
  /(?<![\w.])\/(home|root|work|Users)\/[\w.-]+/,
];

const code = [...new Bun.Glob("{src,test}/**/*.ts").scanSync(ROOT)].sort();

describe.each(code)("%s", (path) => {
  test("fits the eye", () => {
    const lines = read(path).trimEnd().split("\n");

    expect(lines.length).toBeLessThanOrEqual(MAX_LINES);
  });

  test("leaves nothing lying", () => {
    const left = findAll(LEFT_LYING, read(path));

    expect(left).toEqual([]);
  });
});

test("no file says on which machine it was written", () => {
  const telling = trackedFiles().flatMap((path) =>
    findAll(OF_ONE_MACHINE, read(path)).map((found) => `${path}: ${found}`),
  );

  expect(telling).toEqual([]);
});

test.each([
  ["a registry", ["https://npm", ".registry.example/x"]],
  ["a home", ["/home", "/ada/botline"]],
])("findAll() finds %s", (_, halves) => {
  const found = findAll(OF_ONE_MACHINE, `see ${halves.join("")}`);

  expect(found).toHaveLength(1);
});

test("bun.lock names no host, so it installs from whichever registry is set", () => {
  expect(read("bun.lock")).not.toContain("://");
});

test("every package is named by one exact version, in one lock file", () => {
  const { dependencies, devDependencies } = JSON.parse(read("package.json"));
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version)),
  );

  expect(loose).toEqual([]);
  expect(existsSync(join(ROOT, "package-lock.json"))).toBe(false);
});

describe("what people are told to type", () => {
  const { scripts } = JSON.parse(read("package.json"));
  const told = [".ci/run", "README.md"].filter((path) => existsSync(join(ROOT, path)));
  const commands = told.flatMap((path) =>
    [...read(path).matchAll(/^(npx .*?bun@\S+) run ([\w-]+)/gm)].map(([line, bun, script]) => ({
      line,
      bun,
      script,
    })),
  );

  test.each(commands)("$line is a script of package.json", ({ script }) => {
    expect(scripts).toHaveProperty(script ?? "");
  });

  test("one spelling and one version of Bun, the same that builds the image", () => {
    const spellings = new Set(commands.map(({ bun }) => bun));
    const [version] = /(?<=^FROM oven\/bun:)[\d.]+/m.exec(read("Dockerfile")) ?? [];

    expect([...spellings]).toEqual([`npx -y --allow-scripts=bun bun@${version}`]);
  });
});

function read(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

function findAll(patterns: readonly RegExp[], text: string): readonly string[] {
  return patterns.flatMap((pattern) => pattern.exec(text)?.[0] ?? []);
}

/** What a clone holds; in a copy that is no clone, the code. */
function trackedFiles(): readonly string[] {
  const list = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const { exitCode, stdout } = Bun.spawnSync(list, { cwd: ROOT });
  const listed = exitCode === 0 ? stdout.toString().split("\0") : code;
  return listed.filter((path) => path !== "" && existsSync(join(ROOT, path)));
}

import { describe, expect, test } from "bun:test";
import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readCompiled, writeCompiled } from "../../src/bots/compiled-file.ts";
import { emptyDirectory } from "../fakes/directory.ts";

const content = Uint8Array.from({ length: 5_000 }, (_, index) => index % 251);

function newPath(): string {
  return join(emptyDirectory(), "deeper", "bot.compiled");
}

function written(): string {
  const path = newPath();
  writeCompiled(path, "key", content);
  return path;
}

describe("readCompiled()", () => {
  test("gives back what was written under the key", async () => {
    expect(await readCompiled(written(), () => "key")).toEqual(content);
  });

  test("gives back nothing, as it was", async () => {
    const path = newPath();

    writeCompiled(path, "key", new Uint8Array());

    expect(await readCompiled(path, () => "key")).toEqual(new Uint8Array());
  });

  test("gives the last that was written", async () => {
    const path = written();

    writeCompiled(path, "key", Uint8Array.of(1, 2, 3));

    expect(await readCompiled(path, () => "key")).toEqual(Uint8Array.of(1, 2, 3));
  });

  test("lets what it gave be changed without changing the file", async () => {
    const path = written();

    (await readCompiled(path, () => "key"))?.fill(0);

    expect(await readCompiled(path, () => "key")).toEqual(content);
  });

  test("knows nothing of another key", async () => {
    expect(await readCompiled(written(), () => "another")).toBeUndefined();
  });

  test.each([0, 1, 15, 16, 17, 4_000])(
    "knows a file that ends after %d bytes is damaged",
    async (size) => {
      const path = written();
      truncateSync(path, size);

      expect(await readCompiled(path, () => "key")).toBeUndefined();
    },
  );

  test.each([0, 7, 8, 15, 16, 3_000, 5_015])(
    "knows a file whose byte %d has changed",
    async (index) => {
      const path = written();
      const bytes = readFileSync(path);
      bytes[index] = (bytes[index] ?? 0) ^ 4;
      writeFileSync(path, bytes);

      expect(await readCompiled(path, () => "key")).toBeUndefined();
    },
  );

  test.each([
    ["is not there", () => {}],
    ["is a folder", (path: string) => mkdirSync(path, { recursive: true })],
  ])("takes a file that %s for none", async (_, make) => {
    const path = newPath();
    make(path);

    expect(await readCompiled(path, () => "key")).toBeUndefined();
  });
});

describe("writeCompiled()", async () => {
  test("leaves no draft behind", async () => {
    const path = written();

    expect(readdirSync(dirname(path))).toEqual(["bot.compiled"]);
  });

  test("throws where it cannot, and leaves no draft behind", async () => {
    const path = newPath();
    mkdirSync(path, { recursive: true });

    expect(() => writeCompiled(path, "key", content)).toThrow();
    expect(readdirSync(dirname(path))).toEqual(["bot.compiled"]);
  });
});

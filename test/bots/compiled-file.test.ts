import { describe, expect, test } from "bun:test";
import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readCompiled, writeCompiled } from "../../src/bots/compiled-file.ts";
import { emptyDirectory } from "../fakes/directory.ts";

const content = Uint8Array.from({ length: 5_000 }, (_, index) => index % 251);

const LABEL = { look: "look", key: "key" };

/** The content kept under the key, for sources that look like others. */
async function read(path: string, key: string): Promise<Uint8Array | undefined> {
  const kept = await readCompiled(path, { look: () => "", key: () => key });
  return kept?.content;
}

function newPath(): string {
  return join(emptyDirectory(), "deeper", "bot.compiled");
}

function written(): string {
  const path = newPath();
  writeCompiled(path, LABEL, content);
  return path;
}

describe("readCompiled()", () => {
  test("gives back what was written under the key", async () => {
    expect(await read(written(), "key")).toEqual(content);
  });

  test("gives back nothing, as it was", async () => {
    const path = newPath();

    writeCompiled(path, LABEL, new Uint8Array());

    expect(await read(path, "key")).toEqual(new Uint8Array());
  });

  test("gives the last that was written", async () => {
    const path = written();

    writeCompiled(path, LABEL, Uint8Array.of(1, 2, 3));

    expect(await read(path, "key")).toEqual(Uint8Array.of(1, 2, 3));
  });

  test("lets what it gave be changed without changing the file", async () => {
    const path = written();

    (await read(path, "key"))?.fill(0);

    expect(await read(path, "key")).toEqual(content);
  });

  test("asks for no key where the sources look the same", async () => {
    const kept = await readCompiled(written(), {
      look: () => "look",
      key: () => {
        throw new Error("the sources were read");
      },
    });

    expect(kept).toEqual({ content, isByLook: true });
  });

  test("goes by the key where the sources look otherwise", async () => {
    const kept = await readCompiled(written(), { look: () => "another", key: () => "key" });

    expect(kept).toEqual({ content, isByLook: false });
  });

  test("never goes by a look that is not to be relied on", async () => {
    const path = newPath();
    writeCompiled(path, { look: "", key: "key" }, content);

    expect(await read(path, "another")).toBeUndefined();
  });

  test("knows nothing of another key", async () => {
    expect(await read(written(), "another")).toBeUndefined();
  });

  test.each([0, 1, 23, 24, 25, 4_000])(
    "knows a file that ends after %d bytes is damaged",
    async (size) => {
      const path = written();
      truncateSync(path, size);

      expect(await read(path, "key")).toBeUndefined();
    },
  );

  test.each([0, 7, 16, 23, 24, 3_000, 5_023])(
    "knows a file whose byte %d has changed",
    async (index) => {
      const path = written();
      const bytes = readFileSync(path);
      bytes[index] = (bytes[index] ?? 0) ^ 4;
      writeFileSync(path, bytes);

      expect(await read(path, "key")).toBeUndefined();
    },
  );

  test.each([
    ["is not there", () => {}],
    ["is a folder", (path: string) => mkdirSync(path, { recursive: true })],
  ])("takes a file that %s for none", async (_, make) => {
    const path = newPath();
    make(path);

    expect(await read(path, "key")).toBeUndefined();
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

    expect(() => writeCompiled(path, LABEL, content)).toThrow();
    expect(readdirSync(dirname(path))).toEqual(["bot.compiled"]);
  });
});

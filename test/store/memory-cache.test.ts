import { describe, expect, test } from "bun:test";
import { createMemoryCache } from "../../src/store/memory-cache.ts";

describe("createMemoryCache()", () => {
  test("get() reads a memory once", () => {
    const cache = createMemoryCache();
    const { read, reads } = reader();

    cache.get("ada", read);
    cache.get("ada", read);

    expect(reads()).toBe(1);
  });

  test("get() gives up those used longest ago when there is too much", () => {
    const cache = createMemoryCache(5_000);
    const { read, reads } = reader();
    for (const name of ["ada", "ben", "cyn", "ada", "dan"]) cache.get(name, read);

    for (const name of ["ada", "cyn", "dan"]) cache.get(name, read);

    expect(reads()).toBe(4);
  });

  test("get() gives a memory that is larger than all of the room, and does not keep it", () => {
    const cache = createMemoryCache(100);
    const { read, reads } = reader();

    const memories = [cache.get("ada", read), cache.get("ada", read)];

    expect(memories.map((memory) => memory.get("key")?.length)).toEqual([900, 900]);
    expect(reads()).toBe(2);
  });

  test("change() counts what a memory grows and shrinks by", () => {
    const cache = createMemoryCache(5_000);
    const { read, reads } = reader();
    for (const name of ["ada", "ben"]) cache.get(name, read);
    for (let at = 0; at < 100; at++) cache.change("ben", new Map([["key", "y".repeat(at)]]));
    cache.change("ben", new Map([["key", null]]));
    cache.get("cyn", read);
    const before = reads();

    cache.change("cyn", new Map([["more", "x".repeat(2_000)]]));
    for (const name of ["cyn", "ben", "ada"]) cache.get(name, read);

    expect([before, reads()]).toEqual([3, 4]);
  });

  test("change() leaves what is not at hand to be read", () => {
    const cache = createMemoryCache();

    cache.change("ada", new Map([["key", "new"]]));

    expect(cache.get("ada", () => new Map([["key", "read"]])).get("key")).toBe("read");
  });
});

/** Reads memories that cost about 1,500 bytes. */
function reader() {
  let reads = 0;
  const read = () => {
    reads++;
    return new Map([["key", "x".repeat(900)]]);
  };
  return { read, reads: () => reads };
}

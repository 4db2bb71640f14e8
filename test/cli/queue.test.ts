import { expect, test } from "bun:test";
import { openQueue } from "../../src/cli/queue.ts";
import { createPipe } from "../fakes/pipe.ts";

// More than a pipe holds.
const LARGE = 150_000;

test("openQueue() drops what is past its bound and says so when it flows again", async () => {
  const pipe = createPipe();
  const queue = openQueue(pipe.descriptor, 200_000);
  queue.write("a".repeat(LARGE));
  queue.write("b".repeat(LARGE));
  queue.write("c".repeat(LARGE));
  queue.write("d");

  const text = await pipe.reads("dropped: 2\n");
  await queue.flush(1_000);
  queue.write("e\n");

  expect(text).toBe(`${"a".repeat(LARGE)}${"b".repeat(LARGE)}log lines dropped: 2\n`);
  expect(await pipe.reads("e\n")).toEndWith("dropped: 2\ne\n");
});

test("openQueue() counts a line that is larger than its bound and goes on", async () => {
  const pipe = createPipe();
  const queue = openQueue(pipe.descriptor, 10);

  queue.write("more than ten\n");
  await queue.flush(1_000);
  queue.write("ten\n");

  expect(await pipe.reads("ten\n")).toBe("log lines dropped: 1\nten\n");
});

test("flush() resolves with everything written", async () => {
  const pipe = createPipe();
  const queue = openQueue(pipe.descriptor);
  queue.write("one\n");
  queue.write("two\n");

  await queue.flush(1_000);

  expect(await pipe.reads("two\n")).toBe("one\ntwo\n");
});

test("flush() gives up on a reader that has stopped reading", async () => {
  const pipe = createPipe();
  const queue = openQueue(pipe.descriptor);
  queue.write("a".repeat(LARGE));

  const flushed = queue.flush(10);

  expect(await flushed).toBeUndefined();
  await pipe.reads("a".repeat(LARGE));
});

test("write() does not mind that the reader is gone", async () => {
  const pipe = createPipe();
  const queue = openQueue(pipe.descriptor);
  pipe.breakOff();

  queue.write("one\n");

  expect(await queue.flush(1_000)).toBeUndefined();
});

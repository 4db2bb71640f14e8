import { expect, test } from "bun:test";
import { PassThrough, Readable } from "node:stream";
import { pipedLines, typedLines } from "../../src/cli/lines.ts";
import { createDesk } from "../fakes/io.ts";

async function linesOf(chunks: readonly (string | Uint8Array)[]): Promise<string[]> {
  return Array.fromAsync(pipedLines(Readable.from(chunks.map((chunk) => Buffer.from(chunk)))));
}

test.each([
  ["nothing", [], []],
  ["a last line without an end", ["one\ntwo"], ["one", "two"]],
  ["empty lines", ["\n\n"], ["", ""]],
  ["Windows line ends", ["one\r\ntwo\r\n"], ["one", "two"]],
  ["a line in pieces", ["o", "n", "e\ntw", "o\n"], ["one", "two"]],
  ["a line end in pieces", ["one\r", "\ntwo"], ["one", "two"]],
  ["other line separators inside a line", ["one\u2028two\rthree\n"], ["one\u2028two\rthree"]],
])("pipedLines() reads %s", async (_name, chunks, wanted) => {
  const lines = await linesOf(chunks);

  expect(lines).toEqual(wanted);
});

test("pipedLines() keeps a character whose bytes come apart", async () => {
  const bytes = new TextEncoder().encode("😀\n");

  const lines = await linesOf([bytes.slice(0, 2), bytes.slice(2)]);

  expect(lines).toEqual(["😀"]);
});

test("typedLines() prompts for each line and ends at Ctrl-D", async () => {
  using desk = createDesk({ stdin: "hello\nbye\n", isTerminal: true });

  const lines = await Array.fromAsync(typedLines(desk.io, "> "));

  expect(lines).toEqual(["hello", "bye"]);
  expect(desk.stdout()).toInclude("> ");
  expect(desk.stdout()).toEndWith("\n");
});

test("typedLines() ends when the process is asked to end", async () => {
  using desk = createDesk({ isTerminal: true });
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const lines = typedLines({ ...desk.io, stdin }, "> ");

  const next = lines.next();
  await desk.says("> ");
  desk.interrupt();

  expect(await next).toEqual({ done: true, value: undefined });
});

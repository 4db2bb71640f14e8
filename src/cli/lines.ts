import type { Input, Io } from "./io.ts";

/** The lines of a pipe, without their ends. */
export async function* pipedLines(stdin: Input): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stdin) {
    const [first = "", ...others] = decoder.decode(toBytes(chunk), { stream: true }).split("\n");
    rest += first;
    for (const next of others) {
      yield withoutReturn(rest);
      rest = next;
    }
  }
  if (rest) yield withoutReturn(rest);
}

/** The lines a person types, each asked for with the prompt; ends at Ctrl-D and Ctrl-C. */
export async function* typedLines(
  { stdin, screen, signal }: Io,
  prompt: string,
): AsyncGenerator<string> {
  // Loaded only here: it costs a millisecond or two.
  const { createInterface } = await import("node:readline");
  const reader = createInterface({ input: stdin, output: screen, prompt, signal });
  let isOpen = true;
  reader.once("SIGINT", () => reader.close());
  reader.once("close", () => {
    isOpen = false;
  });
  reader.prompt();
  for await (const line of reader) {
    yield line;
    // What was typed ahead still comes after Ctrl-D, when there is nothing more to ask for.
    if (isOpen) reader.prompt();
  }
  screen.write("\n");
}

function toBytes(chunk: string | Uint8Array): Uint8Array {
  return typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

import { checkBot } from "../../../../src/bots/aiml/check/check.ts";

/** Files by name; what is neither text nor bytes is written as JSON. */
export type Files = Readonly<Record<string, unknown>>;

/** All that is told of some categories and other files, one line each, without hints. */
export function problemsOf(aiml: string, files: Files = {}): string[] {
  return check({ "bot.aiml": `<aiml>${aiml}</aiml>`, ...files }).findings.map(
    ({ file, line, column, code, message }) => `${file}:${line}:${column} ${code}: ${message}`,
  );
}

/** Checks a bot of a few lines. */
export function check(files: Files, ignored: readonly string[] = []) {
  const sources = Object.entries(files).map(([name, content]) => ({
    name,
    bytes: toBytes(content),
  }));
  return checkBot({ files: sources, ignored, suggest });
}

function toBytes(content: unknown): Uint8Array {
  if (content instanceof Uint8Array) return content;
  return new TextEncoder().encode(typeof content === "string" ? content : JSON.stringify(content));
}

/** Knows one kind of slip, which is enough to see that it is asked. */
function suggest(word: string, known: readonly string[]): string | undefined {
  return known.find((each) => [...each].toSorted().join() === [...word].toSorted().join());
}

import { describe, expect, test } from "bun:test";
import { createLog, type Level, maskAddress, maskNumbers, withFields } from "../src/log.ts";
import { recordLog } from "./fakes/log.ts";

describe("createLog()", () => {
  test("writes one JSON line per event", () => {
    const lines = write("json", "info");

    expect(lines).toEqual([
      '{"time":"1970-01-01T00:00:00.000Z","level":"info","event":"turn.ended","ms":3,"from":"+1…1111"}\n',
    ]);
  });

  test("writes lines for people on a terminal", () => {
    const [line] = write("text", "info");

    expect(line).toMatch(/^00:00:00Z info {2}turn\.ended ms=3 from=\+1…1111\n$/);
  });

  test.each<[Level, number]>([
    ["debug", 1],
    ["info", 1],
    ["warn", 0],
    ["error", 0],
  ])("at level %s writes %d info lines", (level, count) => {
    expect(write("json", level)).toHaveLength(count);
  });

  test("keeps an event on one line, whatever is in it", () => {
    const lines: string[] = [];
    const log = createLog({ level: "info", format: "text", write: (line) => lines.push(line) });

    log.warn("bot.failed", { cause: 'a "b"\nc\u001b[31m', hint: undefined });

    expect(lines[0]?.trimEnd().split("\n")).toHaveLength(1);
    expect(lines[0]).toContain(String.raw`cause="a \"b\"\nc\u001b[31m"`);
    expect(lines[0]).not.toContain("hint");
  });
});

describe("withFields()", () => {
  test("adds its fields to each line, and leaves a line its own", () => {
    const { log, lines } = recordLog();
    const named = withFields(log, { bot: "desk" });

    named.info("one", { limit: "time" });
    named.warn("two", { bot: "weather" });

    expect(lines).toEqual([
      expect.objectContaining({ level: "info", event: "one", bot: "desk", limit: "time" }),
      expect.objectContaining({ level: "warn", event: "two", bot: "weather" }),
    ]);
  });
});

describe("maskAddress()", () => {
  test.each([
    ["+15550001111", "+1…1111"],
    ["whatsapp:+447700900123", "whatsapp:+4…0123"],
    ["+1 555 000 1111", "+1…1111"],
    ["(555) 000-1111", "(5…1111"],
    ["messenger:1234567890123456", "messenger:12…3456"],
    ["88811", "88811"],
  ])("%p → %p", (address, masked) => {
    expect(maskAddress(address)).toBe(masked);
  });
});

describe("maskNumbers()", () => {
  test.each([
    ["+15550001111", "+1…1111"],
    ["from whatsapp:+447700900123 to rcs:15550001111.", "from whatsapp:+4…0123 to rcs:15…1111."],
    ["+1555000111122223", "+1…2223"],
    ["port 3000, pid 12345", "port 3000, pid 12345"],
    ["SM00000000000000000000000000000001", "SM00000000000000000000000000000001"],
    ["short code 88811", "short code 88811"],
  ])("%p → %p", (text, masked) => {
    expect(maskNumbers(text)).toBe(masked);
  });
});

function write(format: "text" | "json", level: Level): string[] {
  const lines: string[] = [];
  const log = createLog({ level, format, write: (line) => lines.push(line), now: () => 0 });
  log.info("turn.ended", { ms: 3, from: "+15550001111" });
  return lines;
}

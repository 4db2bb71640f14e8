import { describe, expect, test } from "bun:test";
import type { Channel } from "../../src/channels/channel.ts";

const ANSWERS = [
  "Hello, Ada.",
  "two\nlines",
  "a\u0000b\ud800c\ufffe",
  "😀".repeat(3000),
  "A sentence of some length. ".repeat(400),
  "&".repeat(30_000),
];

/** What every channel must do with what a bot says, whatever it carries it by. */
export function channelContract(name: string, channel: Channel): void {
  describe(`${name} as a channel`, () => {
    test("fit() sends nothing where nothing is said", () => {
      const portions = ["", " ", "\n\t", "\u0000"].map((answer) => channel.fit([answer]));

      expect(portions).toEqual(Array(4).fill({ now: [], later: [] }));
    });

    test("fit() leaves a short answer as it is", () => {
      const portion = channel.fit(["Hello, Ada. É 😀"]);

      expect(portion).toEqual({ now: ["Hello, Ada. É 😀"], later: [] });
    });

    test("fit() begins a text with each message", () => {
      const { now } = channel.fit(["One.", "Two."]);

      expect(now).toEqual(["One.", "Two."]);
    });

    test.each(ANSWERS)("fit() makes of answer %# only texts that can be sent", (answer) => {
      const { now, later } = channel.fit([answer]);

      const texts = [...now, ...later];
      expect(now.length).toBeGreaterThan(0);
      expect(texts.filter((text) => text.trim() === "")).toEqual([]);
      expect(texts.filter((text) => !text.isWellFormed())).toEqual([]);
      expect(texts.filter((text) => /(?![\n\t])\p{Cc}/u.test(text))).toEqual([]);
    });

    test("fit() keeps what is more than is given at once, and gives it all in the end", () => {
      const answer = "A sentence of some length. ".repeat(400).trim();
      const first = channel.fit([answer]);
      const second = channel.fit(first.later);

      const given = [...first.now, ...second.now].map((text) => text.replace(/\n\(.*\)$/, ""));

      expect(first.later.length).toBeGreaterThan(0);
      expect([...given, ...second.later].join(" ")).toBe(answer);
    });

    test.each([
      ["a short text", "Hello, Ada.", 1],
      ["a long one", "x".repeat(161), 2],
      ["a long one in another script", "ж".repeat(141), 3],
    ])("countSegments() of %s", (_, text, segments) => {
      expect(channel.countSegments(text)).toBe(segments);
    });
  });
}

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
      expect(["", " ", "\n\t", "\u0000"].flatMap((answer) => channel.fit([answer]))).toEqual([]);
    });

    test("fit() leaves a short answer as it is", () => {
      expect(channel.fit(["Hello, Ada. É 😀"])).toEqual(["Hello, Ada. É 😀"]);
    });

    test.each(ANSWERS)("fit() makes of answer %# only texts that can be sent", (answer) => {
      const texts = channel.fit([answer]);

      expect(texts.length).toBeGreaterThan(0);
      expect(texts.filter((text) => text.trim() === "")).toEqual([]);
      expect(texts.filter((text) => !text.isWellFormed())).toEqual([]);
      expect(texts.filter((text) => /(?![\n\t])\p{Cc}/u.test(text))).toEqual([]);
    });
  });
}

import { expect, test } from "bun:test";
import { countSegments } from "../../src/stand-in/segments.ts";

test.each([
  ["nothing", "", 1],
  ["160 plain characters", "a".repeat(160), 1],
  ["161 plain characters", "a".repeat(161), 2],
  ["80 that take two places", "€".repeat(80), 1],
  ["81 that take two places", "€".repeat(81), 2],
  ["70 of another script", "я".repeat(70), 1],
  ["71 of another script", "я".repeat(71), 2],
  ["36 emoji", "🎉".repeat(36), 2],
  ["1600 plain characters", "a".repeat(1600), 11],
  ["1600 of another script", "я".repeat(1600), 24],
])("countSegments() of %s", (_, text, segments) => {
  const counted = countSegments(text);

  expect(counted).toBe(segments);
});

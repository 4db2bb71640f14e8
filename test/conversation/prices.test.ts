import { describe, expect, test } from "bun:test";
import { estimateCost, PRICES } from "../../src/conversation/prices.ts";

describe("estimateCost()", () => {
  test.each([
    ["the US", "+15550001111", 0.015],
    ["Canada", "+14165550100", 0.015],
    ["Jamaica, on the same plan", "+18765550100", 0.25],
    ["the Dominican Republic, on the same plan", "+18095550100", 0.13],
    ["Puerto Rico, on the same plan", "+17875550100", 0.09],
    ["the United Kingdom", "+447700900123", 0.06],
    ["Germany", "+4915112345678", 0.13],
    ["Russia", "+79161234567", 0.7],
    ["Kazakhstan, on the same plan", "+77011234567", 0.25],
    ["Indonesia, which is left out", "+6281234567890", 0.5],
    ["a country that is none", "+9991234567", 0.5],
    ["a short code", "88811", 0.5],
    ["nowhere", "", 0.5],
    ["somebody on WhatsApp", "whatsapp:+4915112345678", 0.005],
    ["somebody on Messenger", "messenger:1234567890", 0.005],
    ["somebody on RCS, as by SMS", "rcs:+447700900123", 0.06],
  ])("takes %s at its price", (_, to, price) => {
    expect(estimateCost(1, to)).toBe(price);
  });

  test("counts every segment", () => {
    expect(estimateCost(11, "+15550001111")).toBeCloseTo(0.165, 9);
    expect(estimateCost(0, "+15550001111")).toBe(0);
  });

  test.each(["+15550001111", "+442071234567", "+35812345678", "whatsapp:+15550001111", "x"])(
    "never takes %p for free",
    (to) => {
      expect(estimateCost(1, to)).toBeGreaterThan(0);
    },
  );
});

test("no prefix has two prices", () => {
  const prefixes = PRICES.flatMap(([, list]) => list.split(" "));

  expect(prefixes).toEqual([...new Set(prefixes)]);
  expect(prefixes.filter((prefix) => !/^(\+\d{1,4}|\w+:)$/.test(prefix))).toEqual([]);
});

import { expect, test } from "bun:test";
import { readPolicy } from "../../src/stand-in/overrides.ts";

test("readPolicy() takes Twilio's own limits where nothing is said", () => {
  const policy = readPolicy("https://bot.example.com/sms?a=1");

  expect(policy).toEqual({
    url: "https://bot.example.com/sms?a=1",
    connectMs: 5_000,
    readMs: 15_000,
    totalMs: 15_000,
    isTotalSet: false,
    retries: 1,
    retryOn: new Set(["ct"]),
  });
});

test("readPolicy() takes what the fragment says", () => {
  const policy = readPolicy("https://a/sms#rc=3&rp=ct,rt,5xx,nonsense&ct=2000&rt=3500&tt=9000");

  expect(policy).toEqual({
    url: "https://a/sms",
    connectMs: 2_000,
    readMs: 3_500,
    totalMs: 9_000,
    isTotalSet: true,
    retries: 3,
    retryOn: new Set(["ct", "rt", "5xx"]),
  });
});

test.each([
  ["ct=1&rt=1&tt=1", [100, 100, 100, 1]],
  ["ct=60000&rt=60000&tt=60000&rc=9", [10_000, 15_000, 15_000, 5]],
  ["ct=soon&rt=-1&tt=&rc=many", [5_000, 15_000, 15_000, 1]],
])("readPolicy() keeps %p within what may be", (fragment, limits) => {
  const { connectMs, readMs, totalMs, retries } = readPolicy(`https://a/sms#${fragment}`);

  expect([connectMs, readMs, totalMs, retries]).toEqual(limits);
});

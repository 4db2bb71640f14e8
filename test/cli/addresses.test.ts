import { expect, test } from "bun:test";
import { isLoopback, localUrl, portOf, readUrl } from "../../src/cli/addresses.ts";
import { UsageError } from "../../src/errors.ts";

test.each([
  ["127.0.0.1", true],
  ["127.1.2.3", true],
  ["localhost", true],
  ["LOCALHOST", true],
  ["::1", true],
  ["[::1]", true],
  ["0.0.0.0", false],
  ["::", false],
  ["192.168.1.2", false],
  ["127.0.0.1.example.com", false],
  ["localhost.example.com", false],
])("isLoopback() of %s is %p", (host, wanted) => {
  const isOurs = isLoopback(host);

  expect(isOurs).toBe(wanted);
});

test.each([
  ["0.0.0.0", "http://127.0.0.1:3000"],
  ["::", "http://127.0.0.1:3000"],
  ["127.0.0.1", "http://127.0.0.1:3000"],
  ["::1", "http://[::1]:3000"],
  ["[::1]", "http://[::1]:3000"],
  ["10.0.0.7", "http://10.0.0.7:3000"],
])("localUrl() reaches a server on %s at %s", (HOST, wanted) => {
  const url = localUrl({ HOST, PORT: 3000 });

  expect(url).toBe(wanted);
});

test.each([
  ["http://127.0.0.1:3000/sms", 3000],
  ["http://example.com", 80],
  ["https://example.com/sms", 443],
])("portOf() of %s is %i", (url, wanted) => {
  const port = portOf(new URL(url));

  expect(port).toBe(wanted);
});

test.each([["localhost:3000"], ["bot.example.com"], ["ftp://example.com"], [""]])(
  "readUrl() refuses %j",
  (text) => {
    const read = () => readUrl(text);

    expect(read).toThrow(UsageError);
    expect(read).toThrow(`expected an http or https address, found "${text}"`);
  },
);

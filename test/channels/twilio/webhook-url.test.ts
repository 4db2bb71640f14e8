import { describe, expect, test } from "bun:test";
import { readWebhookUrl, signedUrl } from "../../../src/channels/twilio/webhook-url.ts";

describe("readWebhookUrl()", () => {
  test.each([
    ["https://bot.example.com", "https://bot.example.com/sms"],
    ["https://bot.example.com/", "https://bot.example.com/sms"],
    ["https://bot.example.com/sms", "https://bot.example.com/sms"],
    ["https://bot.example.com/sms#rc=3", "https://bot.example.com/sms"],
    ["https://bot.example.com/sms?line=it's#rc=3", "https://bot.example.com/sms?line=it's"],
    ["https://example.com/bots/", "https://example.com/bots/sms"],
    ["https://me:secret@bot.example.com", "https://bot.example.com/sms"],
    ["http://127.0.0.1:3000", "http://127.0.0.1:3000/sms"],
    ["http://[::1]:3000", "http://[::1]:3000/sms"],
  ])("of %s is %s", (publicUrl, webhook) => {
    expect(readWebhookUrl(publicUrl).exact).toBe(webhook);
  });

  test.each(["https://[", "https://bot.example.com:99999", "https://"])(
    "refuses %s",
    (publicUrl) => {
      expect(() => readWebhookUrl(publicUrl)).toThrow(
        "Cannot read PUBLIC_URL: expected the address",
      );
    },
  );
});

describe("signedUrl()", () => {
  test("is what was configured with the query that was asked for", () => {
    const url = readWebhookUrl("https://bot.example.com");

    expect(signedUrl(url, "http://10.0.0.1:8080/sms?a=1&b=")).toBe(
      "https://bot.example.com/sms?a=1&b=",
    );
  });

  test.each(["", "@@[", "a:99999", "a b", "[::1]:8080"])("does not heed the host %p", (host) => {
    const url = readWebhookUrl("https://bot.example.com");

    expect(signedUrl(url, `http://${host}/sms?a=1`)).toBe("https://bot.example.com/sms?a=1");
  });

  test("is what was configured to the letter where the server shows it normalised", () => {
    const url = readWebhookUrl("https://bot.example.com/sms?who=it's|é");

    expect(signedUrl(url, "http://10.0.0.1:8080/sms?who=it%27s|%C3%A9")).toBe(
      "https://bot.example.com/sms?who=it's|é",
    );
  });
});

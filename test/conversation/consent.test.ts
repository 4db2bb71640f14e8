import { describe, expect, test } from "bun:test";
import { heedKeyword } from "../../src/conversation/consent.ts";
import { textFrom } from "../fakes/message.ts";

describe("heedKeyword()", () => {
  test.each([
    ["88811", " info "],
    ["whatsapp:+15550009999", "Help"],
  ])("gives help at %p to %p, as nobody else does", (to, text) => {
    const outcome = heedKeyword({ id: 1, message: textFrom({ to, text }) });

    expect(outcome).toMatchObject({
      kind: "reply",
      texts: [expect.stringContaining("A chatbot answers here")],
    });
  });

  test.each([
    ["88811", "STOP"],
    ["messenger:1234567890", "unsubscribe"],
    ["whatsapp:+15550009999", "start"],
  ])("promises nothing at %p to %p, and leaves the bot out", (to, text) => {
    const outcome = heedKeyword({ id: 1, message: textFrom({ to, text }) });

    expect(outcome).toMatchObject({ kind: "silence", reason: expect.stringContaining("nobody") });
  });

  test.each(["88811", "whatsapp:+15550009999", "+15550009999"])(
    "says nothing at %p to what the provider took for a keyword and answered",
    (to) => {
      const message = textFrom({ to, text: "BAJA", handledAs: "stop" });

      const outcome = heedKeyword({ id: 1, message });

      expect(outcome).toEqual({ kind: "silence", reason: "the carrier answers STOP" });
    },
  );

  test("leaves talk to the bot", () => {
    const outcome = heedKeyword({ id: 1, message: textFrom({ text: "stop please" }) });

    expect(outcome).toBeUndefined();
  });
});

import { expect, test } from "bun:test";
import { createStandIn } from "../../src/stand-in/stand-in.ts";
import { phoneLine } from "../fakes/phone-line.ts";
import { textsOf } from "./small-server.ts";

const ADA = "+15550001111";
const NUMBER = "+15550009999";

test("our own server takes the stand-in's texts for Twilio's, and the stand-in its answers", async () => {
  const token = "the token of both";
  const line = phoneLine({ texts: ["one", "<two> & 🎉"], tokens: [token] });
  await using server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: line.send });
  await using twilio = createStandIn({
    authToken: token,
    numbers: [{ number: NUMBER, webhook: { url: "https://bot.example.com/sms#rc=2" } }],
    route: (url) => url.replace("https://bot.example.com", server.url.origin),
  });

  const { sid, finished } = twilio.text(ADA, "Grüße, it's me", {
    media: [{ contentType: "image/png" }],
  });
  const { outcome } = await finished;
  await twilio.idle();

  expect(outcome).toBe("answered");
  expect(line.received).toEqual([
    expect.objectContaining({ id: sid, from: ADA, to: NUMBER, text: "Grüße, it's me" }),
  ]);
  expect(textsOf(twilio, ADA)).toEqual(["one", "<two> & 🎉"]);
});

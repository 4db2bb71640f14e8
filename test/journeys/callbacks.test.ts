import { expect, test } from "bun:test";
import { never } from "../fakes/failure.ts";
import { phoneLine } from "../fakes/phone-line.ts";
import { ADA, NUMBER, senderTo, standIn } from "../fakes/sender.ts";
import { TOKEN } from "../fakes/webhook.ts";

// What we ask to be told, told by Twilio's stand-in: by the URLs that we gave it, signed by its own hand.

const PUBLIC_URL = "https://bot.example.com";

test("Twilio tells what becomes of each text of a webhook's answer", async () => {
  await using called = line({ texts: ["one", "two"] });
  await using twilio = standIn({ authToken: TOKEN, numbers: called.numbers, route: called.route });

  await twilio.text(ADA, "hello").finished;
  await twilio.idle();

  const sids = twilio
    .messages()
    .flatMap(({ direction, sid }) => (direction === "inbound" ? [] : sid));
  expect(called.told(1)).toEqual(["delivered", "sending", "sent"]);
  expect(called.told(2)).toEqual(["delivered", "sending", "sent"]);
  expect(new Set(called.heard.map(({ sid }) => sid))).toEqual(new Set(sids));
  expect(twilio.alerts).toEqual([]);
});

test("Twilio tells what becomes of a text that was sent by its API", async () => {
  await using called = line();
  await using twilio = standIn({ authToken: TOKEN, route: called.route });
  twilio.decide(ADA, { status: "undelivered", errorCode: 30005 });
  const { send } = senderTo(twilio, { callbacks: true });

  await send({ id: 42, from: NUMBER, to: ADA, text: "hello", validForMs: 60_000 }, never());
  await twilio.idle();

  expect(called.told(42)).toEqual(["sending", "sent", "undelivered"]);
  expect(called.heard).toContainEqual(
    expect.objectContaining({ verdict: expect.objectContaining({ code: 30005 }) }),
  );
  expect(twilio.alerts).toEqual([]);
});

test("Twilio tries a callback again that we could not write down", async () => {
  await using called = line({ failure: new Error("out of luck") });
  await using twilio = standIn({ authToken: TOKEN, route: called.route });
  const { send } = senderTo(twilio, { callbacks: true });

  await send({ id: 42, from: NUMBER, to: ADA, text: "hello", validForMs: 60_000 }, never());
  await twilio.idle();

  const times = Object.groupBy(called.heard, ({ status }) => status).delivered?.length;
  expect(times).toBe(3);
});

/** Our webhooks at a public address, and where that is on this machine. */
function line(options: Parameters<typeof phoneLine>[0] = {}) {
  const { send, heard } = phoneLine({ ...options, publicUrl: PUBLIC_URL, callbacks: true });
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: send });
  return {
    heard,
    numbers: [{ number: NUMBER, webhook: { url: `${PUBLIC_URL}/sms` } }],
    route: (url: string) => url.replace(PUBLIC_URL, server.url.origin),
    told: (id: number) =>
      heard.flatMap((report) => (report.id === id ? [report.status] : [])).toSorted(),
    [Symbol.asyncDispose]: () => server.stop(true),
  };
}

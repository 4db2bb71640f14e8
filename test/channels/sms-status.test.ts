import { describe, expect, test } from "bun:test";
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks";
import { StoreError } from "../../src/errors.ts";
import { phoneLine } from "../fakes/phone-line.ts";
import { formRequest, signedRequest, smsParameters, TOKEN } from "../fakes/webhook.ts";

const STATUS = "https://bot.example.com/sms/status";
const SID = `SM${"7".repeat(32)}`;

describe("POST /sms/status", () => {
  test("hands on what became of a text, by the id in its URL", async () => {
    const { send, heard, received } = phoneLine();

    const response = await send(callback({ MessageStatus: "delivered" }, "?id=42"));

    expect([response.status, await response.text()]).toEqual([204, ""]);
    expect(heard).toEqual([{ id: 42, sid: SID, status: "delivered" }]);
    expect(received).toEqual([]);
  });

  test("tells what a failure means", async () => {
    const { send, heard } = phoneLine();

    await send(callback({ MessageStatus: "undelivered", ErrorCode: "30034" }));

    expect(heard).toEqual([
      {
        id: 1,
        sid: SID,
        status: "undelivered",
        verdict: {
          action: "final",
          code: 30034,
          words: expect.stringContaining("not registered for A2P 10DLC"),
        },
      },
    ]);
  });

  test.each(["", "soon", "-1", "1e400", "30034.5"])(
    "tells that a failure with ErrorCode=%p is not explained",
    async (code) => {
      const { send, heard } = phoneLine();

      await send(callback({ MessageStatus: "failed", ErrorCode: code }));

      expect(heard).toMatchObject([
        { status: "failed", verdict: { action: "final", words: "Twilio does not say why" } },
      ]);
    },
  );

  test("takes no code of a text that did not fail for a failure", async () => {
    const { send, heard } = phoneLine();

    await send(callback({ MessageStatus: "delivered", ErrorCode: "30003" }));

    expect(heard).toEqual([{ id: 1, sid: SID, status: "delivered" }]);
  });

  test("is signed over the URL as Twilio was given it, without its fragment", async () => {
    const { send, heard } = phoneLine({ publicUrl: "https://bot.example.com/it's/sms?key=1#rc=3" });
    const signedUrl = "https://bot.example.com/it's/sms/status?id=42&of=4711";

    const response = await send(callback({ MessageStatus: "sent" }, "?id=42", { signedUrl }));

    expect(response.status).toBe(204);
    expect(heard).toMatchObject([{ id: 42, status: "sent" }]);
  });

  test("takes each of many callbacks, in any order", async () => {
    const { send, heard } = phoneLine();

    for (const MessageStatus of ["delivered", "sent", "sent", "queued"]) {
      await send(callback({ MessageStatus }));
    }

    expect(heard.map(({ status }) => status)).toEqual(["delivered", "sent", "sent", "queued"]);
  });

  test("is a 503 where it could not be written down, so that Twilio tries again", async () => {
    const failure = new StoreError("no", { code: "full" });
    const { send } = phoneLine({ failure });

    const response = await send(callback({ MessageStatus: "sent" }));

    expect([response.status, await response.text()]).toEqual([503, ""]);
  });
});

describe("a signed callback that we have no use for is answered, and does nothing:", () => {
  test.each([
    ["no id", "?"],
    ["an empty id", "?id="],
    ["a negative id", "?id=-1"],
    ["id zero", "?id=0"],
    ["an id in words", "?id=one"],
    ["half an id", "?id=1.5"],
    ["an id in another base", "?id=0x10"],
    ["an id with a tail", "?id=1%0A"],
    ["an id of a thousand digits", `?id=${"9".repeat(1000)}`],
    ["an id beyond what counts exactly", "?id=9007199254740993"],
    ["two ids", "?id=1&id=2"],
    ["the id of another store's text", "?of=1&id=1"],
    ["the same id twice", "?id=1&id=1"],
    ["a broken escape", "?id=%zz"],
  ])("%s", async (_, query) => {
    const { send, heard } = phoneLine();

    const response = await send(callback({ MessageStatus: "sent" }, query));

    expect([response.status, await response.text()]).toEqual([204, ""]);
    expect(heard).toEqual([]);
  });

  test.each(["teleported", "unknown", "received", "constructor"])("status %p", async (status) => {
    const { send, heard } = phoneLine();

    const response = await send(callback({ MessageStatus: status }));

    expect(response.status).toBe(204);
    expect(heard).toEqual([]);
  });
});

describe("a callback that is not Twilio's to us", () => {
  test.each([
    ["for another id", { signedUrl: `${STATUS}?id=2&of=4711` }],
    ["for no id", { signedUrl: STATUS }],
    ["with the fragment", { signedUrl: `${STATUS}?id=1&of=4711#rc=2&rp=ct,rt,5xx` }],
    ["for the other webhook", { signedUrl: "https://bot.example.com/sms" }],
    ["by another token", { token: "another" }],
  ])("is refused when it is signed %s", async (_, signing) => {
    const { send, heard } = phoneLine();

    const response = await send(callback({ MessageStatus: "sent" }, "?id=1", signing));

    expect([response.status, await response.text()]).toEqual([403, ""]);
    expect(heard).toEqual([]);
  });

  test("is refused without a signature, whatever it says", async () => {
    const { send, heard } = phoneLine();
    const request = formRequest("nonsense", { url: `${STATUS}?id=1&of=4711` });

    const response = await send(request);

    expect(response.status).toBe(403);
    expect(heard).toEqual([]);
  });

  test("is refused where no token is set", async () => {
    const { send, heard } = phoneLine({ tokens: [] });

    const response = await send(callback({ MessageStatus: "sent" }, "?id=1", { token: "" }));

    expect(response.status).toBe(403);
    expect(heard).toEqual([]);
  });

  test("is refused when it comes from another account", async () => {
    const { send, heard } = phoneLine({ accountSid: `AC${"b".repeat(32)}` });

    const response = await send(callback({ MessageStatus: "sent" }));

    expect(response.status).toBe(403);
    expect(heard).toEqual([]);
  });
});

describe("a signed callback that is none", () => {
  test.each<[string, Record<string, string>]>([
    ["no MessageSid", { MessageSid: "" }],
    ["a MessageSid of another kind", { MessageSid: `CA${"0".repeat(32)}` }],
    ["a malformed AccountSid", { AccountSid: "AC1" }],
    ["no status", { MessageStatus: "" }],
  ])("with %s is refused", async (_, changes) => {
    const { send, heard } = phoneLine();

    const response = await send(callback({ MessageStatus: "sent", ...changes }));

    expect([response.status, await response.text()]).toEqual([400, ""]);
    expect(heard).toEqual([]);
  });

  test("with a parameter twice is refused, whichever reading was signed", async () => {
    const { send, heard } = phoneLine();
    const parameters = statusParameters({ MessageStatus: "sent" });
    const url = `${STATUS}?id=1&of=4711`;
    const body = `${new URLSearchParams(parameters)}&MessageStatus=failed`;
    const readings = [parameters, { ...parameters, MessageStatus: "failed" }];

    const responses = await Promise.all(
      readings.map((reading) =>
        send(
          formRequest(body, { url, signature: getExpectedTwilioSignature(TOKEN, url, reading) }),
        ),
      ),
    );

    expect(responses.map(({ status }) => status)).toEqual([400, 400]);
    expect(heard).toEqual([]);
  });
});

test.each(["GET", "PUT", "DELETE"])("%s /sms/status is an empty 404", async (method) => {
  const { send } = phoneLine();

  const response = await send(new Request(`${STATUS}?id=1&of=4711`, { method }));

  expect([response.status, await response.text()]).toEqual([404, ""]);
});

interface Signing {
  readonly signedUrl?: string;
  readonly token?: string;
}

/** A callback as Twilio posts it. */
function callback(
  changes: Readonly<Record<string, string>>,
  query = "?id=1",
  signing: Signing = {},
): Request {
  return signedRequest(statusParameters(changes), { url: `${STATUS}${query}&of=4711`, ...signing });
}

function statusParameters(changes: Readonly<Record<string, string>>): Record<string, string> {
  const { AccountSid = "", From = "", To = "", ApiVersion = "" } = smsParameters();
  const addresses = { AccountSid, ApiVersion, From: To, To: From };
  const { MessageStatus = "sent" } = changes;
  return { ...addresses, MessageSid: SID, SmsSid: SID, SmsStatus: MessageStatus, ...changes };
}

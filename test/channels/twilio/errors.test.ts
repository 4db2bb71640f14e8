import { describe, expect, test } from "bun:test";
import { ERROR_MEANINGS } from "../../../src/channels/twilio/error-codes.ts";
import { toVerdict, toVerdictOfCode } from "../../../src/channels/twilio/errors.ts";
import type { Action } from "../../../src/delivery.ts";
import {
  type Answer,
  httpAnswer,
  SENDING,
  sendTo,
  sendToPort,
} from "../../fakes/twilio-answers.ts";

const NOW = Date.UTC(2026, 10, 22, 12);

interface Case {
  readonly name: string;
  readonly answer: Answer;
  readonly verdict: Readonly<Record<string, unknown>>;
}

const CASES: readonly Case[] = [
  {
    name: "401",
    answer: ends(401, { code: 20003, message: "Authenticate", status: 401 }),
    verdict: { action: "pause", code: 20003 },
  },
  { name: "401 of somebody else", answer: ends(401, "<html>"), verdict: { action: "pause" } },
  { name: "403 without a code", answer: ends(403, "<html>"), verdict: { action: "pause" } },
  {
    name: "429",
    answer: ends(429, { code: 20429, message: "Too Many Requests", status: 429 }),
    verdict: { action: "retry", code: 20429 },
  },
  { name: "429 in HTML", answer: ends(429, "<html>"), verdict: { action: "retry" } },
  {
    name: "429 with the code of something else",
    answer: ends(429, { code: 21211, status: 429 }),
    verdict: { action: "retry", code: 21211 },
  },
  {
    name: "an opt-out",
    answer: ends(400, { code: 21610, message: `${SENDING.to} said STOP`, status: 400 }),
    verdict: { action: "opt-out", code: 21610 },
  },
  {
    name: "an opt-out by RFC 9457",
    answer: ends(400, { type: "t", title: "Bad", status: 400, code: 21610 }),
    verdict: { action: "opt-out", code: 21610 },
  },
  {
    name: "a number that is none",
    answer: ends(400, { code: 21211, message: `${SENDING.to} is not valid`, status: 400 }),
    verdict: { action: "final", code: 21211 },
  },
  {
    name: "a full queue",
    answer: ends(400, { code: 21611, status: 400 }),
    verdict: { action: "retry-later", code: 21611 },
  },
  {
    name: "a code that we do not know",
    answer: ends(400, { code: 29999, message: SENDING.body, status: 400 }),
    verdict: { action: "final", code: 29999, words: "Twilio refused the request (HTTP 400)" },
  },
  {
    name: "a code that is no number",
    answer: ends(400, { code: SENDING.token, status: 400 }),
    verdict: { action: "final", words: "Twilio refused the request (HTTP 400)" },
  },
  { name: "500 in HTML", answer: ends(500, "<html>"), verdict: { action: "unknown-outcome" } },
  {
    name: "503 with the code of something final",
    answer: ends(503, { code: 21211, status: 503 }),
    verdict: { action: "unknown-outcome", code: 21211 },
  },
  { name: "408", answer: ends(408, ""), verdict: { action: "unknown-outcome" } },
  { name: "a redirect", answer: ends(302, "<html>"), verdict: { action: "pause" } },
  { name: "a cut 201", answer: ends(201, '{"sid":"SM1'), verdict: { action: "unknown-outcome" } },
  { name: "an empty 201", answer: ends(201, ""), verdict: { action: "unknown-outcome" } },
  {
    name: "a 201 that breaks off",
    answer: { bytes: httpAnswer(201, '{"sid":"SM1', { length: 400 }), ending: "ends" },
    verdict: { action: "unknown-outcome" },
  },
  {
    name: "what is not HTTP",
    answer: { bytes: "who are you?\r\n\r\n", ending: "ends" },
    verdict: { action: "unknown-outcome" },
  },
  { name: "a reset", answer: { ending: "resets" }, verdict: { action: "unknown-outcome" } },
  { name: "no answer", answer: { ending: "ends" }, verdict: { action: "unknown-outcome" } },
  {
    name: "no end of waiting",
    answer: { ending: "hangs" },
    verdict: { action: "unknown-outcome" },
  },
];

describe("a text that is sent", () => {
  test.each(CASES)("at $name", async ({ answer, verdict }) => {
    const sending = await sendTo(answer);

    expect(sending).toMatchObject({ kind: "refused", verdict });
  });

  test.each(CASES)("at $name, without the token, the text or a number", async ({ answer }) => {
    const sending = await sendTo(answer);

    const told = Bun.inspect(sending, { depth: 9 });
    const credentials = Buffer.from(`AC${"a".repeat(32)}:${SENDING.token}`).toString("base64");
    const secrets = [...Object.values(SENDING), credentials];
    expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
  });

  test("where nobody listens was not sent, so it may be tried again", async () => {
    const closed = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
    closed.stop(true);

    const sending = await sendToPort(closed.port);

    expect(sending).toEqual({
      kind: "refused",
      verdict: { action: "retry", words: "Twilio cannot be reached (ECONNREFUSED)" },
    });
  });

  test("waits as the Retry-After of a 429 says", async () => {
    const bytes = httpAnswer(429, { code: 20429 }, { headers: ["Retry-After: 7"] });

    const sending = await sendTo({ bytes, ending: "ends" });

    expect(sending).toMatchObject({
      verdict: { action: "retry", code: 20429, retryAfterMs: 7000 },
    });
  });
});

describe("toVerdict()", () => {
  test.each<[string, Action]>([
    ["ENOTFOUND", "retry"],
    ["EAI_AGAIN", "retry"],
    ["CERT_HAS_EXPIRED", "retry"],
    ["ETIMEDOUT", "unknown-outcome"],
    ["EPIPE", "unknown-outcome"],
    ["ERR_CANCELED", "unknown-outcome"],
  ])("takes a connection that failed with %s for %s", (code, action) => {
    const error = Object.assign(new TypeError("x"), { code });

    expect(toVerdict(error).action).toBe(action);
  });

  test.each([
    ["nothing", undefined],
    ["null", null],
    ["a text", "no"],
    ["an object", {}],
    ["a slip of ours", new TypeError("x")],
    ["a status in letters", { status: "401" }],
    ["a status that no server has", { status: 5 }],
  ])("takes %s, which it does not know, for sent until looked up", (_, error) => {
    expect(toVerdict(error).action).toBe("unknown-outcome");
  });

  test.each([
    ["3", 3000],
    [" 120 ", 120_000],
    ["0", 0],
    ["Sun, 22 Nov 2026 12:00:30 GMT", 30_000],
    ["Sun, 22 Nov 2026 11:00:00 GMT", 0],
    ["soon", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("waits as Retry-After %p says", (retryAfter, retryAfterMs) => {
    const verdict = toVerdict({ status: 429 }, { retryAfter, now: NOW });

    expect(verdict.retryAfterMs).toBe(retryAfterMs);
  });

  test("knows no wait where nothing is tried again", () => {
    const verdict = toVerdict({ status: 400, code: 21211 }, { retryAfter: "3" });

    expect(verdict).not.toHaveProperty("retryAfterMs");
  });
});

describe("toVerdictOfCode()", () => {
  test.each([
    [30034, "final", /not registered for A2P 10DLC/],
    [30003, "retry-later", /out of reach/],
    [30001, "retry-later", /wait/],
    [21610, "opt-out", /STOP/],
    [30002, "pause", /suspended/],
    [63016, "final", /24 hours/],
    [12345, "final", /12345/],
  ])("says of %p: %s", (code, action, words) => {
    const verdict = toVerdictOfCode(code);

    expect(verdict).toMatchObject({ action, code });
    expect(verdict.words).toMatch(words);
  });

  test.each([
    [30003, 2],
    [30008, 1],
    [30410, 1],
    [30001, undefined],
  ])("gives %p so many tries: %p", (code, tries) => {
    expect(toVerdictOfCode(code).tries).toBe(tries);
  });
});

describe("ERROR_MEANINGS", () => {
  test.each([...ERROR_MEANINGS])("has words for %p that fit a line", (_, { words }) => {
    expect(words).toMatch(/^\p{Lu}.{10,88}[^.]$/u);
  });

  test("retries nothing without an end that is not told to come back", () => {
    const endless = [...ERROR_MEANINGS].flatMap(([code, { action, tries }]) =>
      action.startsWith("retry") && tries === undefined ? [code] : [],
    );

    expect(endless).toEqual([20429, 20009, 21611, 30001, 30022, 30023, 30035, 63017, 63018]);
  });
});

function ends(status: number, body: unknown): Answer {
  return { bytes: httpAnswer(status, body), ending: "ends" };
}

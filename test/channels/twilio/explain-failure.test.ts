import { expect, test } from "bun:test";
import { explainFailure } from "../../../src/channels/twilio/explain-failure.ts";

const FAILURE = { state: "failed", status: "failed", errorCode: 30034, reason: "ours" } as const;

const BLOCKED =
  "Your US number is not registered for A2P 10DLC, so carriers block it (Twilio's error 30034)";
const UNKNOWN = "Twilio's error 99999: https://www.twilio.com/docs/api/errors/99999";

test.each([
  ["failed", { state: "failed", status: "undelivered" }, BLOCKED],
  ["failed at the carrier", { state: "sent", status: "failed" }, BLOCKED],
  ["is to be tried again", { state: "owed", status: "unknown" }, BLOCKED],
  ["failed with a code that is new", { state: "failed", errorCode: 99999 }, UNKNOWN],
  ["failed before Twilio had it", { state: "failed", errorCode: null }, "ours"],
  ["was dropped after all", { state: "dropped" }, "ours"],
  ["arrived after all", { state: "sent", status: "delivered" }, null],
] as const)("explainFailure() of a text that %s says why", (_, changes, words) => {
  const explained = explainFailure({ ...FAILURE, ...changes });

  expect(explained).toBe(words);
});

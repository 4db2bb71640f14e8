import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { Type } from "@sinclair/typebox";
import { type FormRequest, postForm } from "../../src/bots/request.ts";
import { explain } from "../../src/errors.ts";
import { failureOf, never, settled } from "../fakes/failure.ts";
import {
  account,
  type FakePandorabots,
  type Fault,
  startPandorabots,
} from "../fakes/pandorabots.ts";

const Greeting = Type.Object({ responses: Type.Array(Type.String()) });

let fake: FakePandorabots;

beforeEach(() => {
  fake = startPandorabots();
});

afterEach(() => fake.stop());

describe("postForm()", () => {
  test("posts the form in the body and gives the answer, checked against the schema", async () => {
    const answer = await postForm(toRequest(), never());

    expect(answer).toEqual({
      kind: "answer",
      value: expect.objectContaining({ responses: ["You said hello."] }),
    });
    expect(fake.calls[0]?.fields["input"]).toBe("hello");
    expect(new URL(fake.calls[0]?.url ?? "").search).toBe("");
  });

  test.each<[Fault, number]>([
    [400, 400],
    [401, 401],
    [429, 429],
    [502, 502],
    ["redirect", 307],
  ])("gives a refusal as a value when the service answers with %p", async (fault, status) => {
    fake.failNext(fault);

    const answer = await postForm(toRequest(), never());

    expect(answer).toEqual({ kind: "refusal", status });
    expect(fake.calls.length).toBe(1);
  });

  test.each<[Fault, string, string]>([
    ["cut", "unreachable", "Cannot reach the oracle: "],
    ["slow", "timed-out", "Cannot ask the oracle: expected an answer within 100 ms, found none"],
    ["drip", "timed-out", "Cannot ask the oracle: expected an answer within 100 ms, found none"],
    ["html", "not-understood", "Cannot understand the oracle: expected JSON"],
    ["shapeless", "not-understood", "Cannot understand the oracle: expected JSON"],
    ["endless", "not-understood", "found more than 1000000 bytes"],
  ])("throws when the answer is %s, asking once", async (fault, code, message) => {
    fake.failNext(fault);

    const error = await failureOf(postForm(toRequest({ timeoutMs: 100 }), never()));

    expect(error.code).toBe(code);
    expect(explain(error)).toContain(message);
    expect(error.hint).toBeString();
    expect(fake.calls.length).toBe(1);
  });

  test("throws that nobody is there when the connection is refused", async () => {
    await fake.stop();

    const error = await failureOf(postForm(toRequest(), never()));

    expect(error.code).toBe("unreachable");
    expect(explain(error)).toMatch(/^Cannot reach the oracle: ./);
  });

  test("throws that nobody is there when the address is none", async () => {
    const error = await failureOf(postForm(toRequest({ url: "http://[" }), never()));

    expect(error.code).toBe("unreachable");
  });

  test("keeps what the service said out of the error when it was not understood", async () => {
    fake.failNext("html");

    const error = await failureOf(postForm(toRequest(), never()));

    expect(explain(error)).not.toContain("nginx");
    expect(explain(error)).not.toContain("<");
  });

  test.each<Fault>(["slow", "drip"])(
    "rejects with the signal's own reason when it aborts while the answer is %s",
    async (fault) => {
      fake.failNext(fault);
      const reason = new Error("no longer wanted");
      const caller = new AbortController();
      setTimeout(() => caller.abort(reason), 30);

      const answer = postForm(toRequest(), caller.signal);

      expect(await settled(answer)).toBe(reason);
    },
  );

  test("asks nobody when the signal has already aborted", async () => {
    const answer = postForm(toRequest(), AbortSignal.abort("no longer wanted"));

    expect(await settled(answer)).toBe("no longer wanted");
    expect(fake.calls).toEqual([]);
  });
});

function toRequest(
  changes: Partial<FormRequest<typeof Greeting>> = {},
): FormRequest<typeof Greeting> {
  return {
    service: "the oracle",
    url: `${fake.url}/talk`,
    form: new URLSearchParams({ botkey: account.botkey, input: "hello" }),
    timeoutMs: 1_500,
    schema: Greeting,
    ...changes,
  };
}

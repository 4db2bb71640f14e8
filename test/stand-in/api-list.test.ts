import { describe, expect, test } from "bun:test";
import { createStandIn, type StandIn } from "../../src/stand-in/stand-in.ts";
import { clientOf } from "./client.ts";

const ADA = "+15550001111";
const GRACE = "+15550002222";
const NUMBER = "+15550009999";

describe("the list of messages", () => {
  test("comes newest first, and in pages that the SDK follows", async () => {
    await using twilio = standIn();
    for (let count = 1; count <= 7; count += 1) await twilio.text(ADA, String(count)).finished;
    const { messages } = clientOf(twilio);

    const found = await messages.list({ pageSize: 3 });

    expect(found.map(({ body }) => body)).toEqual(["7", "6", "5", "4", "3", "2", "1"]);
  });

  test("shows a page, where it is, and where the next one is", async () => {
    await using twilio = standIn();
    for (const body of ["1", "2", "3"]) await twilio.text(ADA, body).finished;

    const first = await page(twilio, "?PageSize=2");
    await twilio.text(ADA, "4").finished;
    const second = await page(twilio, String(first["next_page_uri"]).replace(/^[^?]*/, ""));

    expect(first).toMatchObject({
      page: 0,
      page_size: 2,
      start: 0,
      end: 1,
      previous_page_uri: null,
    });
    expect(first["next_page_uri"]).toStartWith(
      `/2010-04-01/Accounts/${twilio.accountSid}/Messages.json?`,
    );
    expect(second).toMatchObject({ page: 1, next_page_uri: null });
    expect(second["messages"]).toEqual([expect.objectContaining({ body: "1" })]);
  });

  test("can be narrowed to a sender and a recipient", async () => {
    await using twilio = standIn();
    await twilio.text(ADA, "from Ada").finished;
    await twilio.text(GRACE, "from Grace").finished;
    const { messages } = clientOf(twilio);

    const fromAda = await messages.list({ from: ADA });
    const toAda = await messages.list({ to: ADA });

    expect(fromAda.map(({ body }) => body)).toEqual(["from Ada"]);
    expect(toAda).toEqual([]);
  });

  test("can be narrowed to times, both ends counted", async () => {
    let now = Date.parse("2026-11-22T10:00:00.400Z");
    await using twilio = standIn(() => now);
    for (const body of ["10:00", "11:00", "12:00"]) {
      await twilio.text(ADA, body).finished;
      now += 3_600_000;
    }
    const { messages } = clientOf(twilio);

    const later = await messages.list({ dateSentAfter: new Date("2026-11-22T11:00:00Z") });
    const earlier = await messages.list({ dateSentBefore: new Date("2026-11-22T11:00:00Z") });
    const thatDay = await page(twilio, "?DateSent=2026-11-22");
    const nextDay = await page(twilio, "?DateSent%3E=2026-11-23");

    expect(later.map(({ body }) => body)).toEqual(["12:00", "11:00"]);
    expect(earlier.map(({ body }) => body)).toEqual(["11:00", "10:00"]);
    expect(thatDay["messages"]).toHaveLength(3);
    expect(nextDay["messages"]).toEqual([]);
  });

  test("narrowed to times does not hold what has not left yet", async () => {
    await using twilio = standIn();
    const { messages } = clientOf(twilio);
    await messages.create({ to: ADA, from: NUMBER, body: "queued" });

    const since = await messages.list({ dateSentAfter: new Date(0) });
    const all = await messages.list();

    expect(since).toEqual([]);
    expect(all).toEqual([expect.objectContaining({ status: "queued", body: "queued" })]);
  });

  test("tells dates as Twilio does", async () => {
    await using twilio = standIn(() => Date.parse("2026-11-22T10:00:00Z"));
    await twilio.text(ADA, "hello").finished;

    const { messages } = await page(twilio, "");

    expect(messages).toEqual([
      expect.objectContaining({ date_sent: "Sun, 22 Nov 2026 10:00:00 +0000" }),
    ]);
  });

  test.each(["?PageSize=0", "?PageSize=1001", "?Limit=3", "?DateSent=yesterday"])(
    "refuses %s",
    async (query) => {
      await using twilio = standIn();

      const refusal = await page(twilio, query);

      expect(refusal).toMatchObject({ code: 20001, status: 400 });
    },
  );
});

function standIn(now: () => number = Date.now): StandIn {
  return createStandIn({ numbers: [{ number: NUMBER }], now });
}

async function page(
  { fetch, accountSid, authToken }: StandIn,
  query: string,
): Promise<Record<string, unknown>> {
  const url = `http://127.0.0.1/2010-04-01/Accounts/${accountSid}/Messages.json${query}`;
  const authorization = `Basic ${btoa(`${accountSid}:${authToken}`)}`;
  return Object(await (await fetch(new Request(url, { headers: { authorization } }))).json());
}

import { describe, expect, test } from "bun:test";
import { isFinal, laterOf, type MessageStatus, toStatus } from "../src/delivery.ts";

const ALL: readonly MessageStatus[] = [
  "unknown",
  "accepted",
  "scheduled",
  "queued",
  "sending",
  "sent",
  "canceled",
  "failed",
  "undelivered",
  "delivered",
  "read",
];

/** Ways that a message goes, with the state it must end in. */
const WAYS: readonly (readonly [readonly MessageStatus[], MessageStatus])[] = [
  [["accepted", "queued", "sending", "sent", "delivered"], "delivered"],
  [["accepted", "queued", "sending", "sent", "undelivered"], "undelivered"],
  [["queued", "sending", "sent", "delivered", "read"], "read"],
  [["accepted", "queued", "failed"], "failed"],
  [["scheduled", "queued", "sent", "delivered"], "delivered"],
  [["scheduled", "canceled"], "canceled"],
  [["queued", "sent", "undelivered", "delivered", "read"], "read"],
];

describe("laterOf()", () => {
  test.each(WAYS)("ends %p in %s, whatever the order and however often", (way, end) => {
    const ends = everyOrder(way).flatMap((order) => [inTheEnd(order), inTheEnd(doubled(order))]);

    expect(new Set(ends)).toEqual(new Set([end]));
  });

  test.each(WAYS)("ends every subset of %p the same way in every order", (way) => {
    const different = everySubset(way).filter((subset) => {
      const orders = everyOrder(subset);
      return new Set([...orders, ...orders.map(doubled)].map(inTheEnd)).size > 1;
    });

    expect(different).toEqual([]);
  });

  // Together these three make the order of any callbacks of any length meaningless.
  test("is commutative, associative and idempotent over all states", () => {
    const broken = ALL.flatMap((a) =>
      ALL.flatMap((b) =>
        ALL.filter(
          (c) =>
            laterOf(a, a) !== a ||
            laterOf(a, b) !== laterOf(b, a) ||
            laterOf(laterOf(a, b), c) !== laterOf(a, laterOf(b, c)),
        ),
      ),
    );

    expect(broken).toEqual([]);
  });

  test.each<[MessageStatus, MessageStatus]>([
    ["sent", "queued"],
    ["delivered", "sent"],
    ["delivered", "undelivered"],
    ["delivered", "failed"],
    ["failed", "sent"],
    ["read", "delivered"],
    ["queued", "unknown"],
  ])("keeps %s when %s comes after it", (before, after) => {
    expect(laterOf(before, after)).toBe(before);
  });
});

describe("toStatus()", () => {
  test.each(ALL)("knows %s", (status) => {
    expect(toStatus(status)).toBe(status);
    expect(toStatus(status.toUpperCase())).toBe(status);
  });

  test.each(["", "partially_delivered", "__proto__"])("takes %p for unknown", (word) => {
    expect(toStatus(word)).toBe("unknown");
  });
});

test("isFinal() holds for what neither waits nor travels", () => {
  expect(ALL.filter(isFinal)).toEqual(["canceled", "failed", "undelivered", "delivered", "read"]);
});

function inTheEnd(callbacks: readonly MessageStatus[]): MessageStatus {
  return callbacks.reduce(laterOf, "unknown");
}

function doubled(callbacks: readonly MessageStatus[]): readonly MessageStatus[] {
  return [...callbacks, ...callbacks.toReversed()];
}

function everySubset(callbacks: readonly MessageStatus[]): (readonly MessageStatus[])[] {
  return Array.from({ length: 2 ** callbacks.length }, (_, chosen) =>
    callbacks.filter((_, index) => (chosen >> index) % 2 === 1),
  );
}

function everyOrder(callbacks: readonly MessageStatus[]): (readonly MessageStatus[])[] {
  if (callbacks.length === 0) return [[]];
  return callbacks.flatMap((first, index) =>
    everyOrder(callbacks.toSpliced(index, 1)).map((rest) => [first, ...rest]),
  );
}

import { describe, expect, test } from "bun:test";
import { type Consent, readKeyword } from "../../src/conversation/consent-rules.ts";
import type { NumberKind } from "../../src/conversation/number-kind.ts";
import type { Keyword } from "../../src/message.ts";

const ANSWERED_BY_CARRIER: readonly NumberKind[] = ["long code", "toll-free", "rcs", "other"];
const ANSWERED_BY_US: readonly NumberKind[] = ["short code", "whatsapp", "messenger"];
const ALL_KINDS = [...ANSWERED_BY_CARRIER, ...ANSWERED_BY_US];

const WORDS: readonly (readonly [string, Keyword])[] = [
  ["STOP", "stop"],
  ["STOPALL", "stop"],
  ["UNSUBSCRIBE", "stop"],
  ["CANCEL", "stop"],
  ["END", "stop"],
  ["QUIT", "stop"],
  ["REVOKE", "stop"],
  ["OPTOUT", "stop"],
  ["START", "start"],
  ["UNSTOP", "start"],
  ["HELP", "help"],
  ["INFO", "help"],
];

const RECORDS: Readonly<Record<Keyword, Consent["records"]>> = {
  stop: "opted out",
  start: "opted in",
  help: "nothing",
};

const WRITTEN: readonly ((word: string) => string)[] = [
  (word) => word,
  (word) => word.toLowerCase(),
  (word) => `  ${word[0]}${word.slice(1).toLowerCase()} \n`,
];

const EVERYWHERE = ALL_KINDS.flatMap((to) =>
  WORDS.flatMap(([word, meaning]) =>
    WRITTEN.map((write) => {
      const text = write(word);
      return { to, text, shown: JSON.stringify(text), meaning, records: RECORDS[meaning] };
    }),
  ),
);

describe("readKeyword()", () => {
  test.each(EVERYWHERE)("takes $shown at a $to number for $meaning", (row) => {
    const { to, text, meaning, records } = row;

    expect(readKeyword({ to, text })).toMatchObject({ meaning, records });
  });

  test.each(EVERYWHERE.filter(({ to }) => ANSWERED_BY_CARRIER.includes(to)))(
    "leaves $shown at a $to number to the carrier",
    ({ to, text, meaning, records }) => {
      expect(readKeyword({ to, text })).toEqual({ meaning, records, answeredBy: "carrier" });
    },
  );

  test.each(EVERYWHERE.filter(({ to }) => ANSWERED_BY_US.includes(to)))(
    "leaves $shown at a $to number to us",
    ({ to, text, meaning, records }) => {
      expect(readKeyword({ to, text })).toEqual({ meaning, records, answeredBy: "us" });
    },
  );

  const TALK = [
    ...["STOP please", "please stop", "stop.", "stop!", '"stop"', "Don't stop", "stop stop"],
    ...["stop all", "opt out", "opt-out", "unstopp", "help me", "info?", "starting", "ende"],
    ...["yes", "YES", "no", "s t o p", "stop\u200b", "", "   ", "__proto__", "constructor"],
  ];

  test.each(
    ALL_KINDS.flatMap((to) => TALK.map((text) => ({ to, text, shown: JSON.stringify(text) }))),
  )("takes $shown at a $to number for talk", ({ to, text }) => {
    expect(readKeyword({ to, text })).toEqual({
      meaning: "talk",
      answeredBy: "bot",
      records: "nothing",
    });
  });

  const HANDLED: readonly Keyword[] = ["stop", "start", "help"];

  test.each(ALL_KINDS.flatMap((to) => HANDLED.map((handledAs) => ({ to, handledAs }))))(
    "takes what Twilio took for $handledAs at a $to number for that, whatever it says",
    (row) => {
      const { to, handledAs } = row;
      const consent: Consent = {
        meaning: handledAs,
        answeredBy: "carrier",
        records: RECORDS[handledAs],
      };

      expect(readKeyword({ to, handledAs, text: "BAJA" })).toEqual(consent);
      expect(readKeyword({ to, handledAs, text: "stop" })).toEqual(consent);
      expect(readKeyword({ to, handledAs, text: "yes, help" })).toEqual(consent);
    },
  );
});

describe("readKeyword() of somebody who opted out", () => {
  test.each(ALL_KINDS)("answers no talk at a %s number", (to) => {
    const consent = readKeyword({ to, text: "hello", isOptedOut: true });

    expect(consent).toEqual({ meaning: "talk", answeredBy: "nobody", records: "nothing" });
  });

  test.each(ALL_KINDS.filter((to) => to !== "toll-free"))(
    "takes YES at a %s number for START",
    (to) => {
      const consent = readKeyword({ to, text: " Yes ", isOptedOut: true });

      expect(consent).toEqual(readKeyword({ to, text: "START", isOptedOut: true }));
      expect(consent).toMatchObject({ meaning: "start", records: "opted in" });
    },
  );

  test("does not take YES for START at a toll-free number, where networks do not either", () => {
    const consent = readKeyword({ to: "toll-free", text: "YES", isOptedOut: true });

    expect(consent).toEqual({ meaning: "talk", answeredBy: "nobody", records: "nothing" });
  });

  test.each(ANSWERED_BY_US)("says goodbye at a %s number only once", (to) => {
    const consent = readKeyword({ to, text: "STOP", isOptedOut: true });

    expect(consent).toEqual({ meaning: "stop", answeredBy: "nobody", records: "opted out" });
  });

  test.each(ANSWERED_BY_US)("still gets help at a %s number", (to) => {
    const consent = readKeyword({ to, text: "HELP", isOptedOut: true });

    expect(consent).toMatchObject({ meaning: "help", answeredBy: "us", records: "nothing" });
  });

  test.each(ANSWERED_BY_CARRIER)(
    "leaves STOP, START and HELP at a %s number to the carrier",
    (to) => {
      const answerers = ["STOP", "START", "HELP"].map(
        (text) => readKeyword({ to, text, isOptedOut: true }).answeredBy,
      );

      expect(answerers).toEqual(["carrier", "carrier", "carrier"]);
    },
  );
});

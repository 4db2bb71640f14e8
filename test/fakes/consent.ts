import { createConsent } from "../../src/conversation/consent.ts";
import type { InboundMessage } from "../../src/message.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { recordLog } from "./log.ts";
import { createTalk } from "./talk.ts";

export const MINUTE = 60_000;

/** When `consent` begins. */
export const HOUR = 60 * MINUTE;

/** An answer of which a part is kept for MORE. */
export const LONG_ANSWER = {
  kind: "reply",
  texts: ["Once upon a time"],
  later: ["they lived happily"],
  raw: "",
  remember: new Map(),
} as const;

interface Options {
  readonly store?: Store;
  readonly helpReply?: string;
  readonly isAnswer?: () => Promise<boolean>;
}

/** A ledger, and somebody who texts. */
export function consent(options: Options = {}) {
  const { store = openSqlite(":memory:"), helpReply = "Ada's Books, ada@example.com" } = options;
  const { isAnswer = async () => false } = options;
  const { log, lines: logged } = recordLog();
  let time = HOUR;
  const now = () => ++time;
  const keeper = createConsent({ store, now, helpReply, log, isAnswer });
  const talk = createTalk(store, keeper.heedKeyword, now);
  return {
    heed: ({ text = "", ...changes }: Partial<InboundMessage>) => talk.say(text, changes),
    heedKeyword: keeper.heedKeyword,
    recordOptOut: keeper.recordOptOut,
    lines: () => [...store.consentEntries()],
    store,
    logged,
  };
}

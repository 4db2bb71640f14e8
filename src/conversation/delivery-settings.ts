import { Type } from "@sinclair/typebox";
import type { SettingsTable } from "../settings.ts";

/** When and by which way an answer goes. */
export const deliverySettings = {
  ANSWER_WITHIN_MS: {
    schema: Type.Integer({ minimum: 0, maximum: 14_000 }),
    wanted: "a whole number from 0 to 14000",
    help: "How long the answer to a webhook may take; a later reply goes by Twilio's API",
    unit: "ms",
    // A connection may take Twilio 5 s and a second try, of the 15 s it has in all.
    default: 8000,
  },
  REPLY_BY: {
    schema: Type.Union([Type.Literal("auto"), Type.Literal("twiml"), Type.Literal("rest")]),
    wanted: "auto, twiml or rest",
    help: "How a reply goes: in the webhook's answer (twiml), by Twilio's API (rest), or by whichever is right",
    default: "auto",
  },
  STALE_AFTER: {
    schema: Type.String({ pattern: "^\\d{1,6} ?(s|m|min|h|d)?$" }),
    wanted: 'a time such as "15 min", "90 s" or "2 h"',
    help: "A text that was not answered by then is kept, and never answered",
    default: "15 min",
  },
  GATHER_MS: {
    schema: Type.Integer({ minimum: 0, maximum: 10_000 }),
    wanted: "a whole number from 0 to 10000",
    help: "Texts of one person that come within this time of each other get one reply; 0 gives each its own",
    unit: "ms",
    default: 5,
  },
  SETTLE_AFTER_MS: {
    schema: Type.Integer({ minimum: 100, maximum: 600_000 }),
    wanted: "a whole number from 100 to 600000",
    help: "How long a text that Twilio may or may not have is looked for before it is sent again",
    unit: "ms",
    // Over the 15 s in which Twilio reads the answer to a webhook.
    default: 20_000,
  },
  CATCH_UP_EVERY_S: {
    schema: Type.Integer({ minimum: 0, maximum: 86_400 }),
    wanted: "a whole number from 0 to 86400",
    help: "How often Twilio is asked for texts that never reached us; 0: only at start",
    unit: "s",
    default: 60,
  },
} as const satisfies SettingsTable;

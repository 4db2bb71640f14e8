import { Type } from "@sinclair/typebox";
import type { SettingsTable } from "../settings.ts";

/** What people can ask for, and how long what they text is kept. */
export const peopleSettings = {
  HELP_REPLY: {
    schema: Type.String({ minLength: 1, maxLength: 320 }),
    wanted: "a text of at most 320 characters",
    help: "The answer to HELP on short codes, WhatsApp and Messenger; carriers want your brand and a contact in it",
    default: "A chatbot answers here: text it anything. Text STOP to get no more messages.",
  },
  PERSON_COMMANDS: {
    schema: Type.Boolean(),
    wanted: "true or false",
    help: "Whether people may text MY DATA and FORGET ME",
    default: true,
  },
  RETENTION_DAYS: {
    schema: Type.Integer({ minimum: 0, maximum: 36_500 }),
    wanted: "a whole number from 0 to 36500",
    help: "How long the words of messages are kept; 0 keeps them for ever",
    unit: "days",
    default: 90,
  },
  ERASE_AT_TWILIO: {
    schema: Type.Boolean(),
    wanted: "true or false",
    help: "Whether FORGET ME erases Twilio's copies as well; needs TWILIO_ACCOUNT_SID",
    default: false,
  },
} as const satisfies SettingsTable;

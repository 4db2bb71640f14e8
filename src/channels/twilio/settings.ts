import { Type } from "@sinclair/typebox";
import type { SettingsTable } from "../../settings.ts";

const PORT = "(?:\\d{1,4}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5])";
const HOST = "(?:\\[[0-9A-Fa-f:.]+\\]|[^\\s/?#@:\\[\\]]+)";
const WEB_ADDRESS = `^https?://(?:[^\\s/?#@]*@)?${HOST}(?::${PORT})?(?:[/?#].*)?$`;

/** What Twilio and we must agree on. */
export const twilioSettings = {
  TWILIO_AUTH_TOKEN: {
    schema: Type.Array(Type.String({ minLength: 1, pattern: "^\\S+$" }), {
      minItems: 1,
      maxItems: 2,
    }),
    wanted:
      "your account's primary auth token (while it is being changed: the old and the new one, with a comma)",
    help: "Proves that a webhook comes from Twilio; without it botline is only tried out, on this machine",
    secret: true,
    emptyCounts: true,
  },
  TWILIO_ACCOUNT_SID: {
    schema: Type.String({ pattern: "^AC[0-9a-fA-F]{32}$" }),
    wanted: "AC and 32 hexadecimal digits",
    help: "Your account: texts are sent in its name, and webhooks of any other are refused",
  },
  TWILIO_API_KEY: {
    schema: Type.String({ pattern: "^SK[0-9a-fA-F]{32}$" }),
    wanted: "SK and 32 hexadecimal digits",
    help: "Sends texts in place of the auth token, with TWILIO_API_SECRET and TWILIO_ACCOUNT_SID",
  },
  TWILIO_API_SECRET: {
    schema: Type.String({ minLength: 1, pattern: "^\\S+$" }),
    wanted: "the API key's secret",
    help: "Shown once at Twilio, when the API key is made",
    secret: true,
  },
  TWILIO_API_URL: {
    schema: Type.String({ pattern: WEB_ADDRESS }),
    wanted: "a web address, such as http://127.0.0.1:4010",
    help: "Where Twilio's API is; Twilio's own where not set",
  },
  PUBLIC_URL: {
    schema: Type.String({ pattern: WEB_ADDRESS }),
    wanted: "the address Twilio calls, such as https://bot.example.com",
    help: "The webhook's address exactly as Twilio has it; its signature covers every character",
  },
  FLY_APP_NAME: {
    schema: Type.String(),
    wanted: "an app's name on Fly.io",
    isPlatforms: true,
    help: "Set by Fly.io; makes PUBLIC_URL https://NAME.fly.dev where that is not set",
  },
  TEXTS_AT_ONCE: {
    schema: Type.Integer({ minimum: 1, maximum: 10 }),
    wanted: "a whole number from 1 to 10",
    help: "How many texts of one answer come at once; for the rest the person texts MORE",
    default: 3,
  },
  CHEAP_CHARACTERS: {
    schema: Type.Boolean(),
    wanted: "true or false",
    help: "Curly quotes and the like become plain ones where that saves a segment",
    default: true,
  },
} as const satisfies SettingsTable;

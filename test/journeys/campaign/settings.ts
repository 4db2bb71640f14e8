import type { StandIn } from "../../../src/stand-in/stand-in.ts";
import type { CountingBot } from "./bot.ts";

/** Whom the server is to know. */
interface Partners {
  readonly bot: CountingBot;
  readonly twilio: StandIn;
  readonly apiUrl: string;
}

/** The way to the bot and to Twilio, and no limit to what people may text. */
export function accessSettings({
  bot,
  twilio,
  apiUrl,
}: Partners): Readonly<Record<string, string>> {
  return {
    ...NO_LIMITS,
    BOT: "pandorabots",
    PANDORABOTS_URL: bot.url,
    PANDORABOTS_BOTKEY: "key",
    TWILIO_AUTH_TOKEN: twilio.authToken,
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_API_URL: apiUrl,
  };
}

const NO_LIMITS = {
  PERSON_TEXTS_PER_MINUTE: "0",
  PERSON_TEXTS_PER_DAY: "0",
  PERSON_SEGMENTS_PER_DAY: "0",
  TEXTS_PER_MINUTE: "0",
  TEXTS_PER_DAY: "0",
  SEGMENTS_PER_DAY: "0",
  COST_PER_DAY_USD: "0",
  LOOP_BREAKER: "false",
};

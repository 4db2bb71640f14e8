import type { StandIn } from "../../../src/stand-in/stand-in.ts";
import { NO_LIMITS } from "../../fakes/no-limits.ts";
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

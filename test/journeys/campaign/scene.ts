import type { StandIn } from "../../../src/stand-in/stand-in.ts";
import type { CountingBot } from "./bot.ts";
import type { MortalServer } from "./mortal-server.ts";
import type { PlannedText } from "./plan.ts";

/** A text that was sent. */
export interface SentText extends PlannedText {
  /** Twilio's identifier. */
  readonly sid: string;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
}

/** A request that the stand-in made. */
export interface Call {
  readonly url: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** All that has a part in a campaign. */
export interface Scene {
  readonly twilio: StandIn;
  readonly bot: CountingBot;
  readonly server: MortalServer;
  /** In the order in which they were sent. */
  readonly sent: SentText[];
  readonly calls: readonly Call[];
  readonly startedAt: number;
}

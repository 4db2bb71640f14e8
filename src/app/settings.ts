import { botSettings } from "../bots/table.ts";
import { twilioSettings } from "../channels/twilio/settings.ts";
import { conversationSettings } from "../conversation/settings.ts";
import { coreSettings } from "../core-settings.ts";
import type { SettingsValues } from "../settings.ts";

/** Every setting there is: the core's, the channels' and each bot's. */
export const settingsTable = {
  ...botSettings,
  ...coreSettings,
  ...conversationSettings,
  ...twilioSettings,
};

export type AppSettings = SettingsValues<typeof settingsTable>;

/** Whether Twilio was given an address at which it can call us. */
export function hasPublicUrl({ PUBLIC_URL, FLY_APP_NAME }: AppSettings): boolean {
  return PUBLIC_URL !== undefined || FLY_APP_NAME !== undefined;
}

/** The address at which a server with these settings that listens at `localUrl` is called. */
export function publicBase({ PUBLIC_URL, FLY_APP_NAME }: AppSettings, localUrl: string): string {
  return PUBLIC_URL ?? (FLY_APP_NAME ? `https://${FLY_APP_NAME}.fly.dev` : localUrl);
}

/** How answers are shaped. */
export function fittingOf({ TEXTS_AT_ONCE, CHEAP_CHARACTERS }: AppSettings) {
  return { most: TEXTS_AT_ONCE, isCheap: CHEAP_CHARACTERS };
}

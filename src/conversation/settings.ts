import type { SettingsTable } from "../settings.ts";
import { deliverySettings } from "./delivery-settings.ts";
import { limitSettings } from "./limits-settings.ts";
import { peopleSettings } from "./people-settings.ts";

/** The settings of the conversation, whatever bot answers and by whatever way. */
export const conversationSettings = {
  ...deliverySettings,
  ...limitSettings,
  ...peopleSettings,
} satisfies SettingsTable;

import { SettingsError } from "../../errors.ts";
import type { SettingsValues } from "../../settings.ts";
import type { twilioSettings } from "./settings.ts";

/** A name and a secret that Twilio's API takes. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

/** What requests to Twilio's API are made with. */
export interface Credentials {
  readonly accountSid: string;
  /** The likelier first: while a token is being changed there are two. */
  readonly logins: readonly [Login, ...Login[]];
}

type CredentialSettings = Pick<
  SettingsValues<typeof twilioSettings>,
  "TWILIO_ACCOUNT_SID" | "TWILIO_AUTH_TOKEN" | "TWILIO_API_KEY" | "TWILIO_API_SECRET"
>;

/** Whether texts can be sent by Twilio's API; throws as `readCredentials` does. */
export function canSend(settings: CredentialSettings): boolean {
  return readCredentials(settings) !== undefined;
}

/**
 * What these settings allow to send with: the API key where there is one, else the auth token; undefined where the
 * account is not named. Throws a SettingsError for half an API key, or one of an unnamed account.
 */
export function readCredentials(settings: CredentialSettings): Credentials | undefined {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: tokens = [] } = settings;
  const key = readKey(settings);
  if (accountSid === undefined) return undefined;
  if (key) return { accountSid, logins: [key] };
  const [first, ...others] = tokens.map((password) => ({ username: accountSid, password }));
  return first && { accountSid, logins: [first, ...others] };
}

function readKey(settings: CredentialSettings): Login | undefined {
  const { TWILIO_API_KEY: username, TWILIO_API_SECRET: password } = settings;
  if (username === undefined && password === undefined) return undefined;
  const missing = NEEDED.filter((name) => settings[name] === undefined);
  if (username !== undefined && password !== undefined && missing.length === 0) {
    return { username, password };
  }
  throw new SettingsError(
    `Cannot use the API key: expected ${NEEDED.join(", ")}, found no ${missing.join(" and no ")}`,
    {
      code: "settings",
      hint: "Set what is missing, or leave both halves of the key out: then the auth token is used",
    },
  );
}

const NEEDED = ["TWILIO_API_KEY", "TWILIO_API_SECRET", "TWILIO_ACCOUNT_SID"] as const;

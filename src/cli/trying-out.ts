import { randomBytes } from "node:crypto";
import type { AppSettings } from "../app/settings.ts";
import { SettingsError } from "../errors.ts";
import { isLoopback } from "./addresses.ts";
import type { AppSettingsRead } from "./sources.ts";

/** Settings made for trying it out, and the token that texts of this run are signed with. */
export interface TryingOut {
  readonly settings: AppSettings;
  readonly token: string;
}

/**
 * Settings for a run without an account: a token of its own, and on loopback alone, since nothing
 * proves who sends. Throws a SettingsError where the settings show that it is meant to be in service.
 */
export function tryOut({ values, origins }: AppSettingsRead): TryingOut {
  const isHostGiven = origins["HOST"] !== "default";
  const problems = [
    values.PUBLIC_URL && "Cannot serve at PUBLIC_URL: expected TWILIO_AUTH_TOKEN, found none",
    values.FLY_APP_NAME && "Cannot serve on Fly.io: expected TWILIO_AUTH_TOKEN, found none",
    isHostGiven &&
      !isLoopback(values.HOST) &&
      `Cannot listen on ${values.HOST}: expected TWILIO_AUTH_TOKEN, found none, and without it only this machine may text`,
  ].filter((problem) => typeof problem === "string" && problem !== "");
  if (problems.length > 0)
    throw new SettingsError(problems.join("\n"), { code: "settings", hint: hintFor(values) });
  const token = randomBytes(16).toString("hex");
  const host = isHostGiven ? values.HOST : "127.0.0.1";
  return { token, settings: { ...values, HOST: host, TWILIO_AUTH_TOKEN: [token] } };
}

function hintFor({ FLY_APP_NAME, PUBLIC_URL }: AppSettings): string {
  if (FLY_APP_NAME) return "Set it: fly secrets set TWILIO_AUTH_TOKEN=…";
  const toTryOut = PUBLIC_URL ? "leave PUBLIC_URL away" : "leave HOST away";
  return `Put TWILIO_AUTH_TOKEN=… into .env or the environment; to try it out, ${toTryOut}`;
}

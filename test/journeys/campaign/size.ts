import type { Size } from "./plan.ts";

/** How large a campaign is, where CAMPAIGN_SEED, CAMPAIGN_TEXTS or CAMPAIGN_KILLS do not say otherwise. */
export function sizeOf(usual: Size, env: Readonly<Record<string, string | undefined>>): Size {
  return {
    seed: env["CAMPAIGN_SEED"] ?? usual.seed,
    people: usual.people,
    texts: Number(env["CAMPAIGN_TEXTS"] ?? usual.texts),
    kills: Number(env["CAMPAIGN_KILLS"] ?? usual.kills),
  };
}

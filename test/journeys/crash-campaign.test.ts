import { expect, test } from "bun:test";
import { type CampaignOptions, runCampaign } from "./campaign/run.ts";
import { sizeOf } from "./campaign/size.ts";
import { complaints, summarise } from "./campaign/words.ts";

// People text, Twilio fails in every way it can, and the compiled server is killed with SIGKILL again and again:
// no text is lost and none answered twice. A seed gives the same texts, kills and waits; what the machine does
// in between nobody can repeat.

const CAMPAIGN = sizeOf({ seed: "botline", people: 200, texts: 2000, kills: 55 }, process.env);
const BURSTS = { seed: CAMPAIGN.seed, people: 30, texts: 120, kills: 6 };

test("every text gets its one reply, whatever happens to the server and at Twilio", async () => {
  const complained = await campaign({ ...CAMPAIGN, gatherMs: 0 });

  expect(complained).toEqual([]);
}, 240_000);

test("every text of a burst is answered by one reply, whatever happens to the server and at Twilio", async () => {
  const complained = await campaign({ ...BURSTS, gatherMs: 200 });

  expect(complained).toEqual([]);
}, 180_000);

async function campaign(options: CampaignOptions): Promise<readonly string[]> {
  const report = await runCampaign(options);
  process.stdout.write(`crash campaign: ${summarise(report, options)}\n`);
  return complaints(report);
}

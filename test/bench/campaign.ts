import { runCampaign } from "../journeys/campaign/run.ts";
import { sizeOf } from "../journeys/campaign/size.ts";
import { complaints, summarise } from "../journeys/campaign/words.ts";

// The crash campaign at length: `bun test/bench/campaign.ts [rounds]`, each round with a seed of its own. It ends
// at the first round in which something was wrong, says all that is known about it, and exits with 1.
// CAMPAIGN_SEED, CAMPAIGN_TEXTS, CAMPAIGN_KILLS and CAMPAIGN_GATHER_MS make other rounds.

const ROUNDS = Number(Bun.argv[2] ?? 10);
const GATHERING_MS = [0, 200];

const size = sizeOf(
  { seed: new Date().toISOString(), people: 200, texts: 4000, kills: 200 },
  process.env,
);

for (let round = 1; round <= ROUNDS && process.exitCode !== 1; round += 1) {
  const seed = round === 1 ? size.seed : `${size.seed}.${round}`;
  const usual = GATHERING_MS[(round - 1) % GATHERING_MS.length];
  const gatherMs = Number(process.env["CAMPAIGN_GATHER_MS"] ?? usual);
  const options = { ...size, seed, gatherMs };
  const report = await runCampaign(options);
  console.log(`round ${round} of ${ROUNDS}: ${summarise(report, options)}`);
  for (const complaint of complaints(report)) {
    console.error(complaint);
    process.exitCode = 1;
  }
}

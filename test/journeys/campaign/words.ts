import type { Finding, Wrong } from "./checks.ts";
import type { CampaignOptions, Report } from "./run.ts";

/** The campaign in one line, with what reproduces it. */
export function summarise(
  { counts, findings, troubles }: Report,
  options: CampaignOptions,
): string {
  const wrong = (kind: Wrong) =>
    `${findings.filter((finding) => finding.wrong === kind).length} ${kind}`;
  const faults = Object.entries(counts.faults).toSorted(([one], [next]) => (one < next ? -1 : 1));
  return [
    `${counts.texts} texts of ${options.people} people, GATHER_MS=${options.gatherMs}`,
    `${counts.kills} kills`,
    `faults ${faults.map(([name, count]) => `${name} ${count}`).join(" ")}`,
    `replies ${counts.byTwiml} by TwiML and ${counts.byRest} by REST`,
    ...WRONGS.map(wrong),
    `${counts.askedAgain} asked again after a kill`,
    `${troubles.length} other troubles`,
    `${counts.seconds.toFixed(0)} s`,
    `CAMPAIGN_SEED=${options.seed} CAMPAIGN_TEXTS=${options.texts} CAMPAIGN_KILLS=${options.kills}`,
  ].join("; ");
}

const WRONGS = [
  "lost",
  "doubled",
  "out of order",
  "imported out of order",
  "asked again",
  "strange",
] as const;

const MOST_STORIES = 8;

/** What went wrong, each as far as it can be told; nothing where all went well. */
export function complaints({ findings, troubles }: Report): readonly string[] {
  return [...troubles, ...findings.slice(0, MOST_STORIES).map(toWords)];
}

function toWords({ wrong, story }: Finding): string {
  return `${wrong}: ${story}`;
}

import { createChance } from "../../../src/stand-in/chance.ts";
import { createStandIn, type StandIn } from "../../../src/stand-in/stand-in.ts";
import { type Question, startCountingBot } from "./bot.ts";
import { countAskedAgain, type Finding, findWrongs } from "./checks.ts";
import { calmDown, misbehave } from "./faults.ts";
import { checkIntegrity, findUnfinished } from "./ledger.ts";
import { type MortalServer, startMortalServer } from "./mortal-server.ts";
import { createPlan, NUMBERS, type Plan, type PlannedText, type Size } from "./plan.ts";
import type { Call, Scene } from "./scene.ts";
import { accessSettings } from "./settings.ts";

export interface CampaignOptions extends Size {
  /** Texts of one person within this time get one reply. */
  readonly gatherMs: number;
}

/** What a campaign came to. */
export interface Report {
  readonly counts: Counts;
  readonly findings: readonly Finding[];
  /** What is wrong with the server as a whole. */
  readonly troubles: readonly string[];
}

interface Counts {
  readonly texts: number;
  readonly kills: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly byTwiml: number;
  readonly byRest: number;
  readonly askedAgain: number;
  readonly seconds: number;
}

/** Twilio's time against ours: its 15 s are 1.2 s here. */
const PACE = 0.08;
const ANSWER_WITHIN_MS = 400;
/** Over the time in which the stand-in reads an answer. */
const SETTLE_AFTER_MS = 1500;

const timeSettings = {
  ANSWER_WITHIN_MS: String(ANSWER_WITHIN_MS),
  SETTLE_AFTER_MS: String(SETTLE_AFTER_MS),
  CATCH_UP_EVERY_S: "1",
  STALE_AFTER: "30 min",
};

/** People text, Twilio fails and the server dies as planned; then everything may settle, and is looked at. */
export async function runCampaign(options: CampaignOptions): Promise<Report> {
  const plan = createPlan(options);
  const calls: Call[] = [];
  await using bot = startCountingBot(slowAtTimes(options.seed));
  await using twilio = createStandIn({
    seed: options.seed,
    numbers: Object.values(NUMBERS).map((number) => ({ number })),
    pace: PACE,
    hasLoopProtection: false,
    route(url) {
      calls.push({ url, at: Date.now() });
      return url;
    },
  });
  await using server = startMortalServer({
    ...accessSettings({ bot, twilio, apiUrl: twilio.listen() }),
    ...timeSettings,
    GATHER_MS: String(options.gatherMs),
  });
  await server.isUp();
  const scene: Scene = { twilio, bot, server, calls, sent: [], startedAt: Date.now() };
  pointNumbers(twilio, server);
  misbehave(twilio.faults);
  await Promise.all([sendTexts(scene, plan), killAgainAndAgain(server, plan)]);
  calmDown(twilio.faults);
  const unfinished = await settle(scene);
  const report = toReport(scene, { unfinished, exitCode: await server.stop(), options });
  if (report.findings.length + report.troubles.length > 0) server.keep();
  return report;
}

const SLOW_SHARE = 0.15;

/** Mostly it answers at once; sometimes it thinks longer than a webhook may wait. */
function slowAtTimes(seed: string): (question: Question) => Promise<void> {
  const chance = createChance(`bot ${seed}`);
  return ({ input, before }) => {
    const key = `${input} ${before}`;
    const isSlow = chance(`slow ${key}`) < SLOW_SHARE;
    return Bun.sleep((isSlow ? 3 * ANSWER_WITHIN_MS : 60) * chance(`think ${key}`));
  };
}

function pointNumbers(twilio: StandIn, { url }: MortalServer): void {
  const webhook = { url: `${url}/sms` };
  twilio.configure(NUMBERS.withoutFallback, webhook);
  twilio.configure(NUMBERS.withFallback, { ...webhook, fallbackUrl: `${url}/sms` });
}

async function sendTexts(scene: Scene, { texts }: Plan): Promise<void> {
  for (const text of texts) {
    await Bun.sleep(Math.max(scene.startedAt + text.atMs - Date.now(), 0));
    send(scene, text);
  }
}

function send({ twilio, sent }: Scene, text: PlannedText): void {
  const sentAt = Date.now();
  const { sid } = twilio.text(text.from, text.body, { to: text.to });
  sent.push({ ...text, sid, sentAt });
}

async function killAgainAndAgain(server: MortalServer, { livesMs }: Plan): Promise<void> {
  for (const lifeMs of livesMs) {
    await Bun.sleep(lifeMs);
    await server.kill();
    server.start();
  }
}

const SETTLED_WITHIN_MS = 60_000;

/** What is still to be done when time is up; undefined once nothing is. */
async function settle({ twilio, server, sent }: Scene): Promise<string | undefined> {
  const giveUpAt = Date.now() + SETTLED_WITHIN_MS;
  for (;;) {
    const unfinished = findUnfinished(server.database, sent.length);
    if (unfinished !== undefined && Date.now() > giveUpAt) return unfinished;
    if (unfinished === undefined) break;
    await Bun.sleep(100);
  }
  await twilio.idle();
  // What is sent a second time would be sent by then.
  await Bun.sleep(2 * SETTLE_AFTER_MS);
  await twilio.idle();
  return findUnfinished(server.database, sent.length);
}

interface End {
  readonly unfinished: string | undefined;
  readonly exitCode: number | null;
  readonly options: CampaignOptions;
}

function toReport(scene: Scene, { unfinished, exitCode, options }: End): Report {
  const { server, bot } = scene;
  const integrity = checkIntegrity(server.database);
  return {
    counts: countAll(scene),
    findings: findWrongs(scene, { isGathered: options.gatherMs > 0 }),
    troubles: [
      ...(unfinished === undefined ? [] : [`never settled: ${unfinished}`]),
      ...(integrity === "ok" ? [] : [`integrity check: ${integrity}`]),
      ...(exitCode === 0 ? [] : [`SIGTERM ended it with exit code ${exitCode}`]),
      ...server.deaths.map((death) => `ended by itself: ${death}`),
      ...bot.mixedUp.map((words) => `people mixed up: ${words}`),
    ],
  };
}

function countAll(scene: Scene): Counts {
  const { twilio, server, sent, startedAt } = scene;
  const replies = [...new Set(sent.map(({ from }) => from))].flatMap((from) => twilio.inbox(from));
  return {
    texts: sent.length,
    kills: server.kills.length,
    faults: twilio.faults.counts,
    byTwiml: replies.filter(({ by }) => by === "twiml").length,
    byRest: replies.filter(({ by }) => by === "rest").length,
    askedAgain: countAskedAgain(scene),
    seconds: (Date.now() - startedAt) / 1000,
  };
}

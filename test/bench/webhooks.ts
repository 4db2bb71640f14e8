import { join } from "node:path";
import { WEBHOOK } from "../fakes/webhook.ts";
import { type Measured, putLoad } from "./load.ts";
import {
  BENCH_TOKEN,
  compile,
  compileWithStore,
  median,
  newDirectory,
  nextPort,
  type Program,
  printTable,
  spawn,
  start,
  unlimited,
} from "./programs.ts";

// Signed webhooks per second at 64 connections: `bun test/bench/webhooks.ts [rounds]`. Every program is
// measured once a round, in turn, each time with an empty database: compare the ratios, not two runs.
// No limits and no gathering: ten thousand people text as fast as they are answered.

const ROUNDS = Number(Bun.argv[2] ?? 5);
const LOAD = { token: BENCH_TOKEN, connections: 64, warmUp: 5000, texts: 30_000, people: 10_000 };

/** What the 2016 shape is made of; installed for the bench alone. */
const PACKAGES_2016 = ["express@4.22.3", "body-parser@1.20.9", "twilio@6.2.0"];

const botPort = nextPort();
const botHost = spawn(
  { name: "bot host", command: [await compile("bot-host")] },
  botPort,
  newDirectory(),
);
process.on("exit", () => botHost.kill());

const noDatabase = await compileWithStore("none");
const programs = [
  unlimited("echo"),
  withoutDatabase("echo"),
  unlimited("aiml"),
  withoutDatabase("aiml"),
  unlimited("pandorabots", {
    PANDORABOTS_BOTKEY: "bench",
    PANDORABOTS_URL: `http://127.0.0.1:${botPort}`,
  }),
  ...(await express2016()),
];

const results = new Map<Program, Measured[]>(programs.map((program) => [program, []]));
for (let round = 1; round <= ROUNDS; round += 1)
  for (const [program, measured] of results) {
    await using server = await start(program);
    measured.push(await putLoad({ ...LOAD, port: server.port }));
  }

printTable(`Signed webhooks at ${LOAD.connections} connections, median of ${ROUNDS}`, [
  ["", "a second", "p50 ms", "p99 ms", "of the same without database", "times the 2016 shape"],
  ...programs.map(toRow),
]);
botHost.kill();

function withoutDatabase(bot: string): Program {
  return { ...unlimited(bot), name: `no database, ${bot}`, command: [noDatabase, "serve"] };
}

async function express2016(): Promise<readonly Program[]> {
  if (!Bun.which("node") || !Bun.which("npm")) {
    console.log("The 2016 shape was not run: it needs Node and npm");
    return [];
  }
  const directory = newDirectory();
  const source = Bun.file(join(import.meta.dir, "programs", "express-2016.cjs"));
  await Bun.write(join(directory, "server.cjs"), source);
  // Without a package.json of its own npm climbs to the project's, and installs there.
  await Bun.write(join(directory, "package.json"), "{}");
  const install = ["npm", "install", "--silent", "--no-audit", "--no-fund", ...PACKAGES_2016];
  const { exitCode, stderr } = Bun.spawnSync(install, { cwd: directory });
  if (exitCode !== 0) throw new Error(`Cannot install the 2016 shape: ${stderr}`);
  const env = { BOT_PORT: String(botPort), PUBLIC_URL: WEBHOOK, TWILIO_AUTH_TOKEN: BENCH_TOKEN };
  return [{ name: "2016 shape on Node", command: ["node", join(directory, "server.cjs")], env }];
}

function toRow(program: Program): readonly string[] {
  const perSecond = medianOf(program, "perSecond");
  const twin = programs.find(({ name }) => name === program.name.replace("botline", "no database"));
  const old = programs.find(({ name }) => name.startsWith("2016"));
  return [
    program.name,
    perSecond.toFixed(0),
    medianOf(program, "p50").toFixed(2),
    medianOf(program, "p99").toFixed(1),
    twin && twin !== program ? (perSecond / medianOf(twin, "perSecond")).toFixed(2) : "",
    old && old !== program ? (perSecond / medianOf(old, "perSecond")).toFixed(1) : "",
  ];
}

function medianOf(program: Program, figure: keyof Measured): number {
  return median((results.get(program) ?? []).map((measured) => measured[figure]));
}

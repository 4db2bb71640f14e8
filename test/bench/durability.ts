import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { type Crowd, emptyLog, makeCrowd } from "./crowd.ts";
import { type Load, type Measured, putLoad } from "./load.ts";
import {
  BENCH_TOKEN,
  compileWithStore,
  newDirectory,
  type Program,
  sizeOf,
  start,
  unlimited,
} from "./programs.ts";
import { measureRows, type Row } from "./rounds.ts";

// What it costs that each answered text is on the disk, and what a large database costs:
// `bun test/bench/durability.ts [seconds] [stores] [sizes] [--large]`, both parts where none is named.
//
// stores: the executable as it ships; the same with the store's sync off; the same with maps for a store. At 10, 64 and
// 256 connections, each beginning with an empty database.
// sizes: the executable with 1,000 people, and with many (10,000; a million with --large, which takes 2 GB of disk for
// a while). At 64 connections, and at a steady 2,000 texts a second whether answered or not.
// "Called back": each answer's two status callbacks come as well, as they do in service; what is counted is texts.
//
// Every program is measured once a round, in turn. A ratio is taken within each round, and the median of those
// is printed: compare ratios, not two runs. Echo answers, without limits or gathering.

const ARGUMENTS = Bun.argv.slice(2);
const SECONDS = Number(ARGUMENTS.find((argument) => /^\d+$/.test(argument)) ?? 5);
const PARTS = ARGUMENTS.filter((argument) => /^[a-z]+$/.test(argument));
const ROUNDS = 3;
const STEADY_PACE = 2000;
const WARM_UP_TEXTS = 5000;

const SMALL: Crowd = { people: 1000, messages: 4000 };
const MANY: Crowd = ARGUMENTS.includes("--large")
  ? { people: 1_000_000, messages: 4_000_000 }
  : { people: 10_000, messages: 40_000 };

// Nobody calls back where that is not measured, and what is not heard of is looked into after a while: not here.
const echo = unlimited("echo", { SETTLE_AFTER_MS: "600000" });

const SIZE_LOADS: readonly (Pick<Load, "connections" | "isCalledBack" | "pace"> & {
  readonly title: string;
})[] = [
  { title: "64 connections", connections: 64 },
  { title: "64 connections, called back", connections: 64, isCalledBack: true },
  { title: `a steady ${STEADY_PACE} texts/s`, connections: 256, pace: STEADY_PACE },
  {
    title: `a steady ${STEADY_PACE} texts/s, called back`,
    connections: 256,
    pace: STEADY_PACE,
    isCalledBack: true,
  },
];

if (wants("stores")) await measureStores();
if (wants("sizes")) await measureSizes();

function wants(part: string): boolean {
  return PARTS.length === 0 || PARTS.includes(part);
}

async function measureStores(): Promise<void> {
  const programs = {
    botline: echo,
    "sync off": { ...echo, command: [await compileWithStore("unsynced"), "serve"] },
    "no store": { ...echo, command: [await compileWithStore("none"), "serve"] },
  };
  for (const connections of [10, 64, 256]) {
    const rows = [false, true].flatMap((isCalledBack) =>
      Object.entries(programs).map(([name, program]): Row => {
        const suffix = isCalledBack ? ", called back" : "";
        return {
          name: name + suffix,
          baselines: [`sync off${suffix}`, `no store${suffix}`],
          measure: () => measure(program, { connections, isCalledBack, people: 10_000 }),
        };
      }),
    );
    const ratios = ["of sync off", "of no store"];
    const title = `${connections} connections, an empty database`;
    await measureRows(rows, { title, ratios, rounds: ROUNDS });
  }
}

async function measureSizes(): Promise<void> {
  const small = await make(SMALL);
  const many = await make(MANY);
  const ratios = ["of the small one's"];
  for (const { title, ...load } of SIZE_LOADS) {
    const rows: readonly Row[] = [
      {
        name: small.name,
        baselines: [],
        measure: () => measureWith(copyOf(small.path), { ...load, people: SMALL.people }),
      },
      {
        name: many.name,
        baselines: [small.name],
        measure: () => measureWith(many.path, { ...load, people: MANY.people }),
      },
    ];
    await measureRows(rows, { title, ratios, rounds: ROUNDS });
  }
}

async function make(crowd: Crowd) {
  const path = join(newDirectory(), "botline.db");
  await makeCrowd(path, crowd);
  const [people, messages] = [crowd.people, crowd.messages].map((n) => n.toLocaleString("en"));
  return { path, name: `${people} people, ${messages} messages, ${sizeOf(path).toFixed(0)} MB` };
}

/** It would not be small for long. A large one is not copied: the disk would be busy with that for a while. */
function copyOf(path: string): string {
  const copy = join(newDirectory(), "botline.db");
  copyFileSync(path, copy);
  return copy;
}

type Asked = Pick<Load, "connections" | "isCalledBack" | "isByChance" | "pace" | "people">;

async function measureWith(database: string, load: Asked): Promise<Measured> {
  emptyLog(database);
  const env = { ...echo.env, DATABASE_URL: database };
  return measure({ ...echo, env }, { ...load, isByChance: true });
}

/** For as many seconds as were asked for, after a warm-up that also tells how many texts that will be. */
async function measure(program: Program, asked: Asked): Promise<Measured> {
  await using server = await start(program);
  const load = { ...asked, token: BENCH_TOKEN, port: server.port, warmUp: 0 };
  const { pace = 0, ...unpaced } = load;
  const { perSecond } = await putLoad({ ...unpaced, texts: WARM_UP_TEXTS });
  // Awaited here: the server goes with the end of this function.
  return await putLoad({ ...load, texts: Math.ceil((pace || perSecond) * SECONDS) });
}

import { existsSync } from "node:fs";
import { join } from "node:path";
import { numberOf } from "./load.ts";
import {
  BENCH_TOKEN,
  botline,
  compile,
  median,
  newDirectory,
  nextPort,
  type Program,
  printTable,
  spawn,
  unlimited,
} from "./programs.ts";
import { toRequest } from "./requests.ts";

// From exec to the first answered signed webhook, page cache warm: `bun test/bench/cold-start.ts [rounds]`.
// botline finds the database of its last start, as it does when a sleeping machine wakes. It has no limits and does
// not wait for a person's next text; as it ships it does, and its answer takes those milliseconds more.

const ROSIE = join(import.meta.dir, "../../../shared/bots/rosie");
const ROUNDS = Number(Bun.argv[2] ?? 20);
const START_WITHIN_MS = 5000;

const programs: readonly Program[] = [
  { name: "Bun.serve hello", command: [await compile("hello-bun")] },
  { name: "Elysia hello", command: [await compile("hello-elysia")] },
  unlimited("echo"),
  { ...botline("echo"), name: "botline, echo, as it ships" },
  unlimited("aiml"),
  // Only beside the corpus, which is not part of a clone.
  ...(existsSync(ROSIE) ? [unlimited(`aiml:${ROSIE}`)] : []),
];
const runs = programs.map((program) => ({ program, cwd: newDirectory(), times: [] as number[] }));

for (const { program, cwd } of runs) await coldStart(program, cwd);
for (let round = 1; round <= ROUNDS; round += 1)
  for (const { program, cwd, times } of runs) times.push(await coldStart(program, cwd));

const elysia = median(runs[1]?.times ?? []);
printTable(`Exec to first answered webhook, median of ${ROUNDS}`, [
  ["", "ms", "fastest", "slowest", "of Elysia's"],
  ...runs.map(({ program, times }) => [
    program.name,
    median(times).toFixed(1),
    Math.min(...times).toFixed(1),
    Math.max(...times).toFixed(1),
    (median(times) / elysia).toFixed(2),
  ]),
]);

async function coldStart(program: Program, cwd: string): Promise<number> {
  const port = nextPort();
  const request = toRequest(BENCH_TOKEN, numberOf(0), "hello");
  const startedAt = performance.now();
  const child = spawn(program, port, cwd);
  const answer = await firstAnswer(port, request);
  const took = performance.now() - startedAt;
  child.kill("SIGTERM");
  await child.exited;
  if (!answer.startsWith("HTTP/1.1 200")) throw new Error(`${program.name} answered ${answer}`);
  return took;
}

/** Knocks without a pause until somebody opens, then asks. */
async function firstAnswer(port: number, request: Buffer): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const socket = {
    open: (opened: Bun.Socket) => void opened.write(request),
    data: (opened: Bun.Socket, chunk: Buffer) => {
      resolve(chunk.toString("latin1"));
      opened.end();
    },
    close: () => resolve("nothing"),
  };
  const late = Bun.sleep(START_WITHIN_MS).then(() => "too late");
  for (let isLate = false; !isLate; ) {
    const opened = Bun.connect({ hostname: "127.0.0.1", port, socket }).catch(() => undefined);
    const first = await Promise.race([opened, late]);
    if (first && first !== "too late") return Promise.race([promise, late]);
    isLate = first === "too late";
  }
  return "too late";
}

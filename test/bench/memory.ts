import { binary } from "../fakes/binary.ts";
import { putLoad } from "./load.ts";
import {
  BENCH_TOKEN,
  compile,
  type Program,
  printTable,
  sizeOf,
  start,
  unlimited,
} from "./programs.ts";

// Resident memory idle, after 100,000 webhooks and once it is quiet again, and the executable's size:
// `bun test/bench/memory.ts`. Linux only: memory is read from /proc.
// No limits and no gathering: ten thousand people text as fast as they are answered.

const LOAD = { token: BENCH_TOKEN, connections: 32, warmUp: 0, texts: 100_000, people: 10_000 };
const SETTLE_MS = 1000;
const QUIET_MS = 8000;

const hello = await compile("hello-bun");
const programs: readonly Program[] = [
  { name: "Bun.serve hello", command: [hello] },
  { name: "Elysia hello", command: [await compile("hello-elysia")] },
  unlimited("echo"),
  unlimited("aiml"),
];

const measured: { readonly name: string; readonly rss: readonly number[] }[] = [];
for (const program of programs) measured.push({ name: program.name, rss: await rssOf(program) });

const least = measured[0]?.rss ?? [];
printTable("Resident memory, MB, and how often the hello's", [
  ["", "idle", "after 100,000", `${QUIET_MS / 1000} s later`],
  ...measured.map(({ name, rss }) => [
    name,
    ...rss.map((mb, n) => `${mb.toFixed(0)} (${(mb / (least[n] ?? 1)).toFixed(1)})`),
  ]),
]);

const empty = sizeOf(await compile("empty"));
printTable("Executable, MB, and how often the empty program's", [
  ["", "MB", ""],
  ["empty program", empty.toFixed(1), "1.00"],
  ["botline", sizeOf(binary()).toFixed(1), (sizeOf(binary()) / empty).toFixed(2)],
]);

async function rssOf(program: Program): Promise<readonly number[]> {
  await using server = await start(program);
  await Bun.sleep(SETTLE_MS);
  const idle = server.rss();
  await putLoad({ ...LOAD, port: server.port });
  const after = server.rss();
  await Bun.sleep(QUIET_MS);
  return [idle, after, server.rss()];
}

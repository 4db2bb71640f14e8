import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { writeBot } from "./aiml/synthetic.ts";
import type { Measured, Task } from "./aiml/talk.ts";
import { newDirectory, printTable } from "./programs.ts";

// The interpreter by itself, each bot in a process of its own: `bun test/bench/aiml.ts [seconds a bot]`.
// Rosie and ALICE are not part of a clone; where they are missing only the bots made here are measured.
// The floor: the same texts normalised, split and looked up once in a Map, in the same process.

const SECONDS = Number(Bun.argv[2] ?? 3);
const BOTS = join(import.meta.dir, "../../../shared/bots");
const SIZES = [1_000, 10_000, 100_000, 1_000_000];

if (existsSync(BOTS)) await measureRealBots();
else console.log("Rosie and ALICE were not measured: they are not in ../shared/bots\n");
await measureCurve();
await measureMemories();

async function measureRealBots(): Promise<void> {
  const inputs = readFileSync(join(BOTS, "inputs.txt"), "utf8").split("\n").filter(Boolean);
  const bots = { Rosie: join(BOTS, "rosie"), ALICE: withSubstitutions(join(BOTS, "alice")) };
  const rows = Object.entries(bots).map(([name, folder]) => {
    const { first, second } = twice({ folder, inputs, seconds: SECONDS });
    return [
      name,
      String(second.categories),
      first.loadMs.toFixed(0),
      second.loadMs.toFixed(1),
      first.rssMb.toFixed(0),
      second.rssMb.toFixed(0),
      second.perSecond.toFixed(0),
      (1e6 / second.perSecond).toFixed(1),
      second.floorPerSecond.toFixed(0),
      (second.floorPerSecond / second.perSecond).toFixed(1),
    ];
  });
  const head = "bot,categories,load ms,again ms,MB,again MB,replies/s,us,floor/s,floor is x";
  printTable("Real bots; again: from what the first start kept", [head.split(","), ...rows]);
}

async function measureCurve(): Promise<void> {
  const rows = SIZES.map((size) => {
    const folder = newDirectory();
    const inputs = writeBot(folder, size);
    const { first, second } = twice({ folder, inputs, seconds: SECONDS });
    return [
      size.toLocaleString("en"),
      first.loadMs.toFixed(0),
      second.loadMs.toFixed(1),
      (second.keptBytes / size).toFixed(0),
      second.rssMb.toFixed(0),
      (1e6 / second.perSecond).toFixed(1),
    ];
  });
  const head = "categories,load ms,again ms,bytes each,again MB,us/reply";
  printTable("A bot of random patterns", [head.split(","), ...rows]);
}

async function measureMemories(): Promise<void> {
  const folder = newDirectory();
  const inputs = writeBot(folder, 10_000);
  const rows = [0, 1_000].map((facts) => {
    const { second } = twice({ folder, inputs, seconds: SECONDS, facts });
    return [facts.toLocaleString("en"), (1e6 / second.perSecond).toFixed(1)];
  });
  printTable("A person with so many predicates", [["predicates", "us/reply"], ...rows]);
}

/** Parsed first, then from what was kept of it. */
function twice(task: Omit<Task, "keepIn">): Record<"first" | "second", Measured> {
  const keepIn = newDirectory();
  return { first: measure({ ...task, keepIn, seconds: 0 }), second: measure({ ...task, keepIn }) };
}

function measure(task: Task): Measured {
  const program = join(import.meta.dir, "aiml", "talk.ts");
  const stdin = new TextEncoder().encode(JSON.stringify(task));
  const { stdout } = Bun.spawnSync([process.execPath, program], { stdin, stderr: "inherit" });
  return JSON.parse(stdout.toString());
}

/** ALICE came without substitutions; the engines she is compared on had Rosie's. */
function withSubstitutions(alice: string): string {
  const folder = newDirectory();
  mkdirSync(join(folder, "substitutions"));
  const rosie = readdirSync(join(BOTS, "rosie"), { recursive: true, encoding: "utf8" });
  for (const name of readdirSync(alice)) symlinkSync(join(alice, name), join(folder, name));
  for (const name of rosie.filter((each) => each.endsWith(".substitution")))
    symlinkSync(
      join(BOTS, "rosie", name),
      join(folder, "substitutions", name.split("/").at(-1) ?? ""),
    );
  return folder;
}

import { rm } from "node:fs/promises";
import { join } from "node:path";

// A developer's tool beside the program, run by `bun run build`; nothing in src imports it.
// dist/ is never emptied: a person who ran the executable there has their database in it.

const ROOT = join(import.meta.dir, "..");
const DIST = join(ROOT, "dist");

/** Every target whose runtime the npm registry holds; `--all` makes them in this order. */
const TARGETS = [
  "linux-x64",
  "linux-x64-musl",
  "linux-arm64",
  "linux-arm64-musl",
  "darwin-x64",
  "darwin-arm64",
  "windows-x64",
  "windows-arm64",
] as const;

const HOST = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;

type Target = (typeof TARGETS)[number];

/** What became of one executable: its figures, or why it could not be made. */
type Made = { readonly name: string } & (
  | { readonly bytes: number; readonly sha256: string }
  | { readonly problem: string }
);

process.exitCode = await build(Bun.argv.slice(2));

/**
 * Makes dist/botline; with `--all` every target and dist/SHA256SUMS as well. Answers the exit code:
 * 1 when dist/botline failed. Another target may only lack a network, and the table says so.
 */
async function build(args: readonly string[]): Promise<number> {
  if (args.some((arg) => arg !== "--all")) return refuse(args);
  const own = await make();
  const others = args.includes("--all") ? await makeTargets() : [];
  console.log(toTable([own, ...others]));
  return "problem" in own ? 1 : 0;
}

function refuse(args: readonly string[]): number {
  console.error(`Cannot build: expected nothing or --all, found "${args.join(" ")}"`);
  return 2;
}

async function makeTargets(): Promise<readonly Made[]> {
  const all: Made[] = [];
  // One after the other: each holds a whole runtime in memory while it is written.
  for (const target of TARGETS) all.push(await make(target));
  const sums = all.flatMap((made) => ("sha256" in made ? [`${made.sha256}  ${made.name}\n`] : []));
  await Bun.write(join(DIST, "SHA256SUMS"), sums.join(""));
  return all;
}

/** Makes one target; without one, the executable of this machine. */
async function make(target?: Target): Promise<Made> {
  const name = nameOf(target);
  try {
    await compile(join(DIST, name), target);
    return { name, ...(await measure(join(DIST, name))) };
  } catch (error) {
    // What an earlier build left under this name is not what was asked for.
    await rm(join(DIST, name), { force: true });
    return { name, problem: reasonOf(error) };
  }
}

function nameOf(target?: Target): string {
  const suffix = (target ?? HOST).startsWith("windows") ? ".exe" : "";
  return `botline${target ? `-${target}` : ""}${suffix}`;
}

async function compile(path: string, target?: Target): Promise<void> {
  const outfile = path.replace(/\.exe$/, "");
  const { outputs } = await Bun.build({
    // A thread begins with a file of its own.
    entrypoints: ["main.ts", "store/checkpoint-thread.ts"].map((path) => join(ROOT, "src", path)),
    root: join(ROOT, "src"),
    target: "bun",
    // Byte-code halves the start; for a machine that is not here to try it on, it stays away.
    bytecode: (target ?? HOST) === HOST,
    // As CommonJS, byte-code would refuse top-level await.
    format: "esm",
    sourcemap: "linked",
    // What is imported on demand is loaded on demand, too: a start reads half the byte-code.
    splitting: true,
    // Elysia reads the source of handlers: minified, some of them find no body and no headers.
    minify: false,
    define: { "process.env.NODE_ENV": '"production"' },
    compile: {
      outfile,
      // The program reads `.env` itself, to say where a setting came from; bunfig.toml is the tests'.
      autoloadDotenv: false,
      autoloadBunfig: false,
      ...(target && { target: `bun-${target}` }),
    },
  });
  // The executable carries its source maps; the files beside it are copies.
  const copies = outputs.filter(({ kind }) => kind === "sourcemap");
  await Promise.all(copies.map(({ path }) => rm(path, { force: true })));
}

async function measure(path: string): Promise<{ bytes: number; sha256: string }> {
  const bytes = await Bun.file(path).bytes();
  return {
    bytes: bytes.length,
    sha256: new Bun.CryptoHasher("sha256").update(bytes).digest("hex"),
  };
}

function reasonOf(error: unknown): string {
  const causes: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
  return [...new Set(causes.map(placeAndMessage))].join("; ");
}

function placeAndMessage(cause: unknown): string {
  if (cause instanceof BuildMessage && cause.position)
    return `${cause.position.file}:${cause.position.line}: ${cause.message}`;
  return cause instanceof Error || cause instanceof BuildMessage ? cause.message : String(cause);
}

function toTable(all: readonly Made[]): string {
  return all.map(toRow).join("\n");
}

function toRow(made: Made): string {
  const path = `dist/${made.name}`.padEnd(31);
  if ("problem" in made) return `${path} not made: ${made.problem}`;
  return `${path} ${(made.bytes / 1e6).toFixed(1).padStart(6)} MB  ${made.sha256}`;
}

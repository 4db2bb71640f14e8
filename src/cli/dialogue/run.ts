import { createChats } from "../../app/chats.ts";
import { CommandError, UsageError } from "../../errors.ts";
import { readNumber } from "../numbers.ts";
import { toJsonLine } from "../output.ts";
import { createPaint } from "../paint.ts";
import { createTalkLog, readTalkSettings } from "../sources.ts";
import type { TestCall } from "../test.ts";
import { readDialogueFiles } from "./files.ts";
import { createLots } from "./lots.ts";
import { type Dialogue, type DialogueFile, parseDialogues } from "./parse.ts";
import { rehearse } from "./rehearse.ts";
import { type Result, toDiffs, toReport, toSummary } from "./report.ts";

/** Holds every conversation in the files that are named, or below here; throws a CommandError where one went wrong. */
export async function runDialogues(call: TestCall): Promise<void> {
  const { positionals, flags, io, env } = call;
  const files = readDialogueFiles(positionals.length > 0 ? positionals : ["."], io.cwd);
  const result = await holdAll(readDialogues(files), call);
  if (flags.json) io.stdout.write(toJsonLine(toReport(result)));
  else io.stdout.write(toDiffs(result, createPaint(io.stdout, env)));
  const summary = toSummary(result);
  if (result.failures.length > 0) throw new CommandError(summary);
  if (!flags.json) io.stdout.write(`${summary}\n`);
}

/** Throws one CommandError that names every line that could not be read. */
function readDialogues(files: readonly DialogueFile[]): readonly Dialogue[] {
  const parsed = files.map(parseDialogues);
  const problems = parsed.flatMap((each) => each.problems);
  if (problems.length > 0) throw new CommandError(problems.join("\n"), { hint: FORMAT });
  const empty = files.find((_, index) => parsed[index]?.dialogues.length === 0);
  // A test that was emptied by mistake must not pass for ever after.
  if (empty)
    throw new CommandError(`Cannot test ${empty.name}: found no conversation in it`, {
      hint: FORMAT,
    });
  return parsed.flatMap(({ dialogues }) => dialogues);
}

const FORMAT =
  'The lines of a dialogue: "= title", "> text" or "Ada> text", "< answer | other | /pattern/i", "# comment"';

async function holdAll(dialogues: readonly Dialogue[], call: TestCall): Promise<Result> {
  const { flags, io } = call;
  const rounds = readNumber(flags.times, { flag: "times", least: 1 });
  const seed = readNumber(flags.seed, { flag: "seed", least: 0 });
  const lots = createLots();
  const open = await createChats(await readTalkSettings(call), {
    log: createTalkLog(io),
    keepIn: io.homeDir,
    random: lots.draw,
    now: readClock(flags.time),
    isTraced: flags.trace,
  });
  const startedAt = performance.now();
  const { signal } = io;
  const failures = await rehearse(dialogues, { open, lots, seed, rounds, signal });
  return { dialogues, failures, rounds, seed, ms: Math.round(performance.now() - startedAt) };
}

function readClock(text: string | undefined): (() => number) | undefined {
  if (text === undefined) return undefined;
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return () => time;
  throw new UsageError(
    `Cannot read --time: expected a time such as 2026-03-02T12:00Z, found "${text}"`,
  );
}

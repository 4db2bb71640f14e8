import { explain } from "../errors.ts";
import type { Problem } from "./aiml/categories.ts";
import type { CompiledBot } from "./aiml/compile.ts";
import { lookAtFolder } from "./aiml-folder.ts";
import { type Loading, loadAimlFolder, tellLeftOut } from "./aiml-loading.ts";

/** A bot that runs, and the folder it came from. */
export interface Running {
  readonly folder: string;
  readonly bot: CompiledBot;
  readonly how: Loading;
}

/**
 * Loads the folder again whenever its files have changed and hands the new bot over. One that cannot be
 * loaded, or has problems that the running one has not, is told in the log and left.
 */
export function reloadOnChange(running: Running, take: (bot: CompiledBot) => void) {
  const { folder, how } = running;
  let { bot } = running;
  let loaded = stateOf(folder);
  let before = loaded;

  async function look(): Promise<void> {
    const now = stateOf(folder);
    // Twice the same: whoever writes has finished.
    if (now !== loaded && now === before) {
      loaded = now;
      await reload();
    }
    before = now;
  }

  async function reload(): Promise<void> {
    try {
      const changed = await loadAimlFolder(folder, how);
      const [problem] = newProblems(bot, changed);
      if (problem) return refuse(`${problem.file}:${problem.line}: ${problem.problem}`);
      bot = changed;
      take(bot);
      tellLeftOut(bot, how.log);
      how.log.info("bot.reloaded", { categories: bot.size });
    } catch (error) {
      refuse(explain(error));
    }
  }

  function refuse(cause: string): void {
    how.log.warn("bot.not_reloaded", { cause, hint: "The bot as it was before goes on answering" });
  }

  return repeat(look, LOOK_EVERY_MS);
}

// Twice in the second within which a change is live, and a look at a hundred files takes a millisecond.
const LOOK_EVERY_MS = 200;

function repeat(look: () => Promise<void>, everyMs: number): { stop(): void } {
  let timer: Timer | undefined;
  const next = () => {
    timer = setTimeout(() => void look().finally(next), everyMs);
    timer.unref();
  };
  next();
  return { stop: () => clearTimeout(timer) };
}

function stateOf(folder: string): string {
  try {
    return lookAtFolder(folder).state;
  } catch (error) {
    // A folder in the middle of being replaced; what becomes of it is seen at the next look.
    return explain(error);
  }
}

/** Those that there are more of than before; where in its file a problem stands may change with every edit. */
function newProblems(running: CompiledBot, changed: CompiledBot): readonly Problem[] {
  const known = running.problems.map(toWords);
  return changed.problems.filter((problem) => {
    const same = known.indexOf(toWords(problem));
    if (same !== -1) known.splice(same, 1);
    return same === -1;
  });
}

function toWords({ file, problem }: Problem): string {
  return `${file} ${problem}`;
}

import type { CheckedBot } from "../bots/aiml/check/check.ts";
import type { Finding } from "../bots/aiml/check/finding.ts";
import { CommandError } from "../errors.ts";
import type { Command } from "./command.ts";
import { toJsonLine } from "./output.ts";
import { readAppSettings } from "./sources.ts";

const flags = {
  bot: { type: "string", value: "BOT", help: "The bot without DIR, as in BOT", setting: "BOT" },
  strict: { type: "boolean", help: "Exit code 1 for warnings too" },
  json: {
    type: "boolean",
    help: "One object a line: severity, code, file, line, column, message, hint",
  },
} as const;

/** Tells every problem of an AIML bot. */
export const check: Command<typeof flags> = {
  name: "check",
  summary: "tells every problem of a bot's AIML files",
  flags,
  positionals: [{ name: "DIR", required: false }],
  examples: [
    "botline check my-bot",
    "botline check my-bot --strict",
    `botline check my-bot --json | jq 'select(.severity == "error")'`,
  ],
  async run(call) {
    const { checkBot } = await import("../app/bot.ts");
    const { io, positionals } = call;
    const { values } = await readAppSettings(call, (name) => WHICH_BOT.test(name));
    const checked = await checkBot(values, positionals[0]);
    const print = call.flags.json ? toJsonLine : toLines;
    for (const finding of checked.findings) io.stdout.write(print(finding));
    const [errors, warnings] = [count(checked, "error"), count(checked, "warning")];
    const summary = summarise(checked, [errors, warnings]);
    // Problems alone go to stdout, for whoever reads them by program.
    if (errors > 0 || (call.flags.strict && warnings > 0)) throw new CommandError(summary);
    io.stderr.write(`${summary}\n`);
  },
};

/** A key may be all that says which bot is meant. */
const WHICH_BOT = /^(BOT|PANDORABOTS_.*)$/;

/** As compilers write it, with the hint below. */
function toLines({ file, line, column, severity, message, code, hint }: Finding): string {
  return `${file}:${line}:${column}: ${severity}: ${message} [${code}]\n    ${hint}\n`;
}

function count({ findings }: CheckedBot, wanted: Finding["severity"]): number {
  return findings.filter(({ severity }) => severity === wanted).length;
}

function summarise({ counts }: CheckedBot, [errors, warnings]: readonly number[]): string {
  const { files, categories, sets, maps, substitutions } = counts;
  const parts = [
    plural(categories, "category", "categories"),
    plural(sets, "set"),
    plural(maps, "map"),
    plural(substitutions, "substitution"),
  ].join(", ");
  const problems = `${plural(errors, "error")}, ${plural(warnings, "warning")}`;
  return `Checked ${plural(files, "file")} with ${parts}: ${problems}`;
}

function plural(number = 0, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

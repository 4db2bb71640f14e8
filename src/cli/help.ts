import type { Command } from "./command.ts";
import { findCommand } from "./find-command.ts";
import { flagsOf } from "./flags.ts";
import { manual, overview } from "./usage.ts";

/** `help`, for a list of commands that holds it as well. */
export function createHelp(commands: () => readonly Command[]): Command {
  return {
    name: "help",
    summary: "tells what botline or one of its commands does",
    flags: {},
    positionals: [{ name: "COMMAND", required: false }],
    examples: ["botline help", "botline help text"],
    async run({ positionals: [name], io }) {
      if (name === undefined) io.stdout.write(overview(commands()));
      else {
        const command = findCommand(name, commands());
        io.stdout.write(manual(command, await flagsOf(command)));
      }
    },
  };
}

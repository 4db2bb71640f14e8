import { UsageError } from "../errors.ts";
import type { Command } from "./command.ts";
import { closest } from "./suggest.ts";

/** The command of that name; throws a UsageError that suggests the nearest one. */
export function findCommand(name: string, commands: readonly Command[]): Command {
  const command = commands.find((each) => each.name === name);
  if (command) return command;
  const names = commands.map((each) => each.name);
  throw new UsageError(`Cannot run "${name}": expected ${names.join(", ")}`, {
    hint: closest(name, names),
  });
}

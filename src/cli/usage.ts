import type { Command, FlagTable } from "./command.ts";
import { toColumns } from "./output.ts";

/** What `botline help` says. */
export function overview(commands: readonly Command[]): string {
  const rows = commands.map(({ name, summary }) => [name, summary]);
  return `botline gives a chatbot a phone number: text it, the bot answers, and it remembers you

Usage: botline [COMMAND] [FLAGS]

${toColumns(rows, "  ")}
Without a command, botline serves. To learn more of one: botline help COMMAND
`;
}

/** What `botline help COMMAND` and `botline COMMAND --help` say. */
export function manual(command: Command, flags: FlagTable): string {
  const examples = command.examples.map((example) => `  ${example}\n`).join("");
  return `botline ${command.name}: ${command.summary}

Usage: ${usageOf(command)}

Flags:
${toColumns(Object.entries(flags).map(toRow), "  ")}
Examples:
${examples}`;
}

function usageOf({ name, positionals }: Command): string {
  const words = positionals.map(({ name: word, required, repeats }) => {
    const words = repeats ? `${word}...` : word;
    return required ? words : `[${words}]`;
  });
  return ["botline", name, ...words, "[FLAGS]"].join(" ");
}

function toRow([name, flag]: [string, FlagTable[string]]): readonly string[] {
  const value = flag.type === "string" ? ` ${flag.value ?? "VALUE"}` : "";
  const help = flag.default === undefined ? flag.help : `${flag.help} (default: ${flag.default})`;
  return [`--${name}${value}`, help];
}

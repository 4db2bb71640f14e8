import type { Env, Io } from "./io.ts";

/** One flag of a command. */
export interface Flag {
  readonly type: "string" | "boolean";
  /** What it does, for `help`; ends without a full stop. */
  readonly help: string;
  /** Stands for the value in `help`: `--from NUMBER`. */
  readonly value?: string;
  readonly default?: string;
  /** An empty value says something of its own; elsewhere it is wrong usage. */
  readonly emptyCounts?: boolean;
  /** The setting it gives, which then counts above the environment. */
  readonly setting?: string;
}

/** The flags of a command, by the name typed after `--`. */
export type FlagTable = Readonly<Record<string, Flag>>;

/** What was given for the flags of a table, with their defaults. */
type FlagValues<Table extends FlagTable> = {
  readonly [Name in keyof Table]: Table[Name]["type"] extends "boolean"
    ? boolean
    : Table[Name]["type"] extends "string"
      ? Table[Name] extends { readonly default: string }
        ? string
        : string | undefined
      : string | boolean | undefined;
};

/** A word of the command line that is no flag. */
interface Positional {
  readonly name: string;
  readonly required: boolean;
  /** The last one: as many words as are given. */
  readonly repeats?: boolean;
}

/** What a command is run with. */
export interface Call<Table extends FlagTable = FlagTable> {
  readonly flags: FlagValues<Table>;
  readonly positionals: readonly string[];
  /** Settings given as flags, by setting name. */
  readonly given: Env;
  readonly env: Env;
  readonly io: Io;
}

/**
 * One thing `botline` does. It ends well by returning, badly by throwing: a UsageError is exit 2,
 * anything else exit 1.
 *
 * ```ts
 * export const hello: Command = {
 *   name: "hello",
 *   summary: "greets",
 *   flags: {},
 *   positionals: [],
 *   examples: ["botline hello"],
 *   async run({ io }) {
 *     io.stdout.write("hello\n");
 *   },
 * };
 * ```
 */
export interface Command<Table extends FlagTable = FlagTable> {
  readonly name: string;
  /** Completes the sentence "botline NAME …", in lower case and without a full stop. */
  readonly summary: string;
  readonly flags: Table;
  /** Takes every setting that is no secret as a flag too. */
  readonly takesSettings?: boolean;
  readonly positionals: readonly Positional[];
  readonly examples: readonly string[];
  run(call: Call<Table>): Promise<void>;
}

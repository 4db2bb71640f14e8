import { version as packageVersion } from "../../package.json";
import type { Command } from "./command.ts";

/** This program's version. */
export const VERSION = packageVersion;

/** `version`, and `--version`. */
export const version: Command = {
  name: "version",
  summary: "prints the version",
  flags: {},
  positionals: [],
  examples: ["botline version"],
  async run({ io }) {
    io.stdout.write(`${VERSION}\n`);
  },
};

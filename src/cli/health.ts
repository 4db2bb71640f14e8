import { CommandError } from "../errors.ts";
import { isLoopback, localUrl, readUrl } from "./addresses.ts";
import type { Command } from "./command.ts";
import { readAppSettings } from "./sources.ts";

const flags = {
  url: {
    type: "string",
    value: "URL",
    help: "The server; where not given, the one on this machine",
  },
  port: { type: "string", value: "PORT", help: "Where the server listens", setting: "PORT" },
} as const;

/** Asks a server how it is; made for Docker's HEALTHCHECK. */
export const health: Command<typeof flags> = {
  name: "health",
  summary: "asks the server whether it can take texts",
  flags,
  positionals: [],
  examples: ["botline health", "botline health --url https://bot.example.com"],
  async run(call) {
    const { checkHealth } = await import("../app/remote.ts");
    const { values } = await readAppSettings(call, (name) => WHERE.has(name));
    const base = readUrl(call.flags.url ?? localUrl(values));
    const { href } = new URL("/health", base);
    const deadline = AbortSignal.any([call.io.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
    const request = { url: href, isHere: isLoopback(base.hostname) };
    const { status, body } = await checkHealth(request, deadline).catch((cause) => {
      throw new CommandError(`Cannot reach a server at ${base.origin}`, { hint: HINT, cause });
    });
    call.io.stdout.write(`${body.trim()}\n`);
    if (status !== 200) {
      const message = `The server at ${base.origin} cannot take texts: expected status 200, found ${status}`;
      throw new CommandError(message);
    }
  },
};

/** A server that takes longer is of no use to Twilio either. */
const ANSWER_WITHIN_MS = 3_000;

/** A server that runs had settings it could read: only where it is matters. */
const WHERE = new Set(["PORT", "HOST"]);

const HINT = "Start one with `botline serve`, or name another with --url";

import { CommandError } from "../errors.ts";
import type { createServer } from "./server.ts";

export interface ListenAt {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
}

/** Starts listening; resolves with the address on this machine, throws a CommandError where that is taken. */
export async function listen(
  server: ReturnType<typeof createServer>,
  at: ListenAt,
): Promise<string> {
  try {
    // Elysia shares ports unless told otherwise: a second server would take half of the texts unseen.
    server.listen({ hostname: at.host.replace(/^\[|\]$/g, ""), port: at.port, reusePort: false });
  } catch (cause) {
    throw new CommandError(`Cannot listen on ${at.host}:${at.port}`, {
      code: "listen",
      hint: HINTS[codeOfSystem(cause)] ?? "HOST must be an address of this machine",
      cause,
    });
  }
  return `http://${toLocalHost(at.host)}:${server.server?.port}`;
}

function toLocalHost(host: string): string {
  if (["0.0.0.0", "::", "[::]"].includes(host)) return "127.0.0.1";
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}

const HINTS: Readonly<Record<string, string>> = {
  EADDRINUSE: "Another server is running there: choose another port with PORT or --port",
  EACCES: "Ports below 1024 belong to the system: choose a higher one with PORT or --port",
};

function codeOfSystem(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

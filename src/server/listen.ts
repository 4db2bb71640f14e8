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
    server.listen({ hostname: at.host, port: at.port, reusePort: false });
  } catch (cause) {
    throw new CommandError(`Cannot listen on ${at.host}:${at.port}`, {
      code: "listen",
      hint: "Is another server running there? Choose another port with PORT or --port",
      cause,
    });
  }
  return `http://${toLocalHost(at.host)}:${server.server?.port}`;
}

function toLocalHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

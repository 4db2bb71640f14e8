import type { Socket } from "bun";

/** One connection to the server, kept open; one request at a time. */
export interface Line {
  /** Resolves with the body of the answer; rejects when that is no 200 or 204. */
  ask(request: Buffer): Promise<string>;
  close(): void;
}

interface Asked {
  received: Buffer;
  readonly resolve: (body: string) => void;
  readonly reject: (error: Error) => void;
}

/** Connects to a port of this machine. */
export async function openLine(port: number): Promise<Line> {
  let asked: Asked | undefined;
  const { promise: opened, resolve: open } = Promise.withResolvers<Socket<undefined>>();
  await Bun.connect({
    hostname: "127.0.0.1",
    port,
    socket: {
      open,
      data(_, chunk) {
        if (asked && take(asked, chunk)) asked = undefined;
      },
      close() {
        asked?.reject(new Error("A text was not answered: the server hung up"));
      },
    },
  });
  const socket = await opened;

  return {
    ask(request) {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      asked = { received: NOTHING, resolve, reject };
      socket.write(request);
      return promise;
    },
    close: () => void socket.end(),
  };
}

const NOTHING = Buffer.alloc(0);
const HEAD_END = Buffer.from("\r\n\r\n");

/** Whether the answer is whole. */
function take(asked: Asked, chunk: Buffer): boolean {
  asked.received = Buffer.concat([asked.received, chunk]);
  const { received, resolve, reject } = asked;
  const headEnd = received.indexOf(HEAD_END);
  if (headEnd < 0) return false;
  const head = received.toString("latin1", 0, headEnd);
  const status = head.slice(9, 12);
  const bodyAt = headEnd + HEAD_END.length;
  const length = Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  if (received.length < bodyAt + length) return false;
  if (status === "200" || status === "204") resolve(received.toString("utf8", bodyAt));
  else reject(new Error(`A text was answered with status ${status}`));
  return true;
}

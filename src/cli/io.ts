/** A stream in, and whether a person sits at it. */
export type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** Where words go, and whether a person reads them. */
export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
}

/** All that a command may know of the process it runs in; `main.ts` makes the real one. */
export interface Io {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  /** From here on nobody who reads slowly, or no longer, holds the program up: a server's texts come first. */
  outlastReaders(): void;
  /** Stdout again, as the stream that line editing needs. */
  readonly screen: NodeJS.WritableStream;
  readonly cwd: string;
  /** Where a database is made unless a setting says otherwise. */
  readonly homeDir: string;
  /** How a person types this program's name in a shell here: `dist/botline`. */
  readonly program: string;
  readonly pid: number;
  /** The user's number; undefined on Windows. */
  readonly uid: number | undefined;
  isRunning(pid: number): boolean;
  /** Aborts when the process is asked to end. */
  readonly signal: AbortSignal;
}

export type Env = Readonly<Record<string, string | undefined>>;

import type { Env, Output } from "./io.ts";

/** Colours a text where colours are wanted; elsewhere it stays as it is. */
export type Paint = (colour: keyof typeof CODES, text: string) => string;

/** Colours are for a terminal, and for who has not set NO_COLOR (https://no-color.org). */
export function createPaint({ isTTY }: Output, env: Env): Paint {
  if (!isTTY || env["NO_COLOR"] || env["TERM"] === "dumb") return (_, text) => text;
  return (colour, text) => text && `\u001B[${CODES[colour]}m${text}\u001B[0m`;
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32 } as const;

import { UsageError } from "../errors.ts";

interface Wanted {
  readonly flag: string;
  readonly least: number;
  readonly most?: number;
}

const MOST = 2 ** 31 - 1;

/** Reads a flag's whole number; throws a UsageError for anything else. */
export function readNumber(text: string, { flag, least, most = MOST }: Wanted): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new UsageError(
    `Cannot read --${flag}: expected a whole number from ${least} to ${most}, found "${text}"`,
  );
}

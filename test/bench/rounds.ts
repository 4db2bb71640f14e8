import type { Measured } from "./load.ts";
import { median, printTable } from "./programs.ts";

/** What is measured, and the names of the rows it is set against. */
export interface Row {
  readonly name: string;
  readonly measure: () => Promise<Measured>;
  readonly baselines: readonly string[];
}

interface Table {
  readonly title: string;
  /** The heads of the columns that set a row against its baselines. */
  readonly ratios: readonly string[];
  readonly rounds: number;
}

/** Measures each row once a round, in turn, and prints the medians; ratios are taken within each round. */
export async function measureRows(
  rows: readonly Row[],
  { title, ratios, rounds }: Table,
): Promise<void> {
  const measured = new Map<string, Measured[]>(rows.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round += 1)
    for (const { name, measure } of rows) measured.get(name)?.push(await measure());
  printTable(`${title}, median of ${rounds}`, [
    ["", "texts/s", "p50 ms", "p99 ms", "p99/p50", ...ratios],
    ...rows.map(({ name, baselines }) => [
      name,
      ...toFigures(measured.get(name)),
      ...ratios.map((_, n) => toRatio(measured.get(name), measured.get(baselines[n] ?? name))),
    ]),
  ]);
}

function toFigures(rounds: readonly Measured[] = []): readonly string[] {
  const middle = (figure: (measured: Measured) => number) => median(rounds.map(figure));
  return [
    middle(({ perSecond }) => perSecond).toFixed(0),
    middle(({ p50 }) => p50).toFixed(2),
    middle(({ p99 }) => p99).toFixed(1),
    middle(({ p50, p99 }) => p99 / p50).toFixed(1),
  ];
}

function toRatio(rounds: readonly Measured[] = [], others: readonly Measured[] = []): string {
  if (rounds === others) return "";
  const pairs = rounds.map(({ perSecond }, n) => perSecond / (others[n]?.perSecond ?? Number.NaN));
  return median(pairs).toFixed(2);
}

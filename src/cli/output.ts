/** Rows as aligned columns, two spaces apart, each line ended. */
export function toColumns(rows: readonly (readonly string[])[], indent = ""): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries())
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
  return rows.map((row) => `${indent}${pad(row, widths).trimEnd()}\n`).join("");
}

/** One line of JSON. */
export function toJsonLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

function pad(row: readonly string[], widths: readonly number[]): string {
  return row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ");
}

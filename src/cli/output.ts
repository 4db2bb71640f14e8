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
  // JSON leaves some of them as they are; escaped they mean the same, and do nothing to a terminal.
  return `${JSON.stringify(value).replace(UNPRINTABLE, toEscapes)}\n`;
}

/** A text on one line and no longer than `most` characters; nothing in it moves a terminal's cursor or turns its words round. */
export function toOneLine(text: string, most = Number.POSITIVE_INFINITY): string {
  const characters = [...text.replace(UNPRINTABLE, " ").trim()];
  if (characters.length <= most) return characters.join("");
  return `${characters.slice(0, most - 1).join("")}…`;
}

/** Control characters, ends of lines and paragraphs, and what changes the direction of writing. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu;

function toEscapes(characters: string): string {
  return Array.from(
    characters,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  ).join("");
}

function pad(row: readonly string[], widths: readonly number[]): string {
  return row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ");
}

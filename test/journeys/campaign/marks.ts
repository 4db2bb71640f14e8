/** What a text is known by wherever it turns up: the person's number in the campaign, and the text's. */
export type Mark = `#${number}.${number}`;

export function toMark(person: number, text: number): Mark {
  return `#${person}.${text}`;
}

/** The marks in a text, in order. */
export function marksIn(text: string): readonly string[] {
  return text.match(/#\d+\.\d+/g) ?? [];
}

/** Whose text a mark is of. */
export function personOf(mark: string): string {
  return mark.slice(1).split(".")[0] ?? "";
}

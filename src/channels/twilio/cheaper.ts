import { isGsm } from "./gsm.ts";
import { segment } from "./segments.ts";

/** What looks like it in the GSM alphabet and reads the same; letters stay, whatever their accents. */
const LOOK_ALIKES: readonly (readonly [string, string])[] = [
  ["“”„‟″〝〞«»", '"'],
  ["‘’‚‛′´`ʼ‹›", "'"],
  ["‐‑‒–—―−", "-"],
  ["•‣⁃", "-"],
  ["…", "..."],
  ["⁄∕", "/"],
  ["\t\u00a0\u2000-\u200a\u202f\u205f\u3000", " "],
  ["\u2028\u2029", "\n"],
  // Nobody sees these. Joiners are not among them: they change the letters beside them.
  ["\u00ad\u200b\u2060\ufeff", ""],
];

const REPLACEMENTS = LOOK_ALIKES.map(
  ([characters, plain]) => [new RegExp(`[${characters}]`, "g"), plain] as const,
);

/** The same words in characters that cost less, where that saves a segment; else the text as it is. */
export function makeCheaper(text: string): string {
  if (isGsm(text)) return text;
  const plain = toLookAlikes(text);
  // Dear all the same, it saves something only by being shorter; to count long texts takes long.
  if (!isGsm(plain) && plain.length >= text.length) return text;
  return segment(plain).segments < segment(text).segments ? plain : text;
}

// Composed first: é may come as one character, which GSM has, or as e and an accent, which it has not.
function toLookAlikes(text: string): string {
  return REPLACEMENTS.reduce(
    (result, [characters, plain]) => result.replace(characters, plain),
    text.normalize("NFC"),
  );
}

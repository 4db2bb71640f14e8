/** A file of a bot; its text may be read only when it is asked for, which is once, and fail to be. */
export interface BotFile {
  readonly name: string;
  readonly text: string;
}

/** The endings of the files that a bot is made of. */
export function isBotFile(name: string): boolean {
  return ENDINGS.has(splitName(name).ending);
}

/** A file's bytes as text, by what its XML declaration says of the encoding. */
export function decodeBotFile(bytes: Uint8Array): string {
  if (isUtf16(bytes))
    return new TextDecoder(bytes[0] === 0xff ? "utf-16le" : "utf-16be").decode(bytes);
  return new TextDecoder(isLatin(encodingOf(bytes)) ? "latin1" : "utf-8").decode(bytes);
}

/** Whether the mark at a file's start says that each character takes two bytes. */
export function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/** The encoding that a file says it has. */
export function encodingOf(bytes: Uint8Array): string {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 200));
  return /^[^<]*<\?xml[^>]*encoding\s*=\s*["']([\w-]+)["']/i.exec(start)?.[1] ?? "utf-8";
}

/** Whether it is one of the encodings in which every byte is a character. */
export function isLatin(encoding: string): boolean {
  return /^(iso-?8859-?1|latin-?1|windows-1252|us-ascii)$/i.test(encoding);
}

const ENDINGS: ReadonlySet<string> = new Set(
  "aiml set map substitution properties pdefaults".split(" "),
);

/** A name without the folders before it. */
export function baseName(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

/** A file's name in lower case, its ending apart. */
export function splitName(name: string): { stem: string; ending: string } {
  const base = baseName(name).toLowerCase();
  const dot = base.lastIndexOf(".");
  if (dot === -1) return { stem: base, ending: "" };
  return { stem: base.slice(0, dot), ending: base.slice(dot + 1) };
}

/** Whether it is a file of categories. */
export function isAiml(name: string): boolean {
  return splitName(name).ending === "aiml";
}

/** A text that the bot has to answer. */
export interface Answer {
  /** As it stands in the file. */
  readonly written: string;
  isAllowed(text: string): boolean;
}

/** What is wrong with what is written. */
export interface Fault {
  readonly wanted: string;
  readonly found: string;
}

/**
 * Reads `answer | other answer | /pattern/i`: any of them will do. In an answer `\n` is a line's end, and
 * `\|`, `\/`, `\\` are the characters themselves.
 */
export function readAnswer(written: string): Answer | Fault {
  const alternatives: Alternative[] = [];
  for (let at = 0; at < written.length; ) {
    NEXT.lastIndex = at;
    const found = NEXT.exec(written);
    const alternative = found ? toAlternative(found) : toFault(written.slice(at));
    if ("wanted" in alternative) return alternative;
    alternatives.push(alternative);
    at = NEXT.lastIndex;
  }
  return { written, isAllowed: (text) => alternatives.some(({ fits }) => fits(text)) };
}

/** Tells a fault from an answer. */
export function isFault(read: Answer | Fault): read is Fault {
  return "wanted" in read;
}

/** An answer written so that it allows this text. */
export function toWritten(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll("\n", "\\n")
    .replaceAll(" | ", " \\| ")
    .replace(/^\//, "\\/");
}

interface Alternative {
  fits(text: string): boolean;
}

/** A pattern with its flags, or a text, up to the next bar between spaces. */
const NEXT = /(?:\/(.*?)\/([imsu]*)|(?!\/)((?:\\.|[^\\])*?))(?: \| |$)/y;

function toAlternative([whole, pattern, flags, text = ""]: RegExpExecArray): Alternative | Fault {
  if (pattern !== undefined) return toPattern(whole, pattern, flags);
  const odd = /\\[^n|/\\]/.exec(text.replaceAll("\\\\", ""))?.[0];
  if (odd) return { wanted: "\\n, \\|, \\/ or \\\\", found: odd };
  const wanted = text.replace(/\\(.)/g, (_, escaped) => (escaped === "n" ? "\n" : escaped));
  return { fits: (found) => found === wanted };
}

function toPattern(whole: string, pattern: string, flags = ""): Alternative | Fault {
  try {
    const expression = new RegExp(pattern, flags);
    return { fits: (found) => expression.test(found) };
  } catch {
    // What the engine says of it is told in its own words, which are no help.
    return { wanted: "a regular expression of JavaScript's", found: whole.trim() };
  }
}

function toFault(rest: string): Fault {
  if (rest.startsWith("/"))
    return { wanted: 'a pattern "/…/" with flags of imsu, or "\\/" for a slash', found: rest };
  return { wanted: "\\\\ for a backslash", found: rest };
}

/**
 * The form in which texts are compared: upper case by Unicode's rules, composed and compatible characters
 * made one, and without what is not read: invisible characters, and the marks that Arabic, Hebrew and Greek
 * may or may not be written with. Its length may differ from the text's.
 */
export function foldCase(text: string): string {
  return NOT_ASCII.test(text) ? foldMarked(text) : text.toUpperCase();
}

const NOT_ASCII = /[^ -~]/;

function foldMarked(text: string): string {
  return text
    .normalize("NFKD")
    .replace(UNREAD, "")
    .replace(GREEK_ACCENT, "")
    .toUpperCase()
    .replace(DOTTED_I, "I")
    .replace(CAPITAL_SHARP_S, "SS")
    .normalize("NFC");
}

/** In this order: joiners, hyphens and marks of direction; variants of signs; Hebrew points; Arabic ones. */
const UNREAD = new RegExp(
  `[${[
    "\\u00AD\\u034F\\u061C\\u180E\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u206F\\uFEFF",
    "\\uFE00-\\uFE0F\\u{E0100}-\\u{E01EF}",
    "\\u0591-\\u05BD\\u05BF\\u05C1\\u05C2\\u05C4\\u05C5\\u05C7",
    "\\u0610-\\u061A\\u0640\\u064B-\\u0652\\u0656-\\u065F\\u0670\\u06D6-\\u06DC\\u06DF-\\u06E4\\u06E7\\u06E8\\u06EA-\\u06ED",
  ].join("")}]`,
  "gu",
);

/** Capitals are written without. */
const GREEK_ACCENT = /(?<=\p{Script=Greek}\p{M}{0,2})[\u0300\u0301\u0313\u0314\u0342\u0345]/gu;

/** The one letter that Unicode leaves a capital of its own. */
const CAPITAL_SHARP_S = /ẞ/g;

/** Turkish has two, and nobody says which language a text is in. */
const DOTTED_I = /I\u0307/g;
